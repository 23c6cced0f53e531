import { createCanvas, paint, paintAll, paintEllipse, toInt16, type Canvas } from './canvas.ts';
import { gaussian, smoothNoise } from './noise.ts';

export const mrSize = 256;
export const mrPixelMm = 0.9375;

/** Signal of a T2-weighted head: fluid bright, white matter dark grey. */
const signal = { fat: 620, skull: 60, fluid: 1050, grey: 520, white: 360, air: 12 } as const;

/** One axial slice of an imagined head; `height` runs from 0 at the base to 1 at the crown. */
export function mrSlice(height: number): Int16Array<ArrayBuffer> {
  const canvas = createCanvas(mrSize, mrPixelMm, signal.air);
  const size = Math.sqrt(Math.max(0.05, 1 - ((height - 0.3) / 0.78) ** 2));
  const head = { x: 76 * size, y: 96 * size };
  const layer = (depth: number, value: number, edge = 1.5): void =>
    paintEllipse(canvas, { x: 0, y: 0, radiusX: head.x - depth, radiusY: head.y - depth, value, edge });
  layer(0, signal.fat, 2);
  layer(6, signal.skull);
  layer(12, signal.fluid);
  paintBrain(canvas, { x: head.x - 14.5, y: head.y - 14.5 }, height);
  if (height > 0.28 && height < 0.68) paintVentricles(canvas, height);
  if (height < 0.3) paintBase(canvas);
  addNoise(canvas, height);
  return toInt16(canvas, 0, 4095);
}

type Pair = readonly [number, number];

interface Radii {
  readonly x: number;
  readonly y: number;
}

/** Folds: along the ridges of a warped noise lies fluid, around it grey matter, white matter between. */
function paintBrain(canvas: Canvas, brain: Radii, height: number): void {
  const warp = smoothNoise(41);
  const fold = smoothNoise(43);
  const shift = height * 4;
  paint(canvas, { x: 0, y: 0, reachX: brain.x, reachY: brain.y }, (x, y, old) => {
    const inside = 1 - Math.hypot(x / brain.x, y / brain.y);
    if (inside < 0) return old;
    const depth = inside * Math.min(brain.x, brain.y);
    const bentX = Math.abs(x) + warp(x / 13 + shift, y / 13) * 7;
    const bentY = y + warp(y / 13, x / 13 - shift) * 7;
    const ridge = Math.abs(fold(bentX / 9.5 + shift, bentY / 9.5)) + Math.max(0, depth - 17) * 0.06;
    const midline = Math.abs(x) < 1.1 && (depth < 30 || height > 0.7);
    if (midline || ridge < 0.055) return signal.fluid * 0.92;
    if (ridge < 0.25 || depth < 2.6) return signal.grey;
    const blend = Math.min(1, (ridge - 0.25) / 0.1);
    return signal.grey + (signal.white - signal.grey) * blend;
  });
}

/** The lateral ventricles with the deep grey matter beside them. */
function paintVentricles(canvas: Canvas, height: number): void {
  const open = Math.sin(((height - 0.28) / 0.4) * Math.PI);
  for (const side of [-1, 1]) {
    const part = ([x, y]: Pair, [radiusX, radiusY]: Pair, value: number): void =>
      paintEllipse(canvas, {
        x: side * x,
        y,
        radiusX: radiusX * open,
        radiusY: radiusY * open,
        value,
        edge: 2,
      });
    part([20, 4], [12, 20], signal.white * 0.96);
    part([15, -14], [6, 12], signal.grey * 0.94);
    part([22, -2], [5, 15], signal.grey * 0.8);
    part([11, 9], [9, 13], signal.grey * 0.92);
    part([8, -22], [4.2, 15], signal.fluid);
    part([11, -4], [3.6, 13], signal.fluid);
    part([18, 27], [5, 15], signal.fluid);
  }
  paintEllipse(canvas, { x: 0, y: 6, radiusX: 1.6, radiusY: 9 * open, value: signal.fluid });
}

/** Brain stem, cerebellum and the eyes, on the lowest slices. */
function paintBase(canvas: Canvas): void {
  paintEllipse(canvas, { x: 0, y: 42, radiusX: 46, radiusY: 25, value: signal.grey * 0.95, edge: 3 });
  paint(canvas, { x: 0, y: 42, reachX: 44, reachY: 24 }, (x, y, old) => {
    const inside = Math.hypot(x / 44, (y - 42) / 23) < 1;
    return inside && Math.sin(Math.hypot(x, y - 20) * 1.5) > 0.62 ? old * 1.35 : old;
  });
  paintEllipse(canvas, { x: 0, y: 14, radiusX: 16, radiusY: 14, value: signal.white * 1.05, edge: 2 });
  paintEllipse(canvas, { x: 0, y: 30, radiusX: 6, radiusY: 3.4, value: signal.fluid, edge: 2 });
  for (const side of [-1, 1]) {
    paintEllipse(canvas, {
      x: side * 32,
      y: -62,
      radiusX: 14,
      radiusY: 16,
      value: signal.fat * 0.7,
      edge: 2,
    });
    paintEllipse(canvas, {
      x: side * 32,
      y: -66,
      radiusX: 11.5,
      radiusY: 11.5,
      value: signal.fluid,
      edge: 2,
    });
    paintEllipse(canvas, { x: side * 32, y: -74, radiusX: 5, radiusY: 2.4, value: signal.skull * 3 });
  }
}

/** Magnitude noise, and a coil that hears the edges better than the middle. */
function addNoise(canvas: Canvas, height: number): void {
  const grain = gaussian(Math.round(height * 1000) + 17);
  paintAll(canvas, (x, y, old) => {
    const heard = 0.88 + 0.0016 * Math.hypot(x, y);
    return Math.hypot(old * heard + grain() * 14, grain() * 14);
  });
}
