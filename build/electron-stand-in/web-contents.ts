import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { app } from './app.ts';
import { chromium, type Params } from './chromium.ts';
import { makeCodec } from './codec.js';
import { ipcMain } from './ipc-main.ts';
import { token } from './loopback.ts';
import { page } from './page.js';
import { loopbackOrigin } from './protocol.ts';
import { session } from './session.ts';

const { pack, unpack } = makeCodec();
let lastId = 0;

export interface PageOptions {
  readonly width?: number;
  readonly height?: number;
  readonly webPreferences?: {
    readonly preload?: string;
    readonly sandbox?: boolean;
    readonly contextIsolation?: boolean;
    readonly nodeIntegration?: boolean;
  };
}

type OpenHandler = (details: { readonly url: string }) => { readonly action: 'allow' | 'deny' };

/** One page in Chromium, commanded over DevTools. */
export class WebContents extends EventEmitter {
  readonly id = ++lastId;
  readonly session = session.defaultSession;
  readonly mainFrame: { readonly url: string };
  targetId = '';
  #session = '';
  #frameId = '';
  #url = '';
  #title = '';
  #destroyed = false;
  /** Navigations that main itself asked for are not the page's own. */
  #loading = new Set<string>();
  #openHandler: OpenHandler = () => ({ action: 'deny' });
  readonly #origins = new Map<string, string>();
  readonly #opened: Promise<void>;

  constructor(options: PageOptions) {
    super();
    const url = (): string => this.#url;
    this.mainFrame = {
      get url() {
        return url();
      },
    };
    this.#opened = this.#open(options);
    app.emit('web-contents-created', {}, this);
  }

