/** Rows as CSV (RFC 4180): commas, CRLF, quotes only where they are needed. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('');
}

function quoted(cell: string): string {
  const safe = withoutFormula(cell);
  return /[",;\r\n\t]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

// A spreadsheet takes what begins so for a formula, and calculates it; behind an apostrophe it is text.
const formula = /^[=+\-@]/;

function withoutFormula(cell: string): string {
  return formula.test(cell) ? `'${cell}` : cell;
}

/** A cell as it was before `writeCsv`. */
export function cellText(cell: string): string {
  return cell.startsWith("'") && formula.test(cell.slice(1)) ? cell.slice(1) : cell;
}
