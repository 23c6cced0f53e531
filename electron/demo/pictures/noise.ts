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

/** Normally distributed numbers, mean 0 and deviation 1, from a table that is walked from a random place. */
export function gaussian(seed: number): () => number {
  const random = seeded(seed);
  let at = Math.floor(random() * bell.length);
  return () => {
    at = (at + 1) % bell.length;
    return bell[at] ?? 0;
  };
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

const bell = bellTable(65_521);

function bellTable(length: number): Float32Array {
  const random = seeded(7);
  return Float32Array.from({ length }, () => random() + random() + random() + random() - 2).map(
    (sum) => sum * Math.sqrt(3),
  );
}