  async #open({ width = 800, height = 600, webPreferences = {} }: PageOptions): Promise<void> {
    const { sandbox, contextIsolation, nodeIntegration, preload } = webPreferences;
    if (sandbox === false || contextIsolation === false || nodeIntegration) {
      throw new Error('the Electron stand-in runs only sandboxed, isolated pages');
    }
    this.targetId = await chromium.openWindow(width, height);
    const attached = await chromium.send<{ sessionId: string }>('Target.attachToTarget', {
      targetId: this.targetId,
      flatten: true,
    });
    this.#session = attached.sessionId;
    chromium.on(`session/${this.#session}`, (message: { method: string; params: Params }) =>
      this.#heard(message.method, message.params),
    );
    await this.#command('Page.enable');
    await this.#command('Runtime.enable');
    await this.#command('Runtime.addBinding', { name: '__electronPost' });
    await this.#command('Fetch.enable', { patterns: [{ resourceType: 'Document' }] });
    const script = preload ? readFileSync(preload, 'utf8') : '';
    await this.#command('Page.addScriptToEvaluateOnNewDocument', {
      source: `(${String(page)})(${String(makeCodec)}, (require, exports, module) => {${script}\n})`,
    });
  }

  #command<Answer = Params>(method: string, params?: Params): Promise<Answer> {
    return chromium.send<Answer>(method, params, this.#session);
  }

  async loadURL(url: string): Promise<void> {
    await this.#opened;
    const { pathname, search, hash } = new URL(url);
    const served = await loopbackOrigin(new URL(url));
    let real = url;
    if (served) {
      this.#origins.set(served.real, served.origin);
      const cookie = { name: 'electron', value: token, url: served.real, httpOnly: true, sameSite: 'Strict' };
      await this.#command('Network.setCookie', cookie);
      real = served.real + pathname + search + hash;
    }
    this.#url = url;
    this.#loading.add(real);
    const loaded = new Promise((resolve) => this.once('did-finish-load', resolve));
    const { errorText } = await this.#command<{ errorText?: string }>('Page.navigate', { url: real });
    if (errorText) throw new Error(`${errorText} loading '${url}'`);
    await loaded;
  }

  getURL(): string {
    return this.#url;
  }
  getTitle(): string {
    return this.#title;
  }
  send(channel: string, ...args: unknown[]): void {
    this.#give({ kind: 'event', channel, args: args.map(pack) });
  }
  async executeJavaScript(expression: string): Promise<unknown> {
    await this.#opened;
    const { result } = await this.#command<{ result: { value: unknown } }>('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
      userGesture: true,
    });
    return result.value;
  }
  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }
  openDevTools(): void {}
  close(): void {
    void this.#opened.then(() =>
      chromium.send('Target.closeTarget', { targetId: this.targetId }).catch(() => undefined),
    );
  }
  focus(): void {
    void this.#opened.then(() => this.#command('Page.bringToFront').catch(() => undefined));
  }
  /** The page is gone. */
  destroyed(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.emit('destroyed');
  }

  #give(message: Params): void {
    if (this.#destroyed) return;
    const expression = `window.__electronReceive?.(${JSON.stringify(message)})`;
    void this.#opened.then(() => this.#command('Runtime.evaluate', { expression }).catch(() => undefined));
  }

  #heard(method: string, params: Params): void {
    if (method === 'Page.loadEventFired') this.emit('did-finish-load');
    else if (method === 'Page.frameNavigated') this.#navigated(params['frame'] as FrameInfo);
    else if (method === 'Fetch.requestPaused') void this.#decide(params as unknown as PausedRequest);
    else if (method === 'Runtime.bindingCalled' && params['name'] === '__electronPost') {
      void this.#posted(JSON.parse(String(params['payload'])) as Posted);
    }
  }

  #navigated(frame: FrameInfo): void {
    if (frame.parentId !== undefined) return;
    this.#frameId = frame.id;
    this.#url = this.#custom(frame.url);
    this.emit('did-navigate', {}, this.#url);
  }

  /** Asks the app about every document that a page wants to go to, as Electron does. */
  async #decide({ requestId, request, frameId }: PausedRequest): Promise<void> {
    const url = this.#custom(request.url);
    const isMainFrame = this.#frameId === '' || frameId === this.#frameId;
    const asked = this.#loading.delete(request.url);
    let prevented = false;
    const event = {
      url,
      isMainFrame,
      preventDefault: () => {
        prevented = true;
      },
    };
    if (!asked) {
      this.emit('will-frame-navigate', event);
      if (isMainFrame) this.emit('will-navigate', event, url);
    }
    const outcome = prevented
      ? this.#command('Fetch.failRequest', { requestId, errorReason: 'Aborted' })
      : this.#command('Fetch.continueRequest', { requestId });
    await outcome.catch(() => undefined);
  }

  async #posted({ kind, channel, id, args }: Posted): Promise<void> {
    const event = { sender: this, senderFrame: this.mainFrame, processId: 1, frameId: 1, ports: [] };
    if (kind === 'send') {
      ipcMain.emit(channel, event, ...args.map(unpack));
      return;
    }
    // The page has been denied already; the app is asked all the same, as it would be.
    if (kind === 'open') {
      this.#openHandler({ url: String(args[0]) });
      return;
    }
    if (kind === 'paths') {
      this.#give({ kind: 'paths', files: await this.#pathsOfDropped(Number(args[0])) });
      return;
    }
    try {
      const handler = ipcMain.handlers.get(channel);
      if (!handler) throw new Error(`No handler registered for '${channel}'`);
      this.#give({ kind: 'reply', id, value: pack(await handler(event, ...args.map(unpack))) });
    } catch (error) {
      this.#give({ kind: 'reply', id, error: String(error) });
    }
  }

  #custom(url: string): string {
    for (const [real, origin] of this.#origins) {
      if (url === real || url.startsWith(`${real}/`)) return origin + url.slice(real.length);
    }
    return url;
  }

  #pathsOfDropped(count: number): Promise<string[]> {
    return Promise.all(
      Array.from({ length: count }, async (_, index) => {
        const { result } = await this.#command<{ result: { objectId: string } }>('Runtime.evaluate', {
          expression: `window.__electronDropped.files[${index}]`,
        });
        const info = await this.#command<{ path: string }>('DOM.getFileInfo', { objectId: result.objectId });
        return info.path;
      }),
    );
  }

  titleChanged(title: string): void {
    this.#title = title;
  }
}

interface FrameInfo {
  readonly id: string;
  readonly parentId?: string;
  readonly url: string;
}

interface PausedRequest {
  readonly requestId: string;
  readonly frameId: string;
  readonly request: { readonly url: string };
}

interface Posted {
  readonly kind: 'send' | 'invoke' | 'paths' | 'open';
  readonly channel: string;
  readonly id: number;
  readonly args: readonly unknown[];
}
