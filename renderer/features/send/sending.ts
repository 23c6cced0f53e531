import type { Failure } from '../../../electron/contract/failure.ts';
import type { SendItem, SendItemId } from '../../../electron/contract/send.ts';
import type { ServerId } from '../../../electron/contract/server.ts';
import type { Transfer, TransferId } from '../../../electron/contract/transfer.ts';

/** What is to be sent, and the transfers it was given to. */
export interface Sending {
  readonly items: readonly SendItem[];
  /** How many looks below chosen folders still go on. */
  readonly looking: number;
  readonly attempts: readonly Attempt[];
  /** What could not be done last; `null`: nothing. */
  readonly failure: Failure | null;
}

/** One transfer of some of the items to a server; a retry is one more. */
export interface Attempt {
  readonly id: TransferId;
  readonly serverId: ServerId;
  /** `null`: nothing was heard of it yet. */
  readonly transfer: Transfer | null;
}

export type SendingEvent =
  | { readonly kind: 'looking' }
  | { readonly kind: 'found'; readonly items: readonly SendItem[] }
  | { readonly kind: 'looked'; readonly failure: Failure | null }
  | { readonly kind: 'removed'; readonly ids: readonly SendItemId[] }
  /** `anew`: outcomes of earlier attempts at this server no longer count. */
  | { readonly kind: 'queued'; readonly id: TransferId; readonly serverId: ServerId; readonly anew: boolean }
  | { readonly kind: 'heard'; readonly transfer: Transfer }
  | { readonly kind: 'failed'; readonly failure: Failure };

export const nothingToSend: Sending = { items: [], looking: 0, attempts: [], failure: null };

export function nextSending(sending: Sending, event: SendingEvent): Sending {
  switch (event.kind) {
    case 'looking':
      return { ...sending, looking: sending.looking + 1, failure: null };
    case 'found':
      return { ...sending, items: [...sending.items, ...event.items] };
    case 'looked':
      return {
        ...sending,
        looking: Math.max(0, sending.looking - 1),
        failure: event.failure ?? sending.failure,
      };
    case 'removed': {
      const gone = new Set(event.ids);
      const items = sending.items.filter(({ id }) => !gone.has(id));
      return { ...sending, items, attempts: items.length === 0 ? [] : sending.attempts };
    }
    case 'queued': {
      const { id, serverId } = event;
      const kept = sending.attempts.filter((attempt) => !event.anew || attempt.serverId !== serverId);
      return { ...sending, attempts: [...kept, { id, serverId, transfer: null }], failure: null };
    }
    case 'heard':
      return {
        ...sending,
        attempts: sending.attempts.map((attempt) =>
          attempt.id === event.transfer.id ? { ...attempt, transfer: event.transfer } : attempt,
        ),
      };
    case 'failed':
      return { ...sending, failure: event.failure };
  }
}

/** The attempts at one server, the newest last. */
export function attemptsAt({ attempts }: Sending, serverId: ServerId | null): readonly Attempt[] {
  return attempts.filter((attempt) => attempt.serverId === serverId);
}

/** Whether the newest attempt may still go on by itself. */
export function isSending(attempts: readonly Attempt[]): boolean {
  const newest = attempts.at(-1);
  if (newest === undefined) return false;
  const kind = newest.transfer?.state.kind ?? 'waiting';
  return kind === 'waiting' || kind === 'running';
}
