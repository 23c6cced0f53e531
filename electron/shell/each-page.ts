import type { BrowserWindow } from 'electron';

/**
 * Attaches to each page that a window shows, and detaches from the one before: a page that was
 * reloaded must not hear the answers to what an earlier one asked.
 */
export function attachToEachPage(window: BrowserWindow, attach: () => () => void): void {
  let detach: (() => void) | null = null;
  window.webContents.on('did-navigate', () => {
    detach?.();
    detach = attach();
  });
  window.once('closed', () => detach?.());
}
