import { checkServerFields } from '../../../electron/contract/check-server.ts';
import {
  emptyServerFields as emptyFields,
  fieldsOf,
  type ServerField,
  type ServerFields,
  type ServerProblems,
} from '../../../electron/contract/server-fields.ts';
import type { Failure } from '../../../electron/contract/failure.ts';
import type { Server, ServerId } from '../../../electron/contract/server.ts';
import { sameFields } from './server-fields.ts';

export type Selection =
  | { readonly kind: 'none' }
  | { readonly kind: 'new' }
  | { readonly kind: 'server'; readonly id: ServerId };

/** What the person asked for that takes the form away. */
export type Wanted =
  /** `fields`: what is filled in already. */
  | { readonly kind: 'new'; readonly fields?: Partial<ServerFields> }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'server'; readonly id: string };

export type Saving =
  | { readonly kind: 'idle' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved' }
  | { readonly kind: 'failed'; readonly failure: Failure };

export interface EditorState {
  /** `null`: not heard yet. */
  readonly servers: readonly Server[] | null;
  /** The administrator's name of this place, which new servers belong to; '' where none is said. */
  readonly site: string;
  /** News that came while a new server was being saved: it stands in the list already as "not saved". */
  readonly heardMeanwhile: readonly Server[] | null;
  readonly selection: Selection;
  /** Counts up whenever the form turns to another server; saving a new one is not a turn. */
  readonly opened: number;
  readonly fields: ServerFields;
  /** What Revert goes back to. */
  readonly original: ServerFields;
  /** Fields that were changed and left: their problems are shown. */
  readonly left: ReadonlySet<ServerField>;
  /** Save or Echo was pressed: every problem is shown. */
  readonly isAttempted: boolean;
  /** Waits for the answer to "Save, discard or keep editing?". */
  readonly wanted: Wanted | null;
  readonly saving: Saving;
}

export type EditorEvent =
  | { readonly kind: 'heard'; readonly servers: readonly Server[]; readonly site?: string }
  | { readonly kind: 'asked'; readonly wanted: Wanted }
  | { readonly kind: 'kept-editing' }
  | { readonly kind: 'discarded' }
  | { readonly kind: 'changed'; readonly change: Partial<ServerFields> }
  | { readonly kind: 'left'; readonly field: ServerField }
  | { readonly kind: 'attempted' }
  | { readonly kind: 'reverted' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved'; readonly server: Server }
  | { readonly kind: 'save-failed'; readonly failure: Failure }
  | { readonly kind: 'deleted'; readonly id: ServerId }
  | { readonly kind: 'reordered'; readonly ids: readonly string[] };

export const initialEditor: EditorState = {
  servers: null,
  site: '',
  heardMeanwhile: null,
  selection: { kind: 'none' },
  opened: 0,
  fields: emptyFields,
  original: emptyFields,
  left: new Set(),
  isAttempted: false,
  wanted: null,
  saving: { kind: 'idle' },
};

export function next(state: EditorState, event: EditorEvent): EditorState {
  switch (event.kind) {
    case 'heard':
      return heard({ ...state, site: event.site ?? state.site }, event.servers);
    case 'asked':
      return isDirty(state) ? { ...state, wanted: event.wanted } : open(state, event.wanted);
    case 'kept-editing':
      return { ...state, wanted: null };
    case 'discarded':
      return state.wanted === null ? state : open(next(state, { kind: 'reverted' }), state.wanted);
    case 'changed':
      return { ...state, fields: { ...state.fields, ...event.change }, saving: { kind: 'idle' } };
    case 'left':
      return state.fields[event.field] === state.original[event.field]
        ? state
        : { ...state, left: new Set([...state.left, event.field]) };
    case 'attempted':
      return { ...state, isAttempted: true };
    case 'reverted':
      return { ...state, fields: state.original, ...untouched };
    case 'saving':
      return { ...state, saving: { kind: 'saving' } };
    case 'saved':
      return { ...saved(caughtUp(state), event.server), saving: { kind: 'saved' } };
    case 'save-failed':
      return { ...caughtUp(state), wanted: null, saving: { kind: 'failed', failure: event.failure } };
    case 'deleted':
      return withServers(
        { ...state, fields: state.original },
        (state.servers ?? []).filter(({ id }) => id !== event.id),
      );
    case 'reordered':
      return { ...state, servers: inOrder(state.servers ?? [], event.ids) };
  }
}

function heard(state: EditorState, servers: readonly Server[]): EditorState {
  return isSavingNew(state) ? { ...state, heardMeanwhile: servers } : withServers(state, servers);
}

export function isDirty(state: EditorState): boolean {
  return !sameFields(state.fields, state.original);
}

export function selectedServer({ servers, selection }: EditorState): Server | null {
  if (selection.kind !== 'server') return null;
  return servers?.find(({ id }) => id === selection.id) ?? null;
}

/** What the server is called as the form stands, in the middle of a sentence or at its beginning. */
export function nameIn({ fields }: EditorState): string {
  return fields.name.trim() === '' ? 'The server' : fields.name.trim();
}

/** A sentence for each field that has to be put right first. */
export function problemsOf({ fields }: EditorState): ServerProblems {
  const checked = checkServerFields(fields);
  return 'problems' in checked ? checked.problems : {};
}

/** The problems the person has had a chance to avoid; all of them once Save or Echo was pressed. */
export function shownProblems(state: EditorState, problems: ServerProblems): ServerProblems {
  if (state.isAttempted) return problems;
  return Object.fromEntries(
    Object.entries(problems).filter(([field]) => [...state.left].some((left) => left === field)),
  );
}

function inOrder(servers: readonly Server[], ids: readonly string[]): readonly Server[] {
  return servers.toSorted((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id));
}

function isSavingNew({ selection, saving }: EditorState): boolean {
  return selection.kind === 'new' && saving.kind === 'saving';
}

function caughtUp(state: EditorState): EditorState {
  return state.heardMeanwhile === null
    ? state
    : { ...state, servers: state.heardMeanwhile, heardMeanwhile: null };
}

const untouched = {
  left: new Set<ServerField>(),
  isAttempted: false,
  wanted: null,
  saving: { kind: 'idle' },
} as const;

function open(state: EditorState, wanted: Wanted): EditorState {
  switch (wanted.kind) {
    case 'new': {
      const original = { ...emptyFields, organisation: state.site };
      const fields = { ...original, ...wanted.fields };
      return { ...turned(state), selection: { kind: 'new' }, fields, original, ...untouched };
    }
    case 'duplicate':
      return { ...state, wanted: null };
    case 'server': {
      const server = state.servers?.find(({ id }) => id === wanted.id);
      return server === undefined ? { ...state, wanted: null } : show(turned(state), server);
    }
  }
}

function show(state: EditorState, server: Server): EditorState {
  const fields = fieldsOf(server);
  return {
    ...state,
    selection: { kind: 'server', id: server.id },
    fields,
    original: fields,
    ...untouched,
  };
}

function withServers(before: EditorState, servers: readonly Server[]): EditorState {
  const state = { ...before, servers };
  if (state.selection.kind === 'new') return state;
  const server = selectedServer(state);
  if (server === null) return withoutSelected(state, servers);
  if (!isDirty(state)) {
    const fields = fieldsOf(server);
    return { ...state, fields, original: fields };
  }
  return { ...state, original: fieldsOf(server) };
}

// Its server went away under the person's hands: what was typed is kept as a new server.
function withoutSelected(state: EditorState, servers: readonly Server[]): EditorState {
  if (isDirty(state)) return { ...state, selection: { kind: 'new' }, original: emptyFields };
  const [first] = servers;
  if (first !== undefined) return show(turned(state), first);
  return {
    ...turned(state),
    selection: { kind: 'none' },
    fields: emptyFields,
    original: emptyFields,
    ...untouched,
  };
}

function turned(state: EditorState): EditorState {
  return { ...state, opened: state.opened + 1 };
}

// Another server than the one in the form: a copy, or the demonstration archive.
function saved(before: EditorState, server: Server): EditorState {
  const { selection } = before;
  const state = withSaved(before, server);
  const isAnother = selection.kind === 'server' ? selection.id !== server.id : selection.kind === 'none';
  return show(isAnother ? turned(state) : state, server);
}

function withSaved(state: EditorState, saved: Server): EditorState {
  const servers = state.servers ?? [];
  return {
    ...state,
    servers: servers.some(({ id }) => id === saved.id)
      ? servers.map((server) => (server.id === saved.id ? saved : server))
      : [...servers, saved],
  };
}
