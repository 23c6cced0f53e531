import { describe, expect, it } from 'vitest';
import { columnTracks, resized, totalWidth, type Column } from '../../../renderer/components/grid-column.ts';
import { commandFor } from '../../../renderer/components/grid-keys.ts';
import {
  nothingSelected,
  select,
  selectAll,
  selectOnly,
} from '../../../renderer/components/grid-selection.ts';
import { nextSort, sortRows } from '../../../renderer/components/grid-sort.ts';
import { findTyped, nothingTyped, typed } from '../../../renderer/components/grid-type-ahead.ts';

interface Row {
  readonly name: string;
  readonly images: number;
}

const columns: readonly Column<Row>[] = [
  { id: 'name', name: 'Name', width: 200, grows: true, show: (row) => row.name, sortKey: (row) => row.name },
  { id: 'images', name: 'Images', width: 80, show: (row) => row.images, sortKey: (row) => row.images },
  { id: 'note', name: 'Note', width: 60, show: () => '' },
];

describe('the order of rows', () => {
  const rows: readonly Row[] = ['b', 'A10', '', 'a2', 'Ä2'].map((name, images) => ({ name, images }));

  it('takes numbers inside text as numbers, and neither case nor marks for a difference', () => {
    const sorted = sortRows(rows, columns, { columnId: 'name', direction: 'ascending' });
    expect(sorted.map((row) => row.name)).toEqual(['a2', 'Ä2', 'A10', 'b', '']);
  });

  it('keeps rows without a value last when it is turned round', () => {
    const sorted = sortRows(rows, columns, { columnId: 'name', direction: 'descending' });
    expect(sorted.map((row) => row.name)).toEqual(['b', 'A10', 'a2', 'Ä2', '']);
  });

  it('compares numbers as numbers', () => {
    const sorted = sortRows(rows, columns, { columnId: 'images', direction: 'descending' });
    expect(sorted.map((row) => row.images)).toEqual([4, 3, 2, 1, 0]);
  });

  it('is the given one without a sort, or with a column that can not sort', () => {
    expect(sortRows(rows, columns, null)).toBe(rows);
    expect(sortRows(rows, columns, { columnId: 'note', direction: 'ascending' })).toBe(rows);
  });

  it('turns round when the same column is pressed again', () => {
    const once = nextSort(null, 'name');
    const twice = nextSort(once, 'name');
    expect(
      [once, twice, nextSort(twice, 'name'), nextSort(twice, 'images')].map((sort) => sort.direction),
    ).toEqual(['ascending', 'descending', 'ascending', 'ascending']);
  });
});

const keysOf = (selection: typeof nothingSelected): string[] => [...selection.keys].sort();

describe('a selection', () => {
  const order = ['a', 'b', 'c', 'd', 'e'];
  it('stretches from where it began to the row that was reached with Shift, both ways', () => {
    const down = select(selectOnly('c'), { key: 'e', reach: 'range', order });
    const up = select(down, { key: 'a', reach: 'range', order });
    expect(keysOf(down)).toEqual(['c', 'd', 'e']);
    expect(keysOf(up)).toEqual(['a', 'b', 'c']);
    expect(up.activeKey).toBe('a');
  });

  it('takes single rows in and out with Ctrl', () => {
    const two = select(selectOnly('a'), { key: 'd', reach: 'toggle', order });
    expect(keysOf(two)).toEqual(['a', 'd']);
    expect(keysOf(select(two, { key: 'a', reach: 'toggle', order }))).toEqual(['d']);
  });

  it('is one row after a plain press', () => {
    const all = selectAll(nothingSelected, order);
    expect(keysOf(all)).toEqual(order);
    expect(keysOf(select(all, { key: 'b', reach: 'alone', order }))).toEqual(['b']);
  });

  it('begins anew when the row it began at is gone', () => {
    expect(keysOf(select(selectOnly('gone'), { key: 'b', reach: 'range', order }))).toEqual(['b']);
  });
});

describe('a key on a row', () => {
  const plain = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };
  const position = { index: 50, count: 100, pageRows: 20 };
  const indexAfter = (key: string, at = position): number | null => {
    const command = commandFor({ ...plain, key }, at);
    return command?.kind === 'go' ? command.index : null;
  };

  it('moves by one, by a page, and to both ends', () => {
    expect(
      ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End'].map((key) => indexAfter(key)),
    ).toEqual([51, 49, 70, 30, 0, 99]);
  });

  it('stops at the ends', () => {
    expect(indexAfter('PageUp', { ...position, index: 3 })).toBe(0);
    expect(indexAfter('PageDown', { ...position, index: 95 })).toBe(99);
    expect(indexAfter('End', { ...position, count: 0 })).toBeNull();
  });

  it('activates with Enter, otherwise with Shift+Enter, and leaves Ctrl+Enter alone', () => {
    expect(commandFor({ ...plain, key: 'Enter' }, position)).toEqual({ kind: 'activate' });
    expect(commandFor({ ...plain, key: 'Enter', shiftKey: true }, position)).toEqual({
      kind: 'activate-alternately',
    });
    expect(commandFor({ ...plain, key: 'Enter', ctrlKey: true }, position)).toBeNull();
  });

  it('is left to the window when it is no letter: / and ? have a meaning there', () => {
    expect(
      ['/', '?', 'F6', 'Escape', 'Tab', ' '].map((key) => commandFor({ ...plain, key }, position)),
    ).toEqual(Array.from({ length: 6 }, () => null));
    expect(commandFor({ ...plain, key: 'ä' }, position)).toEqual({ kind: 'find', letter: 'ä' });
    expect(commandFor({ ...plain, key: '山' }, position)).toEqual({ kind: 'find', letter: '山' });
  });

  it('selects all with Ctrl+A, and takes a row in or out with Ctrl+Space', () => {
    expect(commandFor({ ...plain, key: 'a', ctrlKey: true }, position)).toEqual({ kind: 'select-all' });
    expect(commandFor({ ...plain, key: ' ', metaKey: true }, position)).toEqual({ kind: 'toggle' });
  });
});

describe('typing a name', () => {
  const names = ['Doe', 'Miller', 'Müller', 'Yamada', 'Młynarz'];
  const find = (letters: string, from: number): number => findTyped(names, { letters, at: 0 }, from);

  it('finds the next row that begins so, around the end, whatever its case and marks', () => {
    expect(find('m', 0)).toBe(1);
    expect(find('m', 1)).toBe(2);
    expect(find('mul', 1)).toBe(2);
    expect(find('D', 3)).toBe(0);
    expect(find('x', 0)).toBe(-1);
  });

  it('goes from one to the next with the same letter again', () => {
    expect(find('mm', 1)).toBe(2);
    expect(find('mmm', 2)).toBe(4);
  });

  it('begins a new word after a pause', () => {
    const first = typed(nothingTyped, 'm', 10_000);
    expect(typed(first, 'u', 10_300).letters).toBe('mu');
    expect(typed(first, 'y', 12_000).letters).toBe('y');
  });
});

describe('the widths of columns', () => {
  it('let a growing column take what is left, until it was given a width', () => {
    expect(columnTracks(columns, {})).toBe('minmax(200px, 1fr) 80px 60px');
    expect(columnTracks(columns, { name: 150 })).toBe('150px 80px 60px');
    expect(totalWidth(columns, { name: 150 })).toBe(290);
  });

  it('have a smallest and a largest', () => {
    expect(resized({}, { columnId: 'name', width: -20 })).toEqual({ name: 48 });
    expect(resized({ note: 60 }, { columnId: 'name', width: 5000 })).toEqual({ note: 60, name: 960 });
  });
});
