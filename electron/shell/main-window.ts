import { BrowserWindow } from 'electron';
import { lockedPreferences } from './lock-down.ts';
import { viewerOrigin } from './viewer-origin.ts';

/** The window's colour before the page has drawn: the page's own. */
const backgroundColor = '#0e1114';
/** A page that dies again sooner than this is left alone. */
const crashLoopMs = 10_000;

/** Opens the app's window, shown once it has something to show. */
export function openMainWindow(preload: string): BrowserWindow {
  const window = new BrowserWindow({
    title: 'Gantry',
    width: 1440,
    height: 900,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    backgroundColor,
    autoHideMenuBar: true,
    webPreferences: { ...lockedPreferences, preload },
  });
  window.once('ready-to-show', () => window.show());
  reloadWhenCrashed(window);
  return window;
}

/** @returns when the page has loaded; it ends quietly when the window is closed meanwhile */
export async function loadPage(window: BrowserWindow): Promise<void> {
  try {
    await window.loadURL(`${viewerOrigin}/index.html`);
  } catch (error) {
    if (!window.isDestroyed()) throw error;
  }
}

/** Brings the window before the person, as a second start of the app asks for. */
export function showAgain(window: BrowserWindow | null): void {
  if (window === null || window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

/** Transfers and the listener live in the main process, so a page that died is simply drawn again. */
function reloadWhenCrashed(window: BrowserWindow): void {
  let lastCrash = Number.NEGATIVE_INFINITY;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    const now = performance.now();
    const isLoop = now - lastCrash < crashLoopMs;
    lastCrash = now;
    if (reason !== 'clean-exit' && !isLoop && !window.isDestroyed()) void loadPage(window);
  });
}
