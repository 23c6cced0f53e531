import { dialog, type BrowserWindow, type OpenDialogOptions, type SaveDialogOptions } from 'electron';
import type { FileGrant, FileGrantId } from '../contract/send.ts';
import type { FileGrants } from './file-grants.ts';

/** The system's dialogs for choosing files, and what the person chose in them. */
export interface FileDialogs {
  chooseFiles(): Promise<readonly FileGrant[]>;
  chooseFolder(): Promise<readonly FileGrant[]>;
  /** Files with certificates and keys. */
  chooseCertificates(): Promise<readonly FileGrant[]>;
  /** `null`: the person thought better of it. */
  chooseArchiveFolder(): Promise<string | null>;
  /** Where to save a file; `null`: nowhere. */
  chooseTarget(suggestedName: string): Promise<string | null>;
  pathOf(grant: FileGrantId): string;
}

const certificateFiles = ['p12', 'pfx', 'pem', 'crt', 'cer', 'der', 'key'];

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
    chooseCertificates: async () =>
      grants.grantPaths(
        await choose({
          title: 'Choose a certificate, and its key if that is a file of its own',
          properties: ['openFile', 'multiSelections', 'showHiddenFiles'],
          filters: [
            { name: 'Certificates and keys', extensions: certificateFiles },
            { name: 'All files', extensions: ['*'] },
          ],
        }),
      ),
    chooseArchiveFolder: async () => {
      const [folder] = await choose({
        title: 'Choose the archive folder',
        properties: ['openDirectory', 'createDirectory'],
      });
      return folder ?? null;
    },
    chooseTarget: async (suggestedName) => {
      const parent = window();
      const asked: SaveDialogOptions = { title: 'Save', defaultPath: suggestedName };
      const { canceled, filePath } = parent
        ? await dialog.showSaveDialog(parent, asked)
        : await dialog.showSaveDialog(asked);
      return canceled || filePath === '' ? null : filePath;
    },
    pathOf: grants.pathOf,
  };
}
