import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

export type Params = Record<string, unknown>;

interface Options {
  readonly executable: string;
  readonly profile: string;
  readonly headless: boolean;
  /** Electron's own way to choose it; any free one unless given. */
  readonly debuggingPort: string;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Params;
  readonly result?: Params;
  readonly error?: { readonly message: string };
  readonly sessionId?: string;
}

const switches = [
  '--no-startup-window',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-extensions',
  '--disable-default-apps',
  '--disable-features=Translate,HttpsUpgrades,MediaRouter',
  '--password-store=basic',
  '--enable-unsafe-swiftshader',
  '--use-angle=swiftshader',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--disable-dev-shm-usage',
  '--force-color-profile=srgb',
];

/**
 * The system's Chromium as a child process, and the one connection that commands it.
 *
 * Emits each message of the browser under its method, and `session/<id>` for those of one page.
 */
class Chromium extends EventEmitter {
  #options: Options | null = null;
  #socket: WebSocket | null = null;
  #process: ChildProcess | null = null;
  #last = 0;
  readonly #waiting = new Map<number, { method: string } & PromiseWithResolvers<Params>>();

  async launch(options: Options): Promise<void> {
    this.#options = options;
    const child = spawn(
      options.executable,
      [
        `--remote-debugging-port=${options.debuggingPort}`,
        `--user-data-dir=${options.profile}`,
        ...switches,
        ...(options.headless ? ['--headless=new', '--hide-scrollbars'] : []),
        ...asRoot(),
      ],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    this.#process = child;
    child.once('exit', () => this.emit('exit'));
    process.once('exit', () => child.kill('SIGKILL'));
    const endpoint = await this.#endpoint(child);
    if (options.headless && process.env['ELECTRON_STAND_IN_HEADLESS'] !== '1') {
      const { host } = new URL(endpoint);
      console.error(`There is no display, so there is no window. Look inside with DevTools: http://${host}`);
    }
    const socket = await connectSocket(endpoint);
    this.#socket = socket;
    socket.addEventListener('message', (event) => this.#receive(JSON.parse(String(event.data)) as Message));
  }

  #endpoint(child: ChildProcess): Promise<string> {
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', () => reject(new Error('Chromium ended before it listened')));
      createInterface({ input: child.stderr! }).on('line', (line) => {
        const endpoint = /^DevTools listening on (ws:.*)$/.exec(line)?.[1];
        if (endpoint) resolve(endpoint);
        // Playwright waits for this very line.
        if (endpoint || process.env['ELECTRON_ENABLE_LOGGING']) console.error(line);
      });
    });
  }

  send<Answer = Params>(method: string, params: Params = {}, sessionId?: string): Promise<Answer> {
    const waiting = { method, ...Promise.withResolvers<Params>() };
    this.#waiting.set(++this.#last, waiting);
    this.#socket!.send(JSON.stringify({ id: this.#last, method, params, sessionId }));
    return waiting.promise as Promise<Answer>;
  }

  #receive({ id, method, params, result, error, sessionId }: Message): void {
    if (id === undefined) {
      if (sessionId) this.emit(`session/${sessionId}`, { method, params });
      else this.emit(method!, params);
      return;
    }
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) waiting?.reject(new Error(`${waiting.method}: ${error.message}`));
    else waiting?.resolve(result!);
  }

  /** @returns the target of a new window, without tabs and address where a person sees it */
  async openWindow(width: number, height: number): Promise<string> {
    const { executable, profile, headless } = this.#options!;
    if (headless) {
      const size = { width, height, newWindow: true };
      const { targetId } = await this.send<{ targetId: string }>('Target.createTarget', {
        url: 'about:blank',
        ...size,
      });
      return targetId;
    }
    const url = `data:text/html,${randomUUID()}`;
    const opened = Promise.withResolvers<string>();
    const look = ({ targetInfo }: { targetInfo: { targetId: string; url: string } }): void => {
      if (targetInfo.url === url) opened.resolve(targetInfo.targetId);
    };
    this.on('Target.targetCreated', look).on('Target.targetInfoChanged', look);
    // The browser that already runs on this profile opens it; the process only passes the wish on.
    spawn(
      executable,
      [`--user-data-dir=${profile}`, `--app=${url}`, `--window-size=${width},${height}`, ...asRoot()],
      { stdio: 'ignore' },
    );
    const targetId = await opened.promise;
    this.off('Target.targetCreated', look).off('Target.targetInfoChanged', look);
    return targetId;
  }

  async close(): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = new Promise((resolve) => child.once('exit', resolve));
    const patience = setTimeout(() => child.kill('SIGKILL'), 3000);
    this.send('Browser.close').catch(() => child.kill('SIGKILL'));
    await exited;
    clearTimeout(patience);
  }
}

/** A busy browser may turn down the first connection, though it has said that it listens. */
async function connectSocket(endpoint: string, attempts = 3): Promise<WebSocket> {
  const socket = new WebSocket(endpoint);
  const failure = await new Promise<string | null>((resolve) => {
    socket.addEventListener('open', () => resolve(null));
    socket.addEventListener('error', (event) =>
      resolve('message' in event ? String(event.message) : 'closed'),
    );
  });
  if (failure === null) return socket;
  if (attempts === 1) throw new Error(`no connection to Chromium at ${endpoint}: ${failure}`);
  await sleep(200);
  return connectSocket(endpoint, attempts - 1);
}

/** Chromium refuses its sandbox to root. */
function asRoot(): string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

export const chromium = new Chromium();
