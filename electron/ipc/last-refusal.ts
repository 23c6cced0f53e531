import type { RefusedPeer } from '../contract/settings.ts';
import { atMostEvery } from '../transfers/index.ts';

/** Who was last not let in at a port of ours. */
export interface LastRefusal {
  note(peer: Omit<RefusedPeer, 'at'>): void;
  current(): RefusedPeer | null;
}

/** However many come, `tell` is called once a second at most. */
export function lastRefusal(now: () => Date, tell: () => void): LastRefusal {
  let last: RefusedPeer | null = null;
  const told = atMostEvery(1_000, tell);
  return {
    note(peer) {
      last = { ...peer, at: now().toISOString() };
      told(undefined);
    },
    current: () => last,
  };
}
