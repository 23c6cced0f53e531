import { csvRow } from './csv-cells.ts';
import { describeDrift, statusWords } from './describe-drift.ts';
import { methodWords, securedWords } from './describe-observations.ts';
import { linkWords } from './link-words.ts';
import type { LinkRow } from './link-report.ts';
import type { SeenMethod } from './observations.ts';

const columns: readonly string[] = [
  'Declared',
  'Direction',
  'Status',
  'Description',
  'Server',
  'Last ok',
  'Method',
  'TLS',
  'All methods seen',
  'Drift',
  'What to do',
];

/** The report as a table, a row for each link. */
export function linkReportCsv(rows: readonly LinkRow[], nameOf: (id: string) => string | null): string {
  return [columns, ...rows.map((row) => cellsOf(row, nameOf))].map(csvRow).join('');
}

function cellsOf(row: LinkRow, nameOf: (id: string) => string | null): readonly string[] {
  const { server, drifts } = row;
  const words = drifts.map((drift) => describeDrift(drift, server?.name ?? ''));
  return [
    ...declaredCells(row, nameOf),
    server?.name ?? 'can’t be seen from here',
    ...seenCells(row),
    words.map(({ what }) => what).join(' '),
    words.map(({ advice }) => advice).join(' '),
  ];
}

function declaredCells({ link }: LinkRow, nameOf: (id: string) => string | null): readonly string[] {
  if (link === null) return ['no link', '', '', ''];
  const { direction, status, description } = link;
  return [linkWords(link, nameOf), direction.toUpperCase(), statusWords[status], description];
}

function seenCells({ seen }: LinkRow): readonly string[] {
  const [last] = seen;
  const latest =
    last === undefined ? ['', '', ''] : [last.at, methodWords[last.method], securedWords(last.tls)];
  return [...latest, seen.map(seenAt).join('; ')];
}

function seenAt({ method, at, tls }: SeenMethod): string {
  return `${methodWords[method]} ${at} ${securedWords(tls)}`;
}
