import { EventEmitter } from 'node:events';
import { mkdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { findChromium, installCommand } from '../find-chromium.mjs';
import { chromium } from './chromium.ts';
import { SingleInstance } from './single-instance.ts';

interface Description {
  readonly folder: string;
  readonly switches: readonly string[];
  readonly name: string;
  readonly version: string;
}

/** What app.ts must know of windows, without importing them. */
export interface OpenWindow {
  close(): void;
  lost(): void;
}

class App extends EventEmitter {
  readonly isPackaged = false;
  readonly windows = new Set<OpenWindow>();
  name = '';
  #version = '';
  #folder = '';
  #ready = false;
  #quitting = false;
  #exitCode = 0;
  readonly #paths: Record<string, string> = {};
  readonly #whenReady = Promise.withResolvers<void>();
  readonly #single = new SingleInstance((argv, folder) => this.emit('second-instance', {}, argv, folder, {}));
  readonly commandLine = {
    switches: new Map<string, string>(),
    appendSwitch(name: string, value = '') {
      this.switches.set(name, value);
    },
    hasSwitch(name: string) {
      return this.switches.has(name);
    },
    getSwitchValue(name: string) {
      return this.switches.get(name) ?? '';
    },
  };

  /** Called before the app's own entry point runs. */
  describe({ folder, switches, name, version }: Description): void {
    this.name = name;
    this.#version = version;
    this.#folder = folder;
    for (const item of switches) {
      const [key, value] = item.slice(2).split('=');
      this.commandLine.appendSwitch(key!, value);
    }
    const appData = process.env['XDG_CONFIG_HOME'] ?? path.join(homedir(), '.config');
    Object.assign(this.#paths, {
      home: homedir(),
      appData,
      userData: this.commandLine.getSwitchValue('user-data-dir') || path.join(appData, name),
      temp: tmpdir(),
      downloads: path.join(homedir(), 'Downloads'),
      documents: path.join(homedir(), 'Documents'),
      desktop: path.join(homedir(), 'Desktop'),
      exe: process.argv[0],
    });
  }

  /** The entry point has run: Chromium starts, and then the app is ready. */
  async start(): Promise<void> {
    if (this.#quitting) return;
    const executable = findChromium();
    if (!executable) {
      console.error(
        `Chromium, which shows the windows here, is not installed. Install it with:\n  ${installCommand}`,
      );
      process.exit(1);
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => this.quit());
    chromium.once('exit', () => {
      if (this.#quitting) return;
      for (const window of this.windows) window.lost();
    });
    const profile = path.join(this.getPath('sessionData'), 'chromium');
    mkdirSync(profile, { recursive: true });
    const seen = Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
    await chromium.launch({
      executable,
      profile,
      headless: !seen || process.env['ELECTRON_STAND_IN_HEADLESS'] === '1',
      debuggingPort: this.commandLine.getSwitchValue('remote-debugging-port') || '0',
    });
    await chromium.send('Target.setDiscoverTargets', { discover: true });
    await chromium.send('Browser.setDownloadBehavior', { behavior: 'deny' });
    this.#ready = true;
    this.#whenReady.resolve();
    this.emit('ready', {}, {});
  }

  whenReady(): Promise<void> {
    return this.#whenReady.promise;
  }
  isReady(): boolean {
    return this.#ready;
  }
  getPath(name: string): string {
    if (name === 'sessionData') return this.#paths[name] ?? this.getPath('userData');
    if (name === 'logs') return this.#paths[name] ?? path.join(this.getPath('userData'), 'logs');
    const found = this.#paths[name];
    if (found === undefined) throw new Error(`Failed to get '${name}' path`);
    return found;
  }
  setPath(name: string, value: string): void {
    this.#paths[name] = value;
  }
  getAppPath(): string {
    return this.#folder;
  }
  getVersion(): string {
    return this.#version;
  }
  getName(): string {
    return this.name;
  }
  setName(name: string): void {
    this.name = name;
  }
  getLocale(): string {
    return 'en-US';
  }
  setAppUserModelId(): void {}
  enableSandbox(): void {}
  disableHardwareAcceleration(): void {}

  requestSingleInstanceLock(): boolean {
    return this.#single.request(this.getPath('userData'));
  }
  releaseSingleInstanceLock(): void {
    this.#single.release();
  }

  /** before-quit, every window closed, will-quit, quit; each of the first and third can prevent it. */
  quit(): void {
    if (this.#quitting) return;
    if (this.#prevented('before-quit')) return;
    this.#quitting = true;
    for (const window of this.windows) window.close();
    void this.#windowsGone().then(() => {
      this.#quitting = !this.#prevented('will-quit');
      if (this.#quitting) this.exit(this.#exitCode);
    });
  }

  #prevented(event: string): boolean {
    let prevented = false;
    this.emit(event, {
      preventDefault: () => {
        prevented = true;
      },
    });
    return prevented;
  }

  async #windowsGone(): Promise<void> {
    const patience = Date.now() + 1000;
    while (this.windows.size > 0 && Date.now() < patience) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  exit(code = 0): void {
    this.#quitting = true;
    this.#exitCode = code;
    void Promise.allSettled([chromium.close(), this.#single.delivered]).then(() => {
      this.emit('quit', {}, code);
      this.#single.release();
      process.exit(code);
    });
  }

  /** A window is gone; the last one ends the app unless it says otherwise. */
  closed(window: OpenWindow): void {
    this.windows.delete(window);
    if (this.windows.size > 0 || this.#quitting) return;
    if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed');
    else this.quit();
  }
}

export const app = new App();
