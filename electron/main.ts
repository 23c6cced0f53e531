import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { app, dialog, protocol, safeStorage, session, type BrowserWindow } from 'electron';
import { compose, type House } from './compose.ts';
import type { Failure } from './contract/failure.ts';
import { serve } from './ipc/index.ts';
import { failureOf } from './logging/index.ts';
import { keepBrokenSettings } from './settings/index.ts';
import * as shell from './shell/index.ts';

/** The app's front door: says where things lie, builds the rooms, opens the window. */
const built = (path: string): string => join(import.meta.dirname, path);
const options = shell.readStartOptions(process.argv.slice(1), process.env);
const home = shell.settleIn(app, options.home);
const grants = shell.createFileGrants(randomUUID);
let house: Promise<House> | null = null;
let window: BrowserWindow | null = null;

shell.declareViewerScheme(protocol);
shell.lockDown(app);

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', () => shell.showAgain(window));
  shell.quitCleanly(app, async () => (await house)?.close());
  // Not awaited: Electron becomes ready only after this file has run.
  void app.whenReady().then(open).catch(giveUp);
} else {
  app.exit(0);
}

async function open(): Promise<void> {
  shell.lockSession(session.defaultSession);
  shell.setMenu(process.platform);
  house = buildHouse();
  const rooms = await house;
  const asFailure = (thrown: unknown): Failure => failureOf(thrown, rooms.logBug);
  shell.serveViewerScheme(protocol, {
    uiFolder: built('../renderer'),
    openFrame: (sopInstanceUid, frameNumber) => rooms.openFrame(sopInstanceUid, frameNumber),
    failureOf: asFailure,
  });

  const opened = shell.openMainWindow(built('../preload/preload.cjs'));
  window = opened;
  const pipe = shell.windowPipe(opened);
  shell.attachToEachPage(opened, () => {
    const endings = [
      serve(rooms.handlers, pipe, rooms.logBug),
      rooms.onNews((message) => pipe.send(message)),
      shell.answerFileGrants(opened, grants.grantPaths),
    ];
    return () => endings.forEach((end) => end());
  });
  await shell.loadPage(opened);
  if (options.demo) void rooms.showDemo(new AbortController().signal).catch(asFailure);
}

async function buildHouse(): Promise<House> {
  const brokenSettingsKeptAs = keepBrokenSettings(shell.settingsFile(home), () => new Date());
  return compose({
    home,
    adminIniArgument: options.adminIni,
    env: process.env,
    platform: process.platform,
    programFolder: app.isPackaged ? dirname(process.execPath) : app.getAppPath(),
    store: shell.openSettingsStore(home),
    brokenSettingsKeptAs,
    version: app.getVersion(),
    workerUrl: new URL('index-worker.js', import.meta.url),
    demoUrl: new URL('demo-archive.js', import.meta.url),
    launchDemo: shell.launchUtility,
    files: shell.fileDialogs(() => window, grants),
    secretBox: await shell.openSecretBox(safeStorage, process.platform),
  });
}

function giveUp(thrown: unknown): void {
  dialog.showErrorBox('Gantry could not start', thrown instanceof Error ? thrown.message : String(thrown));
  app.exit(1);
}
