import type { Ellipsoid } from './canvas.ts';
import { gaussian, seeded, smoothNoise } from './noise.ts';

/**
 * An imagined torso, millimetres: x to the patient's left, y to the back, z to the head; z 0 is the
 * lowest slice. Values are Hounsfield units after contrast medium.
 */
export interface Torso {
  readonly organs: readonly Ellipsoid[];
  readonly ribs: readonly Bead[];
  readonly lungVessels: readonly Bead[];
  /** A square of grain to lay over the slices, each at another place. */
  readonly grain: Float32Array;
}

export const grainSize = 1024;

/** A ball on a string of them: bones and vessels are strings. */
export interface Bead {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly radius: number;
}

export const bodyRadius = { x: 172, y: 118 } as const;

export function buildTorso(): Torso {
  return {
    organs: [...organs, ...bowel()],
    ribs: ribs(),
    lungVessels: [-1, 1].flatMap(lungVessels),
    grain: grain(),
  };
}

/** Hounsfield units: the unevenness of tissue, coarse and fine, and the scanner's own noise. */
function grain(): Float32Array {
  const coarse = smoothNoise(3);
  const fine = smoothNoise(4);
  const noise = gaussian(5);
  return Float32Array.from({ length: grainSize ** 2 }, (_, at) => {
    const x = at % grainSize;
    const y = Math.floor(at / grainSize);
    return coarse(x / 11, y / 11) * 6 + fine(x / 2.7, y / 2.7) * 9 + noise() * 8;
  });
}

/** In the order of painting: what comes later lies over what came before. */
const organs: readonly Ellipsoid[] = [
  { x: -80, y: 4, z: 190, radiusX: 60, radiusY: 86, radiusZ: 112, value: -845, edge: 2 },
  { x: 82, y: 4, z: 190, radiusX: 58, radiusY: 84, radiusZ: 112, value: -845, edge: 2 },
  { x: 72, y: 2, z: 62, radiusX: 78, radiusY: 82, radiusZ: 66, value: -95, edge: 3 },
  { x: -58, y: -2, z: 88, radiusX: 84, radiusY: 80, radiusZ: 66, value: 112, edge: 2 },
  { x: -20, y: -38, z: 92, radiusX: 54, radiusY: 34, radiusZ: 40, value: 110, edge: 2 },
  { x: -48, y: 10, z: 100, radiusX: 8, radiusY: 5, radiusZ: 30, value: 165 },
  { x: -74, y: -14, z: 92, radiusX: 5, radiusY: 9, radiusZ: 34, value: 160 },
  { x: -52, y: -44, z: 56, radiusX: 17, radiusY: 21, radiusZ: 30, value: 12, edge: 2 },
  { x: 104, y: 42, z: 104, radiusX: 30, radiusY: 40, radiusZ: 44, value: 124, edge: 2 },
  { x: 58, y: -34, z: 96, radiusX: 48, radiusY: 36, radiusZ: 42, value: 62, edge: 2 },
  { x: 58, y: -33, z: 96, radiusX: 43, radiusY: 31, radiusZ: 38, value: 22, edge: 2 },
  { x: 58, y: -47, z: 98, radiusX: 31, radiusY: 14, radiusZ: 30, value: -930, edge: 2 },
  { x: 18, y: 8, z: 74, radiusX: 58, radiusY: 12, radiusZ: 14, value: 92, edge: 3 },
  ...kidney(-1, 54),
  ...kidney(1, 62),
  { x: 18, y: -24, z: 186, radiusX: 56, radiusY: 50, radiusZ: 52, value: 95, edge: 2 },
  { x: -8, y: -22, z: 190, radiusX: 24, radiusY: 32, radiusZ: 36, value: 205, edge: 5 },
  { x: 38, y: -18, z: 182, radiusX: 27, radiusY: 31, radiusZ: 40, value: 222, edge: 5 },
  { x: 6, y: -50, z: 184, radiusX: 33, radiusY: 16, radiusZ: 36, value: 205, edge: 5 },
  { x: 8, y: 10, z: 196, radiusX: 32, radiusY: 13, radiusZ: 26, value: 215, edge: 4 },
  { x: -6, y: -22, z: 250, radiusX: 17, radiusY: 17, radiusZ: 46, value: 245, edge: 2 },
  { x: 16, y: -30, z: 234, radiusX: 22, radiusY: 13, radiusZ: 22, value: 215, edge: 3 },
  { x: -27, y: -24, z: 262, radiusX: 10, radiusY: 9, radiusZ: 60, value: 190, edge: 2 },
];

