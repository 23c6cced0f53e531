import { useState } from 'react';
import { useViewer } from '../../bridge/index.ts';
import type { EditorEvent } from './editor-state.ts';

export interface AddingDemo {
  readonly addDemo: () => void;
  readonly isDemoStarting: boolean;
}

/** Starts the demonstration archive and opens it in the form. */
export function useDemo(tell: (event: EditorEvent) => void): AddingDemo {
  const { servers } = useViewer();
  const [isDemoStarting, setDemoStarting] = useState(false);

  async function addDemo(): Promise<void> {
    setDemoStarting(true);
    const result = await servers.addDemo();
    setDemoStarting(false);
    tell(
      result.ok ? { kind: 'saved', server: result.value } : { kind: 'save-failed', failure: result.failure },
    );
  }

  return { addDemo: () => void addDemo(), isDemoStarting };
}
