import { dirname, join } from 'node:path';
import { describeDrift, seenWords } from '../contract/describe-drift.ts';
import { usualStaleDays } from '../contract/link-drift.ts';
import { linkReportCsv } from '../contract/link-report-csv.ts';
import { linkReport, type LinkRow } from '../contract/link-report.ts';
import { linkWords } from '../contract/link-words.ts';
import type { ServerList } from '../contract/server.ts';
import {
  findAdminInis,
  loadAdminIni,
  mergeAdminFiles,
  observationsIn,
  openServerBook,
  readSigningKey,
} from '../servers/index.ts';
import { isSet, optional, UsageError, type Arguments } from './arguments.ts';
import { say, tell } from './output.ts';
import { settingsHome, storedIn } from './stored-settings.ts';
import { oneOf } from './values.ts';

/** Reports each declared link beside what the app has seen of it. Changes nothing. */
export async function links(args: Arguments): Promise<number> {
  if (args.paths.length > 0) throw new UsageError('links takes no files.');
  const staleDays = daysOf(optional(args, 'days'));
  const format = oneOf({ text: 'text', csv: 'csv' } as const, optional(args, 'report') ?? 'text', 'report');
  const home = settingsHome(args);
  const list = serversIn(home, optional(args, 'admin-ini'));
  const observations = observationsIn(join(home, 'observations.json'), list.servers);
  if (observations === 'broken') {
    say(`What was seen can’t be read: ${join(home, 'observations.json')} is damaged.`);
    return 1;
  }
  const rows = linkReport({ ...list, observations, now: new Date(), staleDays });
  const nameOf = (id: string): string | null => list.servers.find((each) => each.id === id)?.name ?? null;
  if (isSet(args, 'json')) for (const row of rows) tell(row);
  else process.stdout.write(format === 'csv' ? linkReportCsv(rows, nameOf) : textOf(rows, nameOf));
  return rows.some(({ drifts }) => drifts.length > 0) ? 1 : 0;
}

function daysOf(text: string | null): number {
  if (text === null) return usualStaleDays;
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new UsageError(`--days is a whole number of days from 1, not "${text}".`);
}

/** The person's servers and the administrator's, as the app would list them. */
function serversIn(home: string, adminIni: string | null): ServerList {
  const stored = storedIn(home);
  const programFolder = dirname(process.execPath);
  const signingKey = readSigningKey(programFolder);
  const files = findAdminInis({
    argument: adminIni,
    env: process.env,
    platform: process.platform,
    programFolder,
  });
  const admin = mergeAdminFiles(files.map((file) => loadAdminIni(file, process.env, { signingKey })));
  return openServerBook({
    store: { get: (key) => stored[key], set: refuseWriting },
    admin: () => admin,
    newId: refuseWriting,
  }).list();
}

function refuseWriting(): never {
  throw new Error('the settings are only read here');
}

function textOf(rows: readonly LinkRow[], nameOf: (id: string) => string | null): string {
  const drifted = rows.filter(({ drifts }) => drifts.length > 0).length;
  const lines = rows.flatMap((row) => linesOf(row, nameOf));
  const declared = rows.filter(({ link }) => link !== null).length;
  const sum = `${declared} declared ${declared === 1 ? 'link' : 'links'}, ${drifted} of ${rows.length} lines differ from what was seen.`;
  return `${[...lines, sum].join('\n')}\n`;
}

function linesOf(
  { link, server, seen, drifts }: LinkRow,
  nameOf: (id: string) => string | null,
): readonly string[] {
  const [last] = seen;
  const what =
    link === null ? `${server?.name ?? ''}: no link` : `${linkWords(link, nameOf)}, ${link.status}`;
  const lastOk = last === undefined ? 'never seen' : `last ok ${last.at} (${seenWords(last)})`;
  const observed = server === null ? 'between others: it can’t be seen from here' : lastOk;
  const words = drifts.map((drift) => describeDrift(drift, server?.name ?? ''));
  return [
    `${drifts.length === 0 ? ' ' : '!'} ${what}: ${observed}`,
    ...words.flatMap(({ what: differs, advice }) => [`    ${differs}`, `    ${advice}`]),
  ];
}
