import { ipcMain, type BrowserWindow, type IpcMainEvent, type IpcMainInvokeEvent } from 'electron';
import type { FileGrant } from '../contract/send.ts';
import type { Pipe, ToMain, ToRenderer } from '../contract/wire.ts';
import { isToMain, isPathList } from './message-shapes.ts';
import { isOurs } from './viewer-origin.ts';

/** The one channel; the preload script names it too. */
const channel = 'gantry';

/** Carries messages between the main process and one window's page; a window that is gone hears nothing. */
export function windowPipe(window: BrowserWindow): Pipe<ToRenderer, ToMain> {
  const { webContents } = window;
  return {
    send: (message) => {
      if (!webContents.isDestroyed()) webContents.send(channel, message);
    },
    listen: (receive) => {
      const hear = (event: IpcMainEvent, message: unknown): void => {
        if (isFromPage(event, window) && isToMain(message)) receive(message);
      };
      ipcMain.on(channel, hear);
      return () => {
        ipcMain.off(channel, hear);
      };
    },
  };
}

/** Turns the files that were dropped on the window into grants. */
export function answerFileGrants(
  window: BrowserWindow,
  grantPaths: (paths: readonly string[]) => readonly FileGrant[],
): () => void {
  const name = `${channel}:grant-files`;
  ipcMain.handle(name, (event, paths: unknown): readonly FileGrant[] =>
    isFromPage(event, window) && isPathList(paths) ? grantPaths(paths) : [],
  );
  return () => ipcMain.removeHandler(name);
}

/** Only our own window's main frame, at our own origin, is listened to. */
function isFromPage(event: IpcMainEvent | IpcMainInvokeEvent, window: BrowserWindow): boolean {
  if (window.isDestroyed() || event.sender !== window.webContents) return false;
  const { senderFrame } = event;
  return senderFrame !== null && senderFrame === window.webContents.mainFrame && isOurs(senderFrame.url);
}
