import type { ImportPreview, ImportRow } from '../../../../electron/contract/import-servers.ts';
import { countKinds, type RowKind } from './import-words.ts';

/** Lines that are not to be taken over although they could be. */
export type LeftOut = ReadonlySet<number>;

export const nothingLeftOut: LeftOut = new Set();

/** Only a row that would change something can be taken over, or left out. */
export function canBeTaken({ kind }: ImportRow): boolean {
  return kind === 'add' || kind === 'change';
}

export function toggled(leftOut: LeftOut, row: ImportRow): LeftOut {
  if (!canBeTaken(row)) return leftOut;
  const next = new Set(leftOut);
  if (!next.delete(row.row)) next.add(row.row);
  return next;
}

/** All of these rows, or none of them. */
export function withAll(leftOut: LeftOut, rows: readonly ImportRow[], isTaken: boolean): LeftOut {
  const next = new Set(leftOut);
  for (const row of rows.filter(canBeTaken)) {
    if (isTaken) next.delete(row.row);
    else next.add(row.row);
  }
  return next;
}

/** How many of each kind would really be taken over. */
export function countTaken(
  { rows }: Pick<ImportPreview, 'rows'>,
  leftOut: LeftOut,
): Readonly<Record<RowKind, number>> {
  return countKinds({ rows: rows.filter(({ row }) => !leftOut.has(row)) });
}
