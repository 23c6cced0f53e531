import { useState } from 'react';
import type { ConnectionCard } from '../../../../electron/contract/connection-card.ts';
import type { Failure } from '../../../../electron/contract/failure.ts';
import type { ServerId } from '../../../../electron/contract/server.ts';
import { useViewer } from '../../../bridge/index.ts';

export type CardState =
  | { readonly kind: 'closed' | 'asking' }
  | { readonly kind: 'answered'; readonly card: ConnectionCard }
  | { readonly kind: 'failed'; readonly failure: Failure };

export interface ShowingCard {
  readonly state: CardState;
  /** `null`: for nobody in particular. */
  readonly open: (server: ServerId | null) => void;
  readonly close: () => void;
}

/** Our connection card, made anew each time it is looked at: addresses come and go. */
export function useCard(): ShowingCard {
  const { servers } = useViewer();
  const [state, setState] = useState<CardState>({ kind: 'closed' });

  async function open(server: ServerId | null): Promise<void> {
    setState({ kind: 'asking' });
    const result = await servers.connectionCard(server);
    setState(
      result.ok ? { kind: 'answered', card: result.value } : { kind: 'failed', failure: result.failure },
    );
  }

  return { state, open: (server) => void open(server), close: () => setState({ kind: 'closed' }) };
}
