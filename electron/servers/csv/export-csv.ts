import type { ServerDraft } from '../../contract/server.ts';
import { serverTexts } from '../server-texts.ts';
import { columns, headingOf } from './columns.ts';
import { writeCsv } from './write-csv.ts';

/** Servers as a table with every field, for a spreadsheet or a register; `importCsv` reads it back. */
export function exportCsv(servers: readonly { readonly id: string; readonly draft: ServerDraft }[]): string {
  const rows = servers.map(({ id, draft }) => {
    const texts = serverTexts(draft);
    return columns.map((column) => (column === 'id' ? id : texts[column]));
  });
  return writeCsv([columns.map(headingOf), ...rows]);
}
