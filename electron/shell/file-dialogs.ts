import { dialog, type BrowserWindow, type OpenDialogOptions } from 'electron';
import type { FileGrant, FileGrantId } from '../contract/send.ts';
import type { FileGrants } from './file-grants.ts';

/** The system's dialogs for choosing files, and what the person chose in them. */
export interface FileDialogs {
  chooseFiles(): Promise<readonly FileGrant[]>;
  chooseFolder(): Promise<readonly FileGrant[]>;
  /** `null`: the person thought better of it. */
  chooseArchiveFolder(): Promise<string | null>;
  pathOf(grant: FileGrantId): string;
}

/** @param window whose dialogs they are; `null` when it is gone */
export function fileDialogs(window: () => BrowserWindow | null, grants: FileGrants): FileDialogs {
  async function choose(options: OpenDialogOptions): Promise<readonly string[]> {
    const parent = window();
    const { canceled, filePaths } = parent
      ? await dialog.showOpenDialog(parent, options)
      : await dialog.showOpenDialog(options);
    return canceled ? [] : filePaths;
  }

  return {
    chooseFiles: async () =>
      grants.grantPaths(
        await choose({
          title: 'Add DICOM files',
          properties: ['openFile', 'multiSelections', 'showHiddenFiles'],
        }),
      ),
    chooseFolder: async () =>
      grants.grantPaths(
        await choose({
          title: 'Add folders of DICOM files',
          properties: ['openDirectory', 'multiSelections'],
        }),
      ),
    chooseArchiveFolder: async () => {
      const [folder] = await choose({
        title: 'Choose the archive folder',
        properties: ['openDirectory', 'createDirectory'],
      });
      return folder ?? null;
    },
    pathOf: grants.pathOf,
  };
}
