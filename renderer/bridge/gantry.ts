import type { FileGrant } from '../../electron/contract/send.ts';
import type { Pipe, ToMain, ToRenderer } from '../../electron/contract/wire.ts';

/** What the preload script puts at `window.gantry`. */
export interface Gantry extends Pipe<ToMain, ToRenderer> {
  /** Turns dropped files and folders into grants; the page never learns their paths. */
  grantFiles(files: readonly File[]): Promise<readonly FileGrant[]>;
}

declare global {
  interface Window {
    readonly gantry: Gantry;
  }
}
