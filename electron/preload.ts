import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron';
import type { FileGrant } from './contract/send.ts';
import type { Pipe, ToMain, ToRenderer } from './contract/wire.ts';

/** What the page finds at `window.gantry`: a pipe to the main process, and a way to name dropped files. */
export interface Gantry extends Pipe<ToMain, ToRenderer> {
  /** The page holds only what stands for the files; their paths stay on this side. */
  grantFiles(files: readonly File[]): Promise<readonly FileGrant[]>;
}

const gantry: Gantry = {
  send: (message) => ipcRenderer.send('gantry', message),
  listen: (receive) => {
    const pass = (_event: IpcRendererEvent, message: ToRenderer): void => receive(message);
    ipcRenderer.on('gantry', pass);
    return () => {
      ipcRenderer.off('gantry', pass);
    };
  },
  grantFiles: (files) =>
    ipcRenderer.invoke(
      'gantry:grant-files',
      files.map((file) => webUtils.getPathForFile(file)),
    ),
};

contextBridge.exposeInMainWorld('gantry', gantry);
