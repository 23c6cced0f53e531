import { useEffect, useReducer, useState } from 'react';
import { checkServerFields } from '../../../electron/contract/check-server.ts';
import type { Failure } from '../../../electron/contract/failure.ts';
import type { Server, ServerDraft, ServerId, ServerList } from '../../../electron/contract/server.ts';
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

export interface Servers {
  readonly list: Kept<ServerList>;
  readonly state: EditorState;
  readonly tell: (event: EditorEvent) => void;
  /** Saves the form; with problems it only shows them. */
  readonly save: () => void;
  readonly duplicate: () => void;
  readonly deleteSelected: () => void;
  /** The answer to "unsaved changes": save first, or give them up. */
  readonly leave: (how: 'save' | 'discard') => void;
  readonly addDemo: () => void;
  readonly isDemoStarting: boolean;
}

/** The list of servers, the form, and what the person does with both. */
export function useServers(): Servers {
  const viewer = useViewer();
  const [list] = useKept(viewer.servers.list, viewer.servers.changed);
  const [state, tell] = useReducer(next, initialEditor);
  const [isDemoStarting, setDemoStarting] = useState(false);
  const server = selectedServer(state);

  useEffect(() => {
    if (list.kind === 'answered') tell({ kind: 'heard', servers: list.value.servers });
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

  async function addDemo(): Promise<void> {
    setDemoStarting(true);
    const result = await viewer.servers.addDemo();
    setDemoStarting(false);
    tell(result.ok ? { kind: 'saved', server: result.value } : failed(result.failure));
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
    leave: (how) => void leave(how),
    addDemo: () => void addDemo(),
    isDemoStarting,
  };
}

function failed(failure: Failure): EditorEvent {
  return { kind: 'save-failed', failure };
}

function draftOf({ id: _id, origin: _origin, lastEcho: _lastEcho, ...draft }: Server): ServerDraft {
  return draft;
}
