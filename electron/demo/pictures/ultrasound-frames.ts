import { seeded, smoothNoise } from './noise.ts';

export const ultrasoundColumns = 480;
export const ultrasoundRows = 360;

interface Heart {
  readonly size: number;
  /** -1 out of the chamber, 1 into it. */
  readonly flow: number;
}

/** Frames of a beating chamber with colour Doppler, RGB by pixel, one heartbeat over all of them. */
export function ultrasoundFrames(frameCount: number): Uint8Array<ArrayBuffer> {
  const frameLength = ultrasoundColumns * ultrasoundRows * 3;
  const pixels = new Uint8Array(frameLength * frameCount);
  const speckle = smoothNoise(61);
  for (let frame = 0; frame < frameCount; frame++) {
    const phase = (frame / frameCount) * 2 * Math.PI;
    const heart = { size: 1 + 0.14 * Math.cos(phase), flow: Math.sin(phase) };
    paintFrame(pixels.subarray(frame * frameLength, (frame + 1) * frameLength), heart, speckle, frame);
  }
  return pixels;
}

/** A fan of 84° from the top of the picture. */
function paintFrame(
  rgb: Uint8Array,
  heart: Heart,
  speckle: (x: number, y: number) => number,
  frame: number,
): void {
  const random = seeded(frame + 3);
  for (let row = 0; row < ultrasoundRows; row++) {
    for (let column = 0; column < ultrasoundColumns; column++) {
      const x = column - ultrasoundColumns / 2;
      const y = row - 8;
      const depth = Math.hypot(x, y);
      const angle = Math.atan2(x, y);
      if (Math.abs(angle) > 0.73 || depth < 14 || depth > 338) continue;
      const grain =
        (0.55 + 0.45 * speckle(angle * 120, depth / 2.2 + frame * 0.35)) * (0.75 + 0.25 * random());
      const echo = echoAt(x, y, heart) * grain * (1 - depth / 900);
      const at = (row * ultrasoundColumns + column) * 3;
      colour(rgb, at, Math.min(255, Math.max(4, echo)), flowAt(x, y, heart) * grain);
    }
  }
}

/** How strongly the place answers, 0 to 255: wall, chamber, septum, valve. */
function echoAt(x: number, y: number, { size, flow }: Heart): number {
  const left = Math.hypot((x - 34) / (62 * size), (y - 150) / (92 * size));
  const right = Math.hypot((x + 62) / (44 * size), (y - 142) / (80 * size));
  const atrium = Math.hypot((x - 30) / (54 * (2 - size)), (y - 280) / (42 * (2 - size)));
  const leaf = Math.abs(y - 238 - Math.abs(x - 32) * 0.3 * flow);
  if (leaf < 3.5 && Math.abs(x - 32) < 44) return 235;
  if (left < 1 || right < 1 || atrium < 1) return 14;
  const wall = Math.min(left, right, atrium);
  if (wall < 1.1) return 215;
  if (wall < 1.42) return 138;
  return 88 - y * 0.06;
}

/** Blood towards the probe is positive. */
function flowAt(x: number, y: number, { size, flow }: Heart): number {
  const jet = Math.exp(-(((x - 34) / 20) ** 2)) * Math.exp(-(((y - 205) / 62) ** 2));
  const inside =
    Math.hypot((x - 34) / (58 * size), (y - 150) / (88 * size)) < 1 ||
    Math.hypot((x - 30) / 48, (y - 280) / 38) < 1;
  return inside ? jet * flow * 255 : 0;
}

/** Red towards the probe, blue away, brighter where faster. */
function colour(rgb: Uint8Array, at: number, grey: number, flow: number): void {
  const speed = Math.abs(flow);
  const shown = speed > 46;
  rgb[at] = shown && flow > 0 ? Math.min(255, speed * 1.25) : shown ? 10 : grey;
  rgb[at + 1] = shown ? Math.max(0, speed - 120) : grey;
  rgb[at + 2] = shown && flow < 0 ? Math.min(255, speed * 1.35) : shown ? 14 : grey;
}
