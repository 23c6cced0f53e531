const gib = 1024 ** 3;

/**
 * How much of the memory pictures may take: a quarter, from half a GiB to 4 GiB.
 *
 * @param deviceMemoryGib the browser's rounded figure; `null`: it tells none
 */
export function cacheBytes(deviceMemoryGib: number | null): number {
  return Math.min(4, Math.max(0.5, (deviceMemoryGib ?? 4) / 4)) * gib;
}

/** Workers for decoding: all cores but the one that draws; more than 6 only wait for the disk. */
export function decoderCount(cores: number): number {
  return Math.min(6, Math.max(1, cores - 1));
}
