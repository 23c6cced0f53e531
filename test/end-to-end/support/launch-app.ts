import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { freePort } from '../../support/peers/index.ts';

export interface LaunchOptions {
  /** An earlier app's home; a new one unless given. */
  readonly home?: string;
  readonly args?: readonly string[];
  /** What `settings.json` holds before the start, besides a listen port that is free. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** The built app, running, with a home of its own. */
export interface RunningApp extends AsyncDisposable {
  readonly electron: ElectronApplication;
  readonly page: Page;
  readonly home: string;
  readonly listenPort: number;
  /** What the page said as an error since the start; a test ends by expecting none. */
  readonly pageErrors: readonly string[];
  /** Quits it and keeps its home. */
  quit(): Promise<void>;
}

/** Starts the app and waits for its window to be drawn. */
export async function launchApp(options: LaunchOptions = {}): Promise<RunningApp> {
  const home = options.home ?? (await mkdtemp(join(tmpdir(), 'gantry-e2e-')));
  const listenPort = await freePort();
  if (options.home === undefined) await writeSettings(home, { listenPort, ...options.settings });
  const electron = await _electron.launch({
    args: ['.', ...(options.args ?? [])],
    cwd: join(import.meta.dirname, '../../..'),
    env: { ...definedOnly(process.env), ELECTRON_STAND_IN_HEADLESS: '1', GANTRY_HOME: home, ...options.env },
  });
  const page = await electron.firstWindow();
  const pageErrors: string[] = [];
  page.on('pageerror', (error) => pageErrors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') pageErrors.push(message.text());
  });
  await page.getByRole('navigation').waitFor();
  let hasQuit = false;
  const quit = async (): Promise<void> => {
    if (!hasQuit) await electron.close();
    hasQuit = true;
  };
  return {
    electron,
    page,
    home,
    listenPort,
    pageErrors,
    quit,
    [Symbol.asyncDispose]: async () => {
      await quit();
      await rm(home, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

async function writeSettings(home: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
  await mkdir(home, { recursive: true });
  await writeFile(join(home, 'settings.json'), JSON.stringify({ settings: { version: 1, ...settings } }));
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
