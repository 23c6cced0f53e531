import type { ImportPreview, ImportRow } from '../../../../electron/contract/import-servers.ts';
import type { Status } from '../../../components/index.ts';
import { fileName } from '../file-name.ts';

export type RowKind = ImportRow['kind'];

export const kindWords: Readonly<Record<RowKind, string>> = {
  add: 'Add',
  change: 'Change',
  same: 'No change',
  conflict: 'Conflict',
  bad: 'Bad row',
};

/** Behind a number: `2 bad`. */
export const countWords: Readonly<Record<RowKind, string>> = {
  add: 'to add',
  change: 'to change',
  same: 'unchanged',
  conflict: 'in conflict',
  bad: 'bad',
};

export const kindStatuses: Readonly<Record<RowKind, Status>> = {
  add: 'ok',
  change: 'ok',
  same: 'idle',
  conflict: 'warning',
  bad: 'failure',
};

export function rowName(row: ImportRow): string {
  return row.kind === 'add' || row.kind === 'change' ? row.draft.name : row.name;
}

/** What would come of a row, and why. */
export function rowWords(row: ImportRow): string {
  switch (row.kind) {
    case 'add':
      return [`${row.draft.aeTitle ?? ''} ${placeOf(row.draft)}`.trim(), ...warningsOf(row.warnings)].join(
        ' · ',
      );
    case 'change':
      return [`Changes ${row.fields.join(', ')}`, ...warningsOf(row.warnings)].join(' · ');
    case 'same':
      return 'As it is already';
    case 'conflict':
      return `Set by the administrator (${fileName(row.file)}, line ${row.line}), so it stays as it is`;
    case 'bad':
      return row.problems
        .map(({ column, message }) => (column === '' ? message : `${column}: ${message}`))
        .join(' ');
  }
}

/** How many rows of each kind there are. */
export function countKinds({ rows }: Pick<ImportPreview, 'rows'>): Readonly<Record<RowKind, number>> {
  const counts = { add: 0, change: 0, same: 0, conflict: 0, bad: 0 };
  for (const { kind } of rows) counts[kind] += 1;
  return counts;
}

function placeOf({ host, port, dicomweb }: Extract<ImportRow, { kind: 'add' }>['draft']): string {
  return host === null ? (dicomweb?.baseUrl ?? '') : `at ${host}:${port ?? ''}`;
}

function warningsOf(warnings: Extract<ImportRow, { kind: 'add' }>['warnings']): readonly string[] {
  return warnings.map(({ message }) => message);
}
