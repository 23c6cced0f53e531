import { useViewer } from '../../bridge/index.ts';
import type { EditorEvent, EditorState } from './editor-state.ts';

/** Puts the servers into an order of one's own: shown at once, and main has the last word. */
export function useReorder(
  { servers: listed }: EditorState,
  tell: (event: EditorEvent) => void,
): (ids: readonly string[]) => void {
  const { servers } = useViewer();

  async function reorder(ids: readonly string[]): Promise<void> {
    tell({ kind: 'reordered', ids });
    const known = (listed ?? []).map(({ id }) => id);
    const wanted = ids.flatMap((id) => known.find((each) => each === id) ?? []);
    const result = await servers.reorder(wanted);
    tell(
      result.ok
        ? { kind: 'heard', servers: result.value.servers }
        : { kind: 'save-failed', failure: result.failure },
    );
  }

  return (ids) => void reorder(ids);
}
