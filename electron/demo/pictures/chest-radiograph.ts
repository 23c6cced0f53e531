import { createCanvas, paint, paintAll, toInt16, type Canvas } from './canvas.ts';
import { paintSoftTissue } from './ct-slice.ts';
import { gaussian, smoothNoise } from './noise.ts';
import type { Bead, Torso } from './torso.ts';

export const radiographSize = 1024;
export const radiographPixelMm = 0.36;

/** The height of the torso that lies in the middle of the picture, millimetres. */
const middle = 186;
const shadowMm = 3;

/** The torso's shadow from the front: what weakens the beam more is brighter, 12 bits. */
export function chestRadiograph(torso: Torso): Int16Array<ArrayBuffer> {
  const canvas = createCanvas(radiographSize, radiographPixelMm, 0);
  castSoftTissue(canvas, torso);
  castBeads(canvas, torso.ribs, { density: 5, hollow: 0.55 });
  castBeads(canvas, torso.lungVessels, { density: 3, hollow: 0 });
  castSpine(canvas);
  castShoulders(canvas);
  develop(canvas);
  return toInt16(canvas, 0, 4095);
}

/** Adds up each slice from front to back, coarsely: soft shadows have no sharp edges. */
function castSoftTissue(canvas: Canvas, torso: Torso): void {
  const size = 132;
  const heights = Math.ceil((radiographSize * radiographPixelMm) / shadowMm) + 2;
  const lowest = middle - (heights / 2) * shadowMm;
  const shadow = Array.from({ length: heights }, (_, step) => {
    const slice = createCanvas(size, shadowMm, -1000);
    paintSoftTissue(slice, torso, Math.min(301, lowest + step * shadowMm));
    const sums = new Float32Array(size);
    slice.values.forEach((value, at) => {
      const column = at % size;
      sums[column] = (sums[column] ?? 0) + ((value + 1000) / 1000) * shadowMm;
    });
    return sums;
  });
  const at = (step: number, column: number): number => shadow[step]?.[column] ?? 0;
  paintAll(canvas, (x, y) => {
    const column = Math.min(size - 2, Math.max(0, x / shadowMm + size / 2));
    const step = Math.min(heights - 2, Math.max(0, (middle - y - lowest) / shadowMm));
    const [left, below] = [Math.floor(column), Math.floor(step)];
    const [across, up] = [column - left, step - below];
    const lower = at(below, left) * (1 - across) + at(below, left + 1) * across;
    const upper = at(below + 1, left) * (1 - across) + at(below + 1, left + 1) * across;
    return lower * (1 - up) + upper * up;
  });
}

/** Beads overlap along their string, so the densest counts, not their sum; `hollow` thins their middle. */
function castBeads(
  canvas: Canvas,
  beads: readonly Bead[],
  { density, hollow }: { density: number; hollow: number },
): void {
  const shadow = createCanvas(canvas.width, canvas.pixelMm, 0);
  for (const { x, z, radius } of beads) {
    paint(shadow, { x, y: middle - z, reachX: radius, reachY: radius }, (atX, atY, old) => {
      const inside = 1 - ((atX - x) ** 2 + (atY - middle + z) ** 2) / radius ** 2;
      return inside > 0 ? Math.max(old, Math.sqrt(inside) * radius * density * (1 - hollow * inside)) : old;
    });
  }
  shadow.values.forEach((value, at) => {
    canvas.values[at] = (canvas.values[at] ?? 0) + value;
  });
}

function castSpine(canvas: Canvas): void {
  paint(canvas, { x: 0, y: 0, reachX: 28, reachY: 400 }, (x, y, old) => {
    const within = ((((middle - y + 6) % 31) + 31) % 31) / 31;
    const waist = 20 + 3 * Math.cos(within * 2 * Math.PI);
    const inside = 1 - (x / waist) ** 2;
    if (inside <= 0) return old;
    const process = Math.abs(x) < 4 && within > 0.5 ? 14 : 0;
    return old + Math.sqrt(inside) * (within < 0.2 ? 14 : 34) + process;
  });
}

/** Collar bones and the shade of the shoulders, which the torso itself does not have. */
function castShoulders(canvas: Canvas): void {
  paintAll(canvas, (x, y, old) => {
    const away = Math.abs(x);
    const shoulder = Math.max(0, away - 92) * Math.max(0, -y - 96) * 0.055;
    const bone = Math.abs(y + 138 - Math.sin(away / 34) * 9);
    const collar = away > 12 && away < 142 && bone < 6.5 ? Math.sqrt(1 - (bone / 6.5) ** 2) * 34 : 0;
    return old + Math.min(110, shoulder) + collar;
  });
}

/** From path length to brightness, with a little grain; outside the body stays dark. */
function develop(canvas: Canvas): void {
  const grain = gaussian(71);
  const cloud = smoothNoise(73);
  paintAll(canvas, (x, y, old) => {
    const bright = 4095 / (1 + Math.exp((165 - old) / 38));
    return bright * 0.94 + 40 + cloud(x / 5, y / 5) * 22 + grain() * 22;
  });
}