function kidney(side: -1 | 1, z: number): Ellipsoid[] {
  const x = side * 72;
  return [
    { x, y: 50, z, radiusX: 29, radiusY: 25, radiusZ: 50, value: 192, edge: 2 },
    { x: x - side * 6, y: 48, z, radiusX: 18, radiusY: 14, radiusZ: 34, value: 130, edge: 5 },
    { x: x - side * 13, y: 46, z, radiusX: 15, radiusY: 7, radiusZ: 20, value: -70, edge: 4 },
  ];
}

/** Loops below the stomach: walls, with fluid or gas inside. */
function bowel(): Ellipsoid[] {
  const random = seeded(11);
  return Array.from({ length: 46 }, () => {
    const angle = random() * 2 * Math.PI;
    const away = Math.sqrt(random());
    const size = 9 + random() * 8;
    const loop = {
      x: Math.cos(angle) * away * 104,
      y: -34 + Math.sin(angle) * away * 38,
      z: random() * 50 - 8,
      radiusX: size * (0.9 + random() * 0.7),
      radiusY: size,
      radiusZ: size * 1.1,
      value: 78,
      edge: 2,
    };
    const shrink = { radiusX: loop.radiusX - 3, radiusY: loop.radiusY - 3, radiusZ: loop.radiusZ - 3 };
    return [loop, { ...loop, ...shrink, value: random() < 0.25 ? -820 : 18 }];
  }).flat();
}

/** Ten pairs, each from the spine round to the front, falling as it goes. */
function ribs(): Bead[] {
  return Array.from({ length: 11 }, (_, number) => number)
    .flatMap((number) => [-1, 1].map((side) => ({ side, top: 60 + number * 27 })))
    .flatMap(({ side, top }) =>
      Array.from({ length: 150 }, (_, step) => {
        const angle = Math.PI * (0.53 + (0.82 * step) / 149);
        return {
          x: side * -Math.cos(angle - Math.PI / 2 + Math.PI / 2) * (bodyRadius.x - 30) * (step < 4 ? 0.9 : 1),
          y: Math.sin(angle) * (bodyRadius.y - 26),
          z: top - 64 * (step / 149) ** 1.3,
          radius: 5.6,
        };
      }),
    );
}

/** Branches from the hilum outwards, thinner at each fork. */
function lungVessels(side: number): Bead[] {
  const random = seeded(side + 23);
  const beads: Bead[] = [];
  const grow = (from: Bead, direction: readonly [number, number, number], level: number): void => {
    const steps = 15 - level;
    let tip = from;
    for (let step = 0; step < steps; step++) {
      tip = {
        x: tip.x + direction[0] * 1.7,
        y: tip.y + direction[1] * 1.7,
        z: tip.z + direction[2] * 1.7,
        radius: from.radius,
      };
      beads.push(tip);
    }
    if (level === 6) return;
    for (let branch = 0; branch < 2; branch++) {
      const bend = (along: number): number => along + (random() - 0.5) * 1.5;
      const turned = [bend(direction[0]), bend(direction[1]), bend(direction[2])] as const;
      const length = Math.hypot(...turned) || 1;
      const unit = [turned[0] / length, turned[1] / length, turned[2] / length] as const;
      grow({ ...tip, radius: from.radius * 0.74 }, unit, level + 1);
    }
  };
  for (const [y, z] of [
    [-0.6, 0.5],
    [0.5, 0.3],
    [0.4, -0.6],
    [-0.4, -0.5],
  ] as const) {
    grow({ x: side * 38, y: 4, z: 205, radius: 5.5 }, [side * 0.62, y, z], 0);
  }
  return beads.filter((bead) => insideLung(bead, side));
}

function insideLung({ x, y, z }: Bead, side: number): boolean {
  return ((x - side * 80) / 55) ** 2 + ((y - 4) / 79) ** 2 + ((z - 190) / 105) ** 2 < 1;
}
