import type { FoundField } from '../../contract/read-reply.ts';
import { columnOf } from '../csv/columns.ts';
import { parseCsv, separatorOf } from '../csv/parse-csv.ts';
import { cellText } from '../csv/write-csv.ts';
import { fieldLabelled } from './labels.ts';
import { certain, uncertain, type Reading } from './piece.ts';
import { readValue } from './values.ts';

/** A heading with columns, and a row below it: CSV, tabs, bars, or wide gaps. */
export function readTable(text: string): Reading | null {
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) {
    const fields = headingFields(line);
    if (fields.filter((field) => field !== null).length < 2) continue;
    const rows = lines.slice(index + 1).filter((each) => !/^[\s|:+=_-]*$/.test(each));
    const [row] = rows;
    if (row === undefined) continue;
    const found = readRow(cellsOf(row, line), fields, {
      row,
      at: text.indexOf(row, lineStart(lines, index + 1)),
    });
    if (found.length < 2) continue;
    const isTable = rows.length > 1 && cellsOf(rows[1] ?? '', line).length === fields.length;
    return { found, remarks: isTable ? ['The table has several rows; this is the first.'] : [] };
  }
  return null;
}

type Field = FoundField['field'];

function headingFields(line: string): readonly (Field | null)[] {
  return cellsOf(line, line).map((cell) => fieldLabelled(cell) ?? ownColumn(cell));
}

/** As our own lists call it. */
function ownColumn(heading: string): Field | null {
  const column = columnOf(heading);
  return column === 'id' || column === 'verifyCertificate' ? null : column;
}

/** By the sign that the heading has most of, else by wide gaps. */
function cellsOf(row: string, heading: string): readonly string[] {
  const trimmed = heading.trim();
  if (/[,;\t|]/.test(trimmed)) {
    const separator = separatorOf(trimmed);
    const inner = separator === '|' ? row.trim().replaceAll(/^\||\|$/g, '') : row;
    return parseCsv(inner, separator)[0]?.cells.map((cell) => cellText(cell.trim())) ?? [];
  }
  return row.trim().split(/\s{2,}/);
}

function readRow(
  cells: readonly string[],
  fields: readonly (Field | null)[],
  { row, at }: { readonly row: string; readonly at: number },
): readonly FoundField[] {
  return fields.flatMap((field, index) => {
    const cell = cells[index] ?? '';
    const read = field === null ? null : readValue(field, cell);
    if (field === null || cell === '' || read === null) return [];
    const piece = { field, value: read.value, from: cell, at: at + Math.max(row.indexOf(cell), 0) };
    return [
      read.others.length === 0 ? certain(piece) : uncertain(piece, 'Several stand there; this is the first.'),
    ];
  });
}

function lineStart(lines: readonly string[], index: number): number {
  return lines.slice(0, index).reduce((sum, line) => sum + line.length + 1, 0);
}
