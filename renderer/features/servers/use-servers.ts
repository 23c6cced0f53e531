import { useEffect, useReducer } from 'react';
import { checkServerFields } from '../../../electron/contract/check-server.ts';
import type { Failure } from '../../../electron/contract/failure.ts';
import {
  draftOf,
  type Server,
  type ServerDraft,
  type ServerId,
  type ServerList,
} from '../../../electron/contract/server.ts';
import { useKept, useViewer, type Kept } from '../../bridge/index.ts';
import {
  initialEditor,
  isDirty,
  next,
  selectedServer,
  type EditorEvent,
  type EditorState,
} from './editor-state.ts';
import { nameOfCopy } from './server-fields.ts';
import { useDemo, type AddingDemo } from './use-demo.ts';
import { useReorder } from './use-reorder.ts';

export interface Servers extends AddingDemo {
  readonly list: Kept<ServerList>;
  readonly state: EditorState;
  readonly tell: (event: EditorEvent) => void;
  /** Saves the form; with problems it only shows them. */
  readonly save: () => void;
  readonly duplicate: () => void;
  readonly deleteSelected: () => void;
  /** Takes it out of use and keeps it. `replacedBy: null`: nothing takes its place. */
  readonly retire: (replacedBy: ServerId | null) => void;
  readonly bringBack: () => void;
  /** Every id in the order that is wanted. */
  readonly reorder: (ids: readonly string[]) => void;
  /** The answer to "unsaved changes": save first, or give them up. */
  readonly leave: (how: 'save' | 'discard') => void;
}

/** The list of servers, the form, and what the person does with both. */
export function useServers(): Servers {
  const viewer = useViewer();
  const [list] = useKept(viewer.servers.list, viewer.servers.changed);
  const [state, tell] = useReducer(next, initialEditor);
  const demo = useDemo(tell);
  const reorder = useReorder(state, tell);
  const server = selectedServer(state);

  useEffect(() => {
    if (list.kind === 'answered') tell({ kind: 'heard', ...list.value });
  }, [list]);

  async function store(id: ServerId | null, draft: ServerDraft): Promise<Server | null> {
    tell({ kind: 'saving' });
    const result = await viewer.servers.save({ id, draft });
    tell(result.ok ? { kind: 'saved', server: result.value } : failed(result.failure));
    return result.ok ? result.value : null;
  }

  async function save(): Promise<Server | null> {
    const checked = checkServerFields(state.fields);
    tell({ kind: 'attempted' });
    return 'draft' in checked ? store(server?.id ?? null, checked.draft) : null;
  }

  function change(changes: Partial<ServerDraft>): void {
    if (server !== null) void store(server.id, { ...draftOf(server), ...changes });
  }

  async function saveCopy(original: Server): Promise<void> {
    const taken = (state.servers ?? []).map(({ name }) => name);
    await store(null, { ...draftOf(original), name: nameOfCopy(original.name, taken) });
  }

  async function deleteServer(id: ServerId): Promise<void> {
    const result = await viewer.servers.delete(id);
    tell(result.ok ? { kind: 'deleted', id } : failed(result.failure));
  }

  async function leave(how: 'save' | 'discard'): Promise<void> {
    const { wanted } = state;
    if (wanted === null) return;
    const left = how === 'save' ? await save() : server;
    if (how === 'save' && left === null) tell({ kind: 'kept-editing' });
    else tell(how === 'save' ? { kind: 'asked', wanted } : { kind: 'discarded' });
    if (wanted.kind === 'duplicate' && left !== null) await saveCopy(left);
  }

  return {
    list,
    state,
    tell,
    save: () => void save(),
    duplicate: () => {
      if (isDirty(state)) tell({ kind: 'asked', wanted: { kind: 'duplicate' } });
      else if (server !== null) void saveCopy(server);
    },
    deleteSelected: () => {
      if (server !== null) void deleteServer(server.id);
    },
    retire: (replacedBy) => change({ lifecycle: 'obsolete', replacedBy }),
    bringBack: () => change({ lifecycle: 'production' }),
    reorder,
    leave: (how) => void leave(how),
    ...demo,
  };
}

function failed(failure: Failure): EditorEvent {
  return { kind: 'save-failed', failure };
}
