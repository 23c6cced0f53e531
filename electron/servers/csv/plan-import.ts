import { checkServers } from '../../contract/check-servers.ts';
import type { ImportProblem, ImportRow } from '../../contract/import-servers.ts';
import {
  fieldNames,
  fieldsOf,
  type ServerFields,
  type ServerProblems,
} from '../../contract/server-fields.ts';
import type { ServerProblem } from '../../contract/server-rules.ts';
import {
  draftOf,
  isOwn,
  ServerId,
  type Server,
  type ServerDraft,
  type ServerList,
} from '../../contract/server.ts';
import { ruled } from '../list-servers.ts';
import { serverKeys } from '../server-keys.ts';
import { serverTexts } from '../server-texts.ts';
import { fieldsOfRow, readRows, type ServerRow } from './read-rows.ts';

export interface ImportPlan {
  readonly rows: readonly ImportRow[];
  readonly missing: readonly { readonly id: ServerId; readonly name: string }[];
  readonly problems: readonly ImportProblem[];
  /** The ID that each new server is to have, by its row; a new one where there is none. */
  readonly wantedIds: ReadonlyMap<number, ServerId>;
}

interface Read {
  readonly row: ServerRow;
  readonly known: Server | null;
  readonly fields: ServerFields;
  readonly problems: ServerProblems;
}

/** What a list would do to the servers that are there. Nothing is changed. */
export function planImport(text: string, list: ServerList): ImportPlan {
  const { rows, problems } = readRows(text);
  const read = rows.map((row) => readOne(row, list.servers));
  const matched = new Set(read.map(({ known }) => known?.id));
  const staying = list.servers.filter(({ id }) => !matched.has(id));
  const checks = checkServers(
    read.map(({ fields }) => fields),
    {
      profile: list.policies.strict.value ? 'strict' : 'plain',
      others: staying.map(draftOf),
      policies: list.policies,
    },
  );
  const twins = new Map<string, number>();
  const planned = read.map((each, index) => {
    const { draft = null, problems: found = [] } = checks[index] ?? {};
    return judge(
      each,
      { draft, problems: [...ownProblems(each), ...found, ...twinProblem(each, twins)] },
      list,
    );
  });
  const own = staying.filter(isOwn);
  return {
    rows: planned,
    missing: rows.length === 0 ? [] : own.map(({ id, name }) => ({ id, name })),
    problems,
    wantedIds: wantedIds(read, list.servers),
  };
}

function readOne(row: ServerRow, servers: readonly Server[]): Read {
  const known = knownAs(row, servers);
  const before = known === null ? null : serverTexts(draftOf(known));
  return { row, known, ...fieldsOfRow(row.cells, before) };
}

/** By its ID, else by its AE title within its organisation, else, where it has none, by its name. */
function knownAs({ cells }: ServerRow, servers: readonly Server[]): Server | null {
  const id = trimmed(cells.id);
  const byId = servers.find((server) => server.id === id);
  if (byId !== undefined) return byId;
  const name = trimmed(cells.name);
  const byName = (among: readonly Server[]): Server | null =>
    among.find((each) => each.name === name) ?? null;
  const aeTitle = trimmed(cells.aeTitle);
  if (aeTitle === '') return byName(servers);
  const titled = servers.filter((server) => server.aeTitle === aeTitle && isOf(server, cells.organisation));
  return titled.length === 1 ? (titled[0] ?? null) : byName(titled);
}

function isOf({ organisation }: Server, cell: string | undefined): boolean {
  return cell === undefined || organisation === cell.trim();
}

function trimmed(cell: string | undefined): string {
  return cell?.trim() ?? '';
}

interface Judged {
  readonly draft: ServerDraft | null;
  readonly problems: readonly ServerProblem[];
}

function judge({ row, known, fields }: Read, { draft, problems }: Judged, list: ServerList): ImportRow {
  const name = fields.name.trim() || fields.aeTitle.trim();
  const errors = [...row.problems, ...problems.filter(({ severity }) => severity === 'error').map(toColumn)];
  if (draft === null || errors.length > 0) return { kind: 'bad', row: row.row, name, problems: errors };
  if (ruled(draft, list.policies).preferredCompression !== draft.preferredCompression) {
    return { kind: 'bad', row: row.row, name, problems: [lossyForbidden] };
  }
  const warnings = problems.filter(({ severity }) => severity === 'warning').map(toColumn);
  if (known === null) return { kind: 'add', row: row.row, draft, warnings };
  return compare(known, { row: row.row, draft, warnings });
}

const lossyForbidden: ImportProblem = {
  column: serverKeys.preferredCompression,
  message: 'Images may not be asked for with losses on this computer. Choose another compression.',
};

function compare(
  known: Server,
  { row, draft, warnings }: { row: number; draft: ServerDraft; warnings: readonly ImportProblem[] },
): ImportRow {
  const { id, name, origin } = known;
  const before = draftOf(known);
  const [was, is] = [fieldsOf(before), fieldsOf(draft)];
  const fields = fieldNames.filter((field) => was[field] !== is[field]);
  if (fields.length === 0) return { kind: 'same', row, id, name };
  if (origin.kind === 'administrator')
    return { kind: 'conflict', row, name, file: origin.file, line: origin.line };
  return { kind: 'change', row, id, before, draft, fields, warnings };
}

function ownProblems({ problems }: Read): readonly ServerProblem[] {
  return fieldNames.flatMap((field) => {
    const message = problems[field];
    return message === undefined ? [] : [{ severity: 'error' as const, field, message }];
  });
}

/** Two rows for one server: nobody can say which one is meant. */
function twinProblem({ row, known, fields }: Read, twins: Map<string, number>): readonly ServerProblem[] {
  const { aeTitle, name, organisation } = fields;
  const own = aeTitle.trim() === '' ? `name ${name.trim()}` : `ae ${aeTitle.trim()}`;
  const key = known === null ? `${own} ${organisation.trim().toLowerCase()}` : `id ${known.id}`;
  const first = twins.get(key);
  if (first === undefined) {
    twins.set(key, row.row);
    return [];
  }
  const message = `Row ${first} describes this server already. Keep one of them.`;
  return [{ severity: 'error', field: aeTitle.trim() === '' ? 'name' : 'aeTitle', message }];
}

function toColumn({ field, message }: ServerProblem): ImportProblem {
  return { column: serverKeys[field], message };
}

function wantedIds(read: readonly Read[], servers: readonly Server[]): ReadonlyMap<number, ServerId> {
  const taken = new Set<string>(servers.map(({ id }) => id));
  const wanted = new Map<number, ServerId>();
  for (const { row, known } of read) {
    const id = row.cells.id?.trim() ?? '';
    const isFree = /^[A-Za-z0-9._-]{1,64}$/.test(id) && id !== 'local' && !taken.has(id);
    if (known === null && isFree) wanted.set(row.row, ServerId.parse(id));
    taken.add(id);
  }
  return wanted;
}
