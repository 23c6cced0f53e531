import { useState, type KeyboardEvent } from 'react';
import type { Listed } from './server-groups.ts';
import { movedBy, movedTo } from './server-order.ts';
import { useRowDrag, type RowDrag } from './use-row-drag.ts';

export interface ListOrder extends RowDrag {
  /** Alt+↑ and Alt+↓ move the selected server. */
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly move: (direction: Direction) => void;
  readonly canMove: (direction: Direction) => boolean;
  /** What was just done, to be said aloud; '' where nothing was. */
  readonly said: string;
}

type Direction = 'up' | 'down';

/** Puts the servers into an order of one's own, by mouse and by keys; not while only some are in sight. */
export function useListOrder(
  servers: readonly Listed[],
  selectedId: string | null,
  isSearching: boolean,
  onReorder: (ids: readonly string[]) => void,
): ListOrder {
  const [said, say] = useState('');
  const take = (ids: readonly string[], id: string): void => {
    const name = servers.find((server) => server.id === id)?.name ?? '';
    say(`${name} is now number ${ids.indexOf(id) + 1} of ${ids.length}`);
    onReorder(ids);
  };
  const drag = useRowDrag((id, target, position) => {
    const ids = servers.map((server) => server.id);
    const next = movedTo(ids, id, target, position);
    if (next !== ids) take(next, id);
  });
  const wanted = (direction: Direction): readonly string[] | null =>
    selectedId === null || isSearching ? null : movedBy(servers, selectedId, direction);
  const move = (direction: Direction): void => {
    const ids = wanted(direction);
    if (ids !== null && selectedId !== null) take(ids, selectedId);
  };
  return {
    said,
    move,
    canMove: (direction) => wanted(direction) !== null,
    landing: drag.landing,
    rowProps: (id) => (isSearching ? {} : drag.rowProps(id)),
    onKeyDown: (event) => {
      const direction = event.key === 'ArrowUp' ? 'up' : event.key === 'ArrowDown' ? 'down' : null;
      if (!event.altKey || direction === null) return;
      event.preventDefault();
      event.stopPropagation();
      move(direction);
    },
  };
}
