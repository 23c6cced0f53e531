import type { KeyboardEvent, RefObject } from 'react';
import type { Column } from './grid-column.ts';
import { commandFor, type GridCommand } from './grid-keys.ts';
import { select, selectAll, type Reach, type Selection } from './grid-selection.ts';
import { findTyped, nothingTyped, typed } from './grid-type-ahead.ts';

/** The grid as it was last drawn. */
export interface DrawnGrid<Row> {
  readonly grid: {
    readonly columns: readonly Column<Row>[];
    readonly selection: Selection;
    readonly onSelectionChange: (selection: Selection) => void;
    readonly onActivate?: (row: Row) => void;
    readonly onAlternateActivate?: (row: Row) => void;
  };
  /** The rows and their keys, in the order shown. */
  readonly rows: readonly Row[];
  readonly order: readonly string[];
  readonly scroller: RefObject<HTMLElement | null>;
  readonly rowHeight: number;
  readonly virtualizer: { scrollToIndex(index: number, options: { readonly align: 'auto' }): void };
}

/**
 * Moves, selects and finds rows by keys and pointer, for as long as a grid stands. Its functions stay
 * the same from draw to draw, so that rows need not be drawn again for them.
 */
export class GridFocus<Row> {
  #drawn: DrawnGrid<Row>;
  // Known at once, where the state is known only after the next draw: the focus comes in between.
  #activeKey: string | null;
  #keyToFocus: string | null = null;
  #typed = nothingTyped;

  constructor(drawn: DrawnGrid<Row>) {
    this.#drawn = drawn;
    this.#activeKey = drawn.grid.selection.activeKey;
  }

  /** To be told after every draw: gives the focus to the row that was waiting to be drawn. */
  readonly wasDrawn = (drawn: DrawnGrid<Row>): void => {
    this.#drawn = drawn;
    this.#activeKey = drawn.grid.selection.activeKey;
    this.#focusWaiting();
  };

  readonly onKeyDown = (event: KeyboardEvent): void => {
    const index = rowIndexOf(event);
    if (index === null) return;
    const { order, scroller, rowHeight } = this.#drawn;
    const pageRows = Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2;
    const command = commandFor(event, { index, count: order.length, pageRows });
    if (command === null) return;
    event.preventDefault();
    event.stopPropagation();
    this.#obey(command, index);
  };

  /** A row was pressed. */
  readonly reach = (index: number, reach: Reach): void => {
    const { grid, order } = this.#drawn;
    const key = order[index];
    if (key === undefined) return;
    this.#activeKey = key;
    grid.onSelectionChange(select(grid.selection, { key, reach, order }));
  };

  /** A row got the focus: by a press, which has been told before, or by Tab. */
  readonly focused = (index: number): void => {
    if (this.#drawn.order[index] !== this.#activeKey) this.reach(index, 'alone');
  };

  readonly activate = (index: number): void => {
    const row = this.#drawn.rows[index];
    if (row !== undefined) this.#drawn.grid.onActivate?.(row);
  };

  /** Puts the focus on the row that had it last, or on the first. */
  readonly focusRows = (): void => {
    const { order } = this.#drawn;
    if (order.length > 0) this.#go(Math.max(0, order.indexOf(this.#activeKey ?? '')), 'alone');
  };

  #obey(command: GridCommand, index: number): void {
    const { grid, rows, order } = this.#drawn;
    switch (command.kind) {
      case 'go':
        this.#go(command.index, command.reach);
        return;
      case 'toggle':
        this.reach(index, 'toggle');
        return;
      case 'select-all':
        grid.onSelectionChange(selectAll(grid.selection, order));
        return;
      case 'activate':
        this.activate(index);
        return;
      case 'activate-alternately': {
        const row = rows[index];
        if (row !== undefined) grid.onAlternateActivate?.(row);
        return;
      }
      case 'find':
        this.#find(command.letter, index);
        return;
    }
  }

  #find(letter: string, index: number): void {
    const { grid, rows } = this.#drawn;
    const text = grid.columns.find((column) => column.findText !== undefined)?.findText;
    if (text === undefined) return;
    this.#typed = typed(this.#typed, letter, performance.now());
    const found = findTyped(rows.map(text), this.#typed, index);
    if (found >= 0) this.#go(found, 'alone');
  }

  #go(index: number, reach: Reach): void {
    this.reach(index, reach);
    this.#drawn.virtualizer.scrollToIndex(index, { align: 'auto' });
    this.#keyToFocus = this.#drawn.order[index] ?? null;
    // A row in sight is already drawn, and no draw may follow.
    this.#focusWaiting();
  }

  #focusWaiting(): void {
    if (this.#keyToFocus === null) return;
    const { order, scroller } = this.#drawn;
    const index = order.indexOf(this.#keyToFocus);
    const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"]`);
    if (row === undefined || row === null) return;
    this.#keyToFocus = null;
    row.focus({ preventScroll: true });
  }
}

/** `null`: the key was not pressed on a row itself, but on its header or on a control inside it. */
function rowIndexOf(event: KeyboardEvent): number | null {
  const { target } = event;
  if (!(target instanceof HTMLElement) || target.dataset['index'] === undefined) return null;
  return Number(target.dataset['index']);
}
