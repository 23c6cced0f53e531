/** One way of doing it, measured once or as the median of several times. */
export interface Measured {
  readonly ms: number;
  /** Of the process that was measured; 0 where it isn't known. */
  readonly cpuMs: number;
  readonly peakMegabytes: number;
  /** Of our own processes. */
  readonly loopP99Ms: number | null;
}

/** By the name of the way, in the order they were measured. */
export type Results = ReadonlyMap<string, Measured>;

/**
 * Every way in turn, several times over, so that a slow moment of the machine hits them all. Time and
 * CPU are medians; peak memory and the delay of the event loop are the worst there was.
 */
export async function measureAll<Way>(
  ways: ReadonlyMap<string, Way>,
  repeats: number,
  once: (way: Way) => Promise<Measured>,
): Promise<Results> {
  const all = new Map<string, Measured[]>([...ways.keys()].map((name) => [name, []]));
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    for (const [name, way] of ways) all.get(name)?.push(await once(way));
  }
  return new Map([...all].map(([name, some]) => [name, middleOf(some)]));
}

function middleOf(some: readonly Measured[]): Measured {
  const delays = some.flatMap(({ loopP99Ms }) => loopP99Ms ?? []);
  return {
    ms: median(some.map(({ ms }) => ms)),
    cpuMs: median(some.map(({ cpuMs }) => cpuMs)),
    peakMegabytes: Math.max(...some.map(({ peakMegabytes }) => peakMegabytes)),
    loopP99Ms: delays.length === 0 ? null : Math.max(...delays),
  };
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
}
