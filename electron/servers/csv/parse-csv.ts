/** One row of a table as it is written (RFC 4180). */
export interface CsvRow {
  /** The line it begins in, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /** What makes it unreadable; `null`: nothing. */
  readonly problem: string | null;
}

const behindQuote = 'Something stands behind a closed quote. Quote the whole cell.';
const unclosed = 'A quote is opened in this row and never closed. Close it, or write "" for a quote.';

/**
 * Takes a CSV apart. Cells may be quoted and then hold separators, line breaks and doubled quotes; lines
 * end in CRLF, LF or CR. Empty lines are passed over. A quote that is never closed spoils its own line
 * only.
 */
export function parseCsv(text: string, separator: string): readonly CsvRow[] {
  const rows: CsvRow[] = [];
  let at = 0;
  let line = 1;
  while (at < text.length) {
    const row = readRow(text, at, separator) ?? brokenRow(text, at);
    const isEmpty = row.problem === null && row.cells.every((cell) => cell.trim() === '');
    if (!isEmpty) rows.push({ line, cells: row.cells, problem: row.problem });
    line += countLines(text.slice(at, row.end));
    at = row.end;
  }
  return rows;
}

/** What separates the cells of a heading: the sign of `;`, tab and `,` that it holds most of. */
export function separatorOf(heading: string): string {
  const plain = heading.replaceAll(/"[^"]*"/g, '');
  const signs = [',', ';', '\t', '|'];
  const counts = signs.map((sign) => plain.split(sign).length);
  return signs[counts.indexOf(Math.max(...counts))] ?? ',';
}

interface ReadRow {
  readonly cells: readonly string[];
  /** Where the next row begins. */
  readonly end: number;
  readonly problem: string | null;
}

/** `null`: a quote is open that is closed nowhere, or by chance. */
function readRow(text: string, start: number, separator: string): ReadRow | null {
  const cells: string[] = [];
  let at = start;
  for (;;) {
    const cell = text[at] === '"' ? readQuoted(text, at) : readPlain(text, at, separator);
    if (cell === null) return null;
    cells.push(cell.value);
    at = skipSpaces(text, cell.end);
    const sign = text[at];
    if (sign === separator) at += 1;
    else if (sign === undefined || sign === '\n' || sign === '\r') {
      return { cells, end: at + lineBreakAt(text, at), problem: null };
    } else {
      // A quote that was left open ends at the next one, far below: then it is the open one that is wrong.
      if (/[\r\n]/.test(text.slice(start, at))) return null;
      return { ...brokenRow(text, at), cells, problem: behindQuote };
    }
  }
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ') at += 1;
  return at;
}

function readQuoted(text: string, start: number): { readonly value: string; readonly end: number } | null {
  let value = '';
  let at = start + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return null;
    value += text.slice(at, quote);
    if (text[quote + 1] !== '"') return { value, end: quote + 1 };
    value += '"';
    at = quote + 2;
  }
}

function readPlain(
  text: string,
  start: number,
  separator: string,
): { readonly value: string; readonly end: number } {
  let end = start;
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end += 1;
  return { value: text.slice(start, end).trim(), end };
}

/** To the end of its line, unread. */
function brokenRow(text: string, start: number): ReadRow {
  const breakAt = /[\r\n]/.exec(text.slice(start))?.index;
  const end = breakAt === undefined ? text.length : start + breakAt;
  return { cells: [], end: end + lineBreakAt(text, end), problem: unclosed };
}

function lineBreakAt(text: string, at: number): number {
  if (text[at] === '\r' && text[at + 1] === '\n') return 2;
  return text[at] === '\r' || text[at] === '\n' ? 1 : 0;
}

function countLines(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}
