import type { EffectiveConfiguration } from '../contract/effective-configuration.ts';
import type { SettingsDraft, SettingsView } from '../contract/settings.ts';
import type { Handlers } from './handlers.ts';
import type { FileChooser } from './send-handlers.ts';

export interface SettingsHandlerOptions {
  readonly view: () => SettingsView;
  readonly save: (draft: SettingsDraft) => Promise<void>;
  readonly moveArchive: (folder: string) => Promise<void>;
  readonly files: FileChooser;
  readonly effective: () => EffectiveConfiguration;
}

export function settingsHandlers({
  view,
  save,
  moveArchive,
  files,
  effective,
}: SettingsHandlerOptions): Handlers['settings'] {
  return {
    get: async () => view(),
    save: async (draft) => {
      await save(draft);
      return view();
    },
    chooseArchiveFolder: async () => {
      const folder = await files.chooseArchiveFolder();
      if (folder !== null) await moveArchive(folder);
      return view();
    },
    effective: async () => effective(),
  };
}
