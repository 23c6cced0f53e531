/**
 * The order to fetch a stack in: what is shown first, then outwards, the next image before the one
 * before it, as most people scroll forwards.
 */
export function* outwards(index: number, count: number): Generator<number> {
  if (index >= 0 && index < count) yield index;
  for (let distance = 1; distance < count; distance++) {
    if (index + distance < count) yield index + distance;
    if (index - distance >= 0) yield index - distance;
  }
}
