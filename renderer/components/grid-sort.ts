import type { Column, Sort } from './grid-column.ts';

/**
 * The rows in that order; rows that are equal keep theirs, and rows with nothing to sort by come last
 * either way.
 */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sort: Sort | null,
): readonly Row[] {
  const sortKey = columns.find((column) => column.id === sort?.columnId)?.sortKey;
  if (sort === null || sortKey === undefined) return rows;
  const sign = sort.direction === 'ascending' ? 1 : -1;
  const { compare } = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
  return rows
    .map((row) => ({ row, key: sortKey(row) }))
    .toSorted((one, other) => {
      const oneIsEmpty = one.key === '';
      if (oneIsEmpty || other.key === '') return Number(oneIsEmpty) - Number(other.key === '');
      return sign * compareKeys(one.key, other.key, compare);
    })
    .map(({ row }) => row);
}

/** What pressing a column's header makes of the order: ascending, descending, ascending… */
export function nextSort(current: Sort | null, columnId: string): Sort {
  const turned = current?.columnId === columnId && current.direction === 'ascending';
  return { columnId, direction: turned ? 'descending' : 'ascending' };
}

function compareKeys(
  one: string | number,
  other: string | number,
  compare: (one: string, other: string) => number,
): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return compare(String(one), String(other));
}
