import { useRef, useState } from 'react';
import type { Failure } from '../../../../electron/contract/failure.ts';
import type { FirewallOffer, FirewallOpened } from '../../../../electron/contract/firewall.ts';
import { useViewer } from '../../../bridge/index.ts';

export type FirewallState =
  | { readonly kind: 'closed' }
  | { readonly kind: 'asking'; readonly ports: readonly number[] }
  | { readonly kind: 'offered'; readonly ports: readonly number[]; readonly offer: FirewallOffer }
  | { readonly kind: 'opening'; readonly ports: readonly number[]; readonly offer: FirewallOffer }
  | { readonly kind: 'opened'; readonly ports: readonly number[]; readonly opened: FirewallOpened }
  | { readonly kind: 'failed'; readonly ports: readonly number[]; readonly failure: Failure };

export interface FirewallAsking {
  readonly state: FirewallState;
  readonly ask: (ports: readonly number[]) => void;
  readonly allow: () => void;
  /** What the system is asking goes on; its answer is of no use here any more. */
  readonly close: () => void;
}

/** Letting others in through this computer's firewall: first what it would take, then, if a person says so, that. */
export function useFirewall(): FirewallAsking {
  const { firewall } = useViewer();
  const [state, setState] = useState<FirewallState>({ kind: 'closed' });
  const latest = useRef(0);

  async function ask(ports: readonly number[]): Promise<void> {
    const mine = (latest.current += 1);
    setState({ kind: 'asking', ports });
    const result = await firewall.offer([...ports]);
    if (latest.current !== mine) return;
    setState(
      result.ok
        ? { kind: 'offered', ports, offer: result.value }
        : { kind: 'failed', ports, failure: result.failure },
    );
  }

  async function allow(): Promise<void> {
    if (state.kind !== 'offered' || state.offer.kind !== 'offered') return;
    const { ports, offer } = state;
    const mine = (latest.current += 1);
    setState({ kind: 'opening', ports, offer });
    const result = await firewall.allow({ ports: [...ports], command: state.offer.command });
    if (latest.current !== mine) return;
    setState(
      result.ok
        ? { kind: 'opened', ports, opened: result.value }
        : { kind: 'failed', ports, failure: result.failure },
    );
  }

  return {
    state,
    ask: (ports) => void ask(ports),
    allow: () => void allow(),
    close: () => {
      latest.current += 1;
      setState({ kind: 'closed' });
    },
  };
}
