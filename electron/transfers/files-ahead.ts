import { FailureError } from '../contract/failure.ts';
import { readFileHeader, readHeaderFacts } from '../dataset/index.ts';
import { openStoreFile, type OpenedFile } from '../dimse/index.ts';
import type { Sendable } from './store-file.ts';

/** So much of each file is read before its turn: all of most. */
const beginningBytes = 1024 * 1024;

/** Two, as opening and reading one takes as long as sending one. */
const filesAhead = 2;

/** A file whose turn has come. Disposing closes it, behind the caller's back. */
export interface FileInTurn extends Disposable {
  readonly file: Sendable;
  /**
   * It is open, and is still what its header said.
   *
   * @throws FailureError file
   */
  opened(): Promise<OpenedFile>;
}

/**
 * Hands out files in their order and has the next ones open and read by then: while a peer makes up its
 * mind about one object, the disk has time.
 */
export class FilesAhead implements Disposable {
  readonly #files: readonly Sendable[];
  /** Buffers of files that were sent; one for each file under way or ahead. */
  readonly #free: Buffer[] = [];
  readonly #ahead: FileInTurn[] = [];
  #next = 0;

  constructor(files: readonly Sendable[]) {
    this.#files = files;
  }

  /** `null`: there are no more. */
  take(): FileInTurn | null {
    this.#prepare();
    const taken = this.#ahead.shift();
    if (taken === undefined) return null;
    this.#next += 1;
    this.#prepare();
    return taken;
  }

  get allTaken(): boolean {
    return this.#next >= this.#files.length;
  }

  /** Those that nobody has taken. */
  left(): readonly Sendable[] {
    return this.#files.slice(this.#next);
  }

  [Symbol.dispose](): void {
    for (const file of this.#ahead.splice(0)) file[Symbol.dispose]();
  }

  #prepare(): void {
    const from = this.#next + this.#ahead.length;
    for (const file of this.#files.slice(from, this.#next + filesAhead)) this.#ahead.push(this.#begin(file));
  }

  #begin(file: Sendable): FileInTurn {
    const memory = this.#free.pop() ?? Buffer.allocUnsafeSlow(beginningBytes);
    const opening = openUnchanged(file, memory);
    // Whoever takes the file hears of it.
    opening.catch(() => {});
    return {
      file,
      opened: () => opening,
      [Symbol.dispose]: () => {
        void opening
          .then(({ handle }) => handle.close())
          .catch(() => {})
          .then(() => this.#free.push(memory));
      },
    };
  }
}

/** Opens a file that is still the one whose header was read. @throws FailureError file */
async function openUnchanged({ path, header }: Sendable, memory: Buffer): Promise<OpenedFile> {
  const opened = await openStoreFile(header, memory);
  try {
    const facts = readHeaderFacts(opened.beginning);
    const { sopInstanceUid } = facts.cutShort ? await readFileHeader(path) : facts;
    if (sopInstanceUid === header.sopInstanceUid) return opened;
    throw new FailureError({ step: 'file', cause: 'changed', detail: '' });
  } catch (thrown) {
    await opened.handle.close();
    throw thrown;
  }
}
