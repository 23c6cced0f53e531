import type { ListenOptions } from '../dimse/index.ts';

type Accept = NonNullable<ListenOptions['accept']>;

/** Refuses associations that call another AE title than ours: rejected permanent, 1, 7 (PS3.8 Table 9-21). */
export function calledUs(ourAeTitle: () => string): Accept {
  return ({ calledAeTitle }) =>
    calledAeTitle.trim() === ourAeTitle() ? null : { result: 1, source: 1, reason: 7 };
}
