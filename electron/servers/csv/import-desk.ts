import { FailureError } from '../../contract/failure.ts';
import {
  ImportId,
  type ApplyImport,
  type ImportDone,
  type ImportPreview,
  type ImportRow,
} from '../../contract/import-servers.ts';
import { ServerId, type ServerList } from '../../contract/server.ts';
import type { ServerBook } from '../server-book.ts';
import type { UserServer } from '../server-store.ts';
import { planImport, type ImportPlan } from './plan-import.ts';

/** Lists of servers that are looked at, taken over, and taken back. */
export interface ImportDesk {
  /** Changes nothing. */
  preview(text: string): ImportPreview;
  /** @throws FailureError input where it is not the last one looked at or the servers changed since; policy */
  apply(asked: ApplyImport): ImportDone;
  /** Takes the last import back; what was changed by hand since stays. @throws FailureError input */
  undo(): ServerList;
}

interface Shown {
  readonly id: ImportId;
  readonly plan: ImportPlan;
  /** The person's servers when it was shown. */
  readonly state: string;
}

/** What an import did to one server; `null`: it was not there. */
interface Done {
  readonly id: ServerId;
  readonly before: UserServer | null;
  readonly after: UserServer | null;
}

export function openImportDesk(book: ServerBook, newId: () => string): ImportDesk {
  let shown: Shown | null = null;
  let done: readonly Done[] | null = null;
  const state = (): string => JSON.stringify(book.own());

  return {
    preview(text) {
      const plan = planImport(text, book.list());
      const id = ImportId.parse(newId());
      shown = { id, plan, state: state() };
      const { rows, missing, problems } = plan;
      return { id, rows, missing, problems };
    },
    apply(asked) {
      if (shown === null || shown.id !== asked.id || shown.state !== state()) {
        throw refusal('The servers have changed since this list was looked at. Look at it again.');
      }
      const steps = stepsOf(shown.plan, asked, { own: book.own(), newId });
      book.exchange(afterAll(book.own(), steps));
      shown = null;
      done = steps;
      return {
        added: steps.filter(({ before }) => before === null).length,
        changed: steps.filter(({ before, after }) => before !== null && after !== null).length,
        removed: steps.filter(({ after }) => after === null).length,
        list: book.list(),
      };
    },
    undo() {
      if (done === null) throw refusal('There is no import that could be undone.');
      const own = book.own();
      const back = done
        .filter(
          ({ id, after }) =>
            JSON.stringify(own.find((each) => each.id === id) ?? null) === JSON.stringify(after),
        )
        .map(({ id, before, after }) => ({ id, before: after, after: before }));
      book.exchange(afterAll(own, back));
      done = null;
      return book.list();
    },
  };
}

function stepsOf(
  { rows, missing, wantedIds }: ImportPlan,
  { without, removeMissing }: ApplyImport,
  { own, newId }: { readonly own: readonly UserServer[]; readonly newId: () => string },
): readonly Done[] {
  const find = (id: ServerId): UserServer | null => own.find((each) => each.id === id) ?? null;
  const taken = rows.filter(({ row }) => !without.includes(row));
  const put = taken.flatMap((row) =>
    stepOf(row, find, () => wantedIds.get(row.row) ?? ServerId.parse(newId())),
  );
  const gone = removeMissing ? missing.map(({ id }) => ({ id, before: find(id), after: null })) : [];
  return [...put, ...gone];
}

function stepOf(
  row: ImportRow,
  find: (id: ServerId) => UserServer | null,
  makeId: () => ServerId,
): readonly Done[] {
  switch (row.kind) {
    case 'add': {
      const id = makeId();
      return [{ id, before: null, after: { id, origin: 'csv', draft: row.draft } }];
    }
    case 'change': {
      const before = find(row.id);
      return before === null ? [] : [{ id: row.id, before, after: { ...before, draft: row.draft } }];
    }
    case 'same':
    case 'conflict':
    case 'bad':
      return [];
  }
}

function afterAll(own: readonly UserServer[], steps: readonly Done[]): readonly UserServer[] {
  const byId = new Map(own.map((server) => [server.id, server]));
  for (const { id, after } of steps) {
    if (after === null) byId.delete(id);
    else byId.set(id, after);
  }
  return [...byId.values()];
}

function refusal(problem: string): FailureError {
  return new FailureError({ step: 'input', field: 'import', problem });
}
