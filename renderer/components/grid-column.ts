import type { ReactNode } from 'react';

/** One column of a grid: what it shows of a row, and what it sorts and finds rows by. */
export interface Column<Row> {
  readonly id: string;
  readonly name: string;
  /** Pixels at first; a column that grows takes what the others leave, and never less than this. */
  readonly width: number;
  readonly grows?: boolean;
  readonly align?: 'start' | 'end';
  readonly show: (row: Row) => ReactNode;
  /** What it sorts by; not given: it can't be sorted. */
  readonly sortKey?: (row: Row) => string | number;
  /** What typing letters looks for; not given: typing doesn't look here. */
  readonly findText?: (row: Row) => string;
}

export interface Sort {
  readonly columnId: string;
  readonly direction: 'ascending' | 'descending';
}

export const narrowestColumn = 48;
export const widestColumn = 960;

/** Widths a person has set, in pixels, by column id. */
export type ColumnWidths = Readonly<Record<string, number>>;

export function columnWidth<Row>(column: Column<Row>, widths: ColumnWidths): number {
  return widths[column.id] ?? column.width;
}

/** The tracks of the rows' CSS grid: columns that grow share what is left, unless a width was set. */
export function columnTracks<Row>(columns: readonly Column<Row>[], widths: ColumnWidths): string {
  return columns
    .map((column) => {
      const width = columnWidth(column, widths);
      return column.grows === true && widths[column.id] === undefined
        ? `minmax(${width}px, 1fr)`
        : `${width}px`;
    })
    .join(' ');
}

export function totalWidth<Row>(columns: readonly Column<Row>[], widths: ColumnWidths): number {
  return columns.reduce((sum, column) => sum + columnWidth(column, widths), 0);
}

export function resized(
  widths: ColumnWidths,
  { columnId, width }: { readonly columnId: string; readonly width: number },
): ColumnWidths {
  return { ...widths, [columnId]: Math.round(Math.min(widestColumn, Math.max(narrowestColumn, width))) };
}
