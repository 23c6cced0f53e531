import type { Transfer, TransferId } from '../../../electron/contract/transfer.ts';

/** Every transfer by its id, as it stood when it was last heard of. */
export type Transfers = ReadonlyMap<TransferId, Transfer>;

export type TransfersEvent =
  | { readonly kind: 'listed'; readonly transfers: readonly Transfer[] }
  | { readonly kind: 'changed'; readonly transfer: Transfer }
  | { readonly kind: 'cleared'; readonly ids: readonly TransferId[] };

export const noTransfers: Transfers = new Map();

export function nextTransfers(transfers: Transfers, event: TransfersEvent): Transfers {
  switch (event.kind) {
    case 'listed': {
      // What the news has told is newer than a list that was asked for before it.
      const listed = event.transfers.map((transfer) => [transfer.id, transfer] as const);
      return new Map([...listed, ...transfers]);
    }
    case 'changed':
      return new Map(transfers).set(event.transfer.id, event.transfer);
    case 'cleared': {
      const gone = new Set(event.ids);
      return new Map([...transfers].filter(([id]) => !gone.has(id)));
    }
  }
}

/** The newest on top. */
export function newestFirst(transfers: Transfers): readonly Transfer[] {
  return [...transfers.values()].toSorted(
    (one, other) => other.queuedAt.localeCompare(one.queuedAt) || other.id.localeCompare(one.id),
  );
}

/** Whether there is something that a new transfer could try again. */
export function canRetry({ state, progress }: Transfer): boolean {
  switch (state.kind) {
    case 'waiting':
    case 'running':
    case 'done':
      return false;
    case 'incomplete':
    case 'failed':
      return true;
    case 'cancelled':
      return progress.expected === null || progress.done < progress.expected;
  }
}
