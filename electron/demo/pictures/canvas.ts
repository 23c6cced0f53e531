/** A picture being painted: values in any unit, positions in millimetres from its middle, x to the right, y down. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly pixelMm: number;
  readonly values: Float32Array;
}

export interface Ellipse {
  readonly x: number;
  readonly y: number;
  readonly radiusX: number;
  readonly radiusY: number;
  readonly value: number;
  /** Millimetres over which the edge fades; 1 unless told. */
  readonly edge?: number;
}

export function createCanvas(size: number, pixelMm: number, background: number): Canvas {
  return { width: size, height: size, pixelMm, values: new Float32Array(size * size).fill(background) };
}

/** Paints a filled ellipse over what is there. */
export function paintEllipse(canvas: Canvas, ellipse: Ellipse): void {
  const { x, y, radiusX, radiusY, value, edge = 1 } = ellipse;
  if (radiusX <= 0 || radiusY <= 0) return;
  const softness = edge / Math.min(radiusX, radiusY);
  const wholeSquared = Math.max(0, 1 - softness / 2) ** 2;
  const noneSquared = (1 + softness / 2) ** 2;
  paint(canvas, { x, y, reachX: radiusX + edge, reachY: radiusY + edge }, (atX, atY, old) => {
    const across = (atX - x) / radiusX;
    const down = (atY - y) / radiusY;
    const squared = across * across + down * down;
    if (squared <= wholeSquared) return value;
    if (squared >= noneSquared) return old;
    return old + (value - old) * ((1 - Math.sqrt(squared)) / softness + 0.5);
  });
}

export interface Ellipsoid extends Ellipse {
  readonly z: number;
  readonly radiusZ: number;
}

/** Paints where an ellipsoid cuts the plane at `z`. */
export function paintEllipsoid(canvas: Canvas, ellipsoid: Ellipsoid, z: number): void {
  const size = 1 - ((z - ellipsoid.z) / ellipsoid.radiusZ) ** 2;
  if (size <= 0) return;
  const scale = Math.sqrt(size);
  paintEllipse(canvas, {
    ...ellipsoid,
    radiusX: ellipsoid.radiusX * scale,
    radiusY: ellipsoid.radiusY * scale,
  });
}

interface Region {
  readonly x: number;
  readonly y: number;
  readonly reachX: number;
  readonly reachY: number;
}

/** Replaces each value in a region by what `shade` makes of it. */
export function paint(
  canvas: Canvas,
  region: Region,
  shade: (x: number, y: number, old: number) => number,
): void {
  const { width, height, pixelMm, values } = canvas;
  const column = (x: number): number => Math.round(x / pixelMm + width / 2);
  const row = (y: number): number => Math.round(y / pixelMm + height / 2);
  const lastColumn = Math.min(width - 1, column(region.x + region.reachX));
  const lastRow = Math.min(height - 1, row(region.y + region.reachY));
  for (let r = Math.max(0, row(region.y - region.reachY)); r <= lastRow; r++) {
    for (let c = Math.max(0, column(region.x - region.reachX)); c <= lastColumn; c++) {
      const at = r * width + c;
      values[at] = shade((c - width / 2) * pixelMm, (r - height / 2) * pixelMm, values[at] ?? 0);
    }
  }
}

/** Paints over the whole canvas. */
export function paintAll(canvas: Canvas, shade: (x: number, y: number, old: number) => number): void {
  const reach = canvas.width * canvas.pixelMm;
  paint(canvas, { x: 0, y: 0, reachX: reach, reachY: reach }, shade);
}

/** The values as whole numbers within bounds. */
export function toInt16(canvas: Canvas, least: number, most: number): Int16Array<ArrayBuffer> {
  const rounded = new Int16Array(canvas.values.length);
  canvas.values.forEach((value, at) => {
    rounded[at] = Math.min(most, Math.max(least, Math.round(value)));
  });
  return rounded;
}
