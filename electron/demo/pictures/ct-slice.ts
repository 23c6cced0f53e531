import { createCanvas, paint, paintEllipse, paintEllipsoid, toInt16, type Canvas } from './canvas.ts';
import { bodyRadius, grainSize, type Bead, type Torso } from './torso.ts';

export const ctSize = 512;
export const ctPixelMm = 0.78125;

/** One axial slice of the torso in Hounsfield units, seen from the feet, at `z` millimetres. */
export function ctSlice(torso: Torso, z: number): Int16Array<ArrayBuffer> {
  const canvas = createCanvas(ctSize, ctPixelMm, -1000);
  paintTable(canvas);
  paintSoftTissue(canvas, torso, z);
  paintBeads(canvas, torso.lungVessels, z, 40);
  paintSpine(canvas, z);
  paintBeads(canvas, torso.ribs, z, 620);
  paintBeads(
    canvas,
    torso.ribs.map((bead) => ({ ...bead, radius: bead.radius - 2.4 })),
    z,
    210,
  );
  addGrain(canvas, torso.grain, z);
  return toInt16(canvas, -1024, 3071);
}

/** Everything but bone, table and what is finer than a few millimetres. */
export function paintSoftTissue(canvas: Canvas, torso: Torso, z: number): void {
  paintWall(canvas, z);
  for (const organ of torso.organs) paintEllipsoid(canvas, organ, z);
  paintVessels(canvas, z);
}

function paintTable(canvas: Canvas): void {
  paint(canvas, { x: 0, y: 138, reachX: 196, reachY: 40 }, (x, y, old) => {
    const surface = 133 - (x / 196) ** 2 * 22;
    const depth = y - surface;
    if (depth < 0 || depth > 26) return old;
    return depth < 2 || depth > 24 ? 60 : -880;
  });
}

/** Skin, fat, muscle and what fills the inside. */
function paintWall(canvas: Canvas, z: number): void {
  const slim = 1 - 0.035 * Math.cos((z - 40) / 55);
  const layer = (depth: number, value: number, edge = 1.5): void =>
    paintEllipse(canvas, {
      x: 0,
      y: 0,
      radiusX: bodyRadius.x * slim - depth * 1.15,
      radiusY: bodyRadius.y * slim - depth,
      value,
      edge,
    });
  layer(0, 10);
  layer(2, -104);
  layer(15, 58, 3);
  layer(29, z < 120 ? -98 : -60, 4);
  for (const side of [-1, 1]) {
    paintEllipse(canvas, { x: side * 34, y: 84, radiusX: 32, radiusY: 17, value: 62, edge: 3 });
    paintEllipsoid(
      canvas,
      { x: side * 42, y: 58, z: 0, radiusX: 18, radiusY: 15, radiusZ: 80, value: 60, edge: 3 },
      z,
    );
  }
}

/** Aorta, vena cava, oesophagus and windpipe run along z, so they are drawn where they pass. */
function paintVessels(canvas: Canvas, z: number): void {
  const tube = (x: number, y: number, radius: number, value: number): void =>
    paintEllipse(canvas, { x, y, radiusX: radius, radiusY: radius, value, edge: 1.5 });
  if (z < 252) tube(14 + (z > 110 ? 8 : 0) * smoothStep(z, 110, 160), 34, 12, 265);
  if (z < 150) paintEllipse(canvas, { x: -22, y: 28, radiusX: 14, radiusY: 11, value: 150, edge: 2 });
  if (z > 110) {
    tube(4, 24, 7, 48);
    tube(4, 23, 2.4, -600);
  }
  if (z > 236) {
    tube(0, 2, 10.5, 70);
    tube(0, 2, 8.8, -990);
  } else if (z > 205) {
    const apart = 8 + (236 - z) * 0.75;
    for (const side of [-1, 1]) {
      tube(side * apart, 5, 8, 55);
      tube(side * apart, 5, 6.4, -990);
    }
  }
}

/** A vertebra every 31 mm, with a disc between and the arch behind. */
function paintSpine(canvas: Canvas, z: number): void {
  const within = (((z + 6) % 31) + 31) % 31;
  const bone = (x: number, y: number, radiusX: number, radiusY: number): void => {
    paintEllipse(canvas, { x, y, radiusX, radiusY, value: 640 });
    paintEllipse(canvas, { x, y, radiusX: radiusX - 2.4, radiusY: radiusY - 2.4, value: 265, edge: 3 });
  };
  if (within < 6) paintEllipse(canvas, { x: 0, y: 60, radiusX: 22, radiusY: 17, value: 96, edge: 2 });
  else bone(0, 60, 22, 17);
  if (within > 9 && within < 24) {
    for (const side of [-1, 1]) {
      bone(side * 14, 78, 6, 10);
      bone(side * 27, 84, 16, 5);
    }
  }
  if (within > 14) bone(0, 101, 4.6, 12);
  bone(0, 91, 13, 5);
  paintEllipse(canvas, { x: 0, y: 81, radiusX: 10, radiusY: 8, value: 26, edge: 2 });
  paintEllipse(canvas, { x: 0, y: 81, radiusX: 5.5, radiusY: 4.5, value: 44, edge: 2 });
  if (z > 120) bone(0, -(bodyRadius.y - 30), 19, 5.5);
}

function paintBeads(canvas: Canvas, beads: readonly Bead[], z: number, value: number): void {
  for (const { x, y, z: at, radius } of beads) {
    const cut = radius ** 2 - (z - at) ** 2;
    if (radius <= 0 || cut <= 0) continue;
    const size = Math.sqrt(cut);
    paintEllipse(canvas, { x, y, radiusX: size, radiusY: size, value });
  }
}

/** Each slice lies elsewhere under the same grain. */
function addGrain({ width, values }: Canvas, grain: Float32Array, z: number): void {
  const shift = Math.round(z * 7919);
  for (let row = 0; row * width < values.length; row++) {
    const place = row * grainSize + shift;
    for (let column = 0; column < width; column++) {
      const at = row * width + column;
      values[at] = (values[at] ?? 0) + (grain[(place + column) % grain.length] ?? 0);
    }
  }
}

function smoothStep(value: number, from: number, to: number): number {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
}
