import type { ListenOptions } from '../dimse/index.ts';

type Accept = NonNullable<ListenOptions['accept']>;

/**
 * Refuses associations that call another AE title than one of ours: rejected permanent, 1, 7 (PS3.8
 * Table 9-21). Servers may know us by different ones.
 */
export function calledUs(ourAeTitles: () => readonly string[]): Accept {
  return ({ calledAeTitle }) =>
    ourAeTitles().includes(calledAeTitle.trim()) ? null : { result: 1, source: 1, reason: 7 };
}
