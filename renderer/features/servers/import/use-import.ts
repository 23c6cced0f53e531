import { useState } from 'react';
import type { ImportServers } from '../../../../electron/contract/import-servers.ts';
import { useViewer } from '../../../bridge/index.ts';
import type { ImportChoice, Importing, ImportState } from './import-state.ts';

/** The import of a list: looked at, taken over, taken back. */
export function useImport(): Importing {
  const { send, servers } = useViewer();
  const [state, setState] = useState<ImportState>({ kind: 'closed' });

  async function look(question: ImportServers): Promise<void> {
    setState({ kind: 'busy', what: 'looking' });
    const result = await servers.previewImport(question);
    setState(
      result.ok
        ? { kind: 'preview', preview: result.value, failure: null }
        : { kind: 'choosing', failure: result.failure },
    );
  }

  async function chooseFile(): Promise<void> {
    const chosen = await send.chooseFiles();
    if (!chosen.ok) return setState({ kind: 'choosing', failure: chosen.failure });
    const [file] = chosen.value;
    if (file !== undefined) await look({ kind: 'file', file: file.id });
  }

  async function apply(before: ImportState, { removeMissing, leftOut }: ImportChoice): Promise<void> {
    if (before.kind !== 'preview') return;
    setState({ kind: 'busy', what: 'applying' });
    const result = await servers.applyImport({
      id: before.preview.id,
      without: [...leftOut],
      removeMissing,
    });
    setState(
      result.ok
        ? { kind: 'done', done: result.value, failure: null }
        : { ...before, failure: result.failure },
    );
  }

  async function undo(before: ImportState): Promise<void> {
    if (before.kind !== 'done') return;
    setState({ kind: 'busy', what: 'undoing' });
    const result = await servers.undoImport();
    setState(result.ok ? { kind: 'undone' } : { ...before, failure: result.failure });
  }

  return {
    state,
    open: () => setState({ kind: 'choosing', failure: null }),
    chooseFile: () => void chooseFile(),
    look: (text) => void look({ kind: 'text', text }),
    apply: (how) => void apply(state, how),
    undo: () => void undo(state),
    close: () => setState({ kind: 'closed' }),
  };
}
