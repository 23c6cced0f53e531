/** Numbers that look random and are the same each time: 0 ≤ n < 1 (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Nearly normally distributed numbers, mean 0 and deviation 1: the sum of four that are evenly spread. */
export function gaussian(seed: number): () => number {
  const random = seeded(seed);
  return () => (random() + random() + random() + random() - 2) * Math.sqrt(3);
}

/** Smooth noise over the plane, about -1 to 1, a new hill every unit. */
export function smoothNoise(seed: number): (x: number, y: number) => number {
  const random = seeded(seed);
  const lattice = Float32Array.from({ length: 4096 }, () => random() * 2 - 1);
  const at = (x: number, y: number): number => lattice[(x * 1619 + y * 31_337) & 4095] ?? 0;
  return (x, y) => {
    const left = Math.floor(x);
    const top = Math.floor(y);
    const across = ease(x - left);
    const down = ease(y - top);
    const above = at(left, top) + (at(left + 1, top) - at(left, top)) * across;
    const below = at(left, top + 1) + (at(left + 1, top + 1) - at(left, top + 1)) * across;
    return above + (below - above) * down;
  };
}

function ease(t: number): number {
  return t * t * (3 - 2 * t);
}
