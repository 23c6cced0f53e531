import { EventEmitter } from 'node:events';
import { app } from './app.ts';
import { chromium } from './chromium.ts';
import { WebContents, type PageOptions } from './web-contents.ts';

interface WindowOptions extends PageOptions {
  readonly title?: string;
}

const windows = new Map<WebContents, BrowserWindow>();

export class BrowserWindow extends EventEmitter {
  readonly webContents: WebContents;
  readonly id: number;
  #title: string;

  constructor(options: WindowOptions = {}) {
    super();
    this.webContents = new WebContents(options);
    this.id = this.webContents.id;
    this.#title = options.title ?? app.name;
    windows.set(this.webContents, this);
    app.windows.add(this);
    chromium.on('Target.targetDestroyed', ({ targetId }: { targetId: string }) => {
      if (targetId === this.webContents.targetId) this.lost();
    });
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show'));
    app.emit('browser-window-created', {}, this);
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }
  /** Its page is gone, by whoever's hand. */
  lost(): void {
    if (!windows.delete(this.webContents)) return;
    this.webContents.destroyed();
    this.emit('closed');
    app.closed(this);
  }
  close(): void {
    this.webContents.close();
  }
  destroy(): void {
    this.webContents.close();
  }
  isDestroyed(): boolean {
    return this.webContents.isDestroyed();
  }
  show(): void {
    this.webContents.focus();
  }
  focus(): void {
    this.webContents.focus();
  }
  restore(): void {}
  minimize(): void {}
  setMenuBarVisibility(): void {}
  removeMenu(): void {}
  isVisible(): boolean {
    return !this.isDestroyed();
  }
  isMinimized(): boolean {
    return false;
  }
  isMaximized(): boolean {
    return false;
  }
  getTitle(): string {
    return this.#title;
  }
  setTitle(title: string): void {
    this.#title = title;
  }

  static getAllWindows(): BrowserWindow[] {
    return [...windows.values()];
  }
  static getFocusedWindow(): BrowserWindow | null {
    return [...windows.values()][0] ?? null;
  }
  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return windows.get(contents) ?? null;
  }
}

export const webContents = {
  fromDevToolsTargetId: (targetId: string): WebContents | undefined =>
    [...windows.keys()].find((contents) => contents.targetId === targetId),
  getAllWebContents: (): WebContents[] => [...windows.keys()],
};
