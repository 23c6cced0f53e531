import { useEffect, useReducer } from 'react';
import type { Result } from '../../../electron/contract/result.ts';
import type { SettingsView } from '../../../electron/contract/settings.ts';
import { useKept, useViewer, type Kept } from '../../bridge/index.ts';
import {
  checkSettings,
  initialSettings,
  next,
  type SettingsFields,
  type SettingsState,
} from './settings-state.ts';

export interface Settings {
  readonly kept: Kept<SettingsView>;
  readonly state: SettingsState;
  readonly change: (change: Partial<SettingsFields>) => void;
  /** Saves the form; with problems it only shows them. */
  readonly save: () => void;
  readonly revert: () => void;
  readonly chooseFolder: () => void;
}

/** This viewer's settings and the form over them. */
export function useSettings(): Settings {
  const viewer = useViewer();
  const [kept, put] = useKept(viewer.settings.get, viewer.settings.changed);
  const [state, tell] = useReducer(next, initialSettings);

  useEffect(() => {
    if (kept.kind === 'answered') tell({ kind: 'heard', view: kept.value });
  }, [kept]);

  async function save(): Promise<void> {
    const checked = checkSettings(state.fields);
    tell({ kind: 'attempted' });
    if (!('draft' in checked)) return;
    tell({ kind: 'saving' });
    const result = await viewer.settings.save(checked.draft);
    if (result.ok) tell({ kind: 'saved', view: result.value });
    take(result);
  }

  async function chooseFolder(): Promise<void> {
    take(await viewer.settings.chooseArchiveFolder());
  }

  function take(result: Result<SettingsView>): void {
    if (result.ok) put(result.value);
    else if (result.failure.step !== 'cancelled') tell({ kind: 'failed', failure: result.failure });
  }

  return {
    kept,
    state,
    change: (change) => tell({ kind: 'changed', change }),
    save: () => void save(),
    revert: () => tell({ kind: 'reverted' }),
    chooseFolder: () => void chooseFolder(),
  };
}
