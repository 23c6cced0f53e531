import type { App, Session, WebContents, WebPreferences } from 'electron';
import { isOurs } from './viewer-origin.ts';

/**
 * What every window is made with (items 2 to 4, 6 and 8 to 10 of Electron's security checklist): a
 * sandboxed, isolated page without Node, with web security and without experiments.
 */
export const lockedPreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
} as const satisfies WebPreferences;

/** Holds for every page that ever comes to be; call before Electron is ready. */
export function lockDown(app: App): void {
  app.enableSandbox();
  app.on('web-contents-created', (_event, contents) => lockPage(contents));
}

/** No permission is granted to any page (item 5); call when Electron is ready. */
export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
}

/** No embedded pages (items 11 and 12), no way to elsewhere (13), no windows of its own (14). */
function lockPage(contents: WebContents): void {
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('will-navigate', (event) => {
    if (!isOurs(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    if (!isOurs(event.url)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isOurs(event.url)) event.preventDefault();
  });
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
