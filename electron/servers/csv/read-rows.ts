import {
  fieldNames,
  type ServerField,
  type ServerFields,
  type ServerProblems,
} from '../../contract/server-fields.ts';
import type { ImportProblem } from '../../contract/import-servers.ts';
import { serverKeys } from '../server-keys.ts';
import { readServerTexts } from '../server-texts.ts';
import { columnOf, type Column } from './columns.ts';
import { parseCsv, separatorOf, type CsvRow } from './parse-csv.ts';
import { cellText } from './write-csv.ts';

/** One row of a list of servers, by column. */
export interface ServerRow {
  readonly row: number;
  /** Only the columns that the list has. */
  readonly cells: Readonly<Partial<Record<Column, string>>>;
  readonly problems: readonly ImportProblem[];
}

export interface ServerRows {
  readonly rows: readonly ServerRow[];
  /** Of the list as a whole. */
  readonly problems: readonly ImportProblem[];
}

const secret = /pass|secret|token/i;

/** Reads the heading, then every row by it. */
export function readRows(text: string): ServerRows {
  const [heading, ...rows] = parseCsv(
    text,
    separatorOf(text.split(/[\r\n]/).find((line) => line.trim() !== '') ?? ''),
  );
  if (heading === undefined) return { rows: [], problems: [wholeList('The list is empty.')] };
  const known = heading.cells.map((cell) => (secret.test(cell) ? null : columnOf(cell)));
  if (!known.includes('name') && !known.includes('aeTitle')) {
    const message = 'The first row is no heading: it names no column “name” or “ae”. Add one.';
    return { rows: [], problems: [wholeList(message)] };
  }
  return {
    rows: rows.map((row) => readRow(row, known)),
    problems: heading.cells.flatMap((cell, index) => headingProblem(cell, index, known)),
  };
}

function readRow({ line, cells, problem }: CsvRow, known: readonly (Column | null)[]): ServerRow {
  const read: Partial<Record<Column, string>> = {};
  for (const [index, column] of known.entries()) {
    if (column !== null) read[column] ??= cellText(cells[index] ?? '');
  }
  return { row: line, cells: read, problems: rowProblems(problem, cells.length, known.length) };
}

function rowProblems(problem: string | null, cells: number, wanted: number): readonly ImportProblem[] {
  if (problem !== null) return [wholeList(problem)];
  if (cells <= wanted) return [];
  return [
    wholeList(
      `This row has ${cells} cells, and the heading names ${wanted} columns. Quote cells that hold a separator.`,
    ),
  ];
}

function headingProblem(
  cell: string,
  index: number,
  known: readonly (Column | null)[],
): readonly ImportProblem[] {
  const column = known[index] ?? null;
  if (secret.test(cell)) {
    return [{ column: cell, message: 'Secrets are not taken over from a list. Enter them in the form.' }];
  }
  if (column === null) {
    return cell === '' ? [] : [{ column: cell, message: 'Nobody knows this column, so it is not used.' }];
  }
  return known.indexOf(column) === index
    ? []
    : [{ column: cell, message: 'This column stands there twice; the first one counts.' }];
}

function wholeList(message: string): ImportProblem {
  return { column: '', message };
}

/** The form as a row fills it, over what stands there already where the list has no such column. */
export function fieldsOfRow(
  cells: ServerRow['cells'],
  before: Readonly<Record<ServerField, string>> | null,
): { readonly fields: ServerFields; readonly problems: ServerProblems } {
  const byKey = new Map<string, string>(
    fieldNames.map((field) => [serverKeys[field], cells[field] ?? before?.[field] ?? '']),
  );
  return readServerTexts((key) => byKey.get(key) ?? '');
}
