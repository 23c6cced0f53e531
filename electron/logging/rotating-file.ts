import { appendFile, mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

interface RotatingFileOptions {
  readonly folder: string;
  readonly name: string;
  readonly maximumBytes: number;
  /** How many there are in all. */
  readonly files: number;
}

const mostWaitingLines = 10_000;

/** `name`.log, which moves on to `name`.1.log and so forth when the next lines would make it too long. */
export class RotatingFile {
  readonly #options: RotatingFileOptions;
  #waiting: string[] = [];
  /** `null`: to be found out. */
  #bytesInFile: number | null = null;
  #writing: Promise<void> | null = null;
  #closed = false;

  constructor(options: RotatingFileOptions) {
    this.#options = options;
  }

  /** Never throws, never waits. */
  append(line: string): void {
    // A disk that hangs may cost lines, not the memory of this program.
    if (this.#closed || this.#waiting.length >= mostWaitingLines) return;
    this.#waiting.push(line);
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = null;
    });
  }

  /** Resolves when all lines are written or given up. Lines appended afterwards are dropped. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#writing;
  }

  async #writeAll(): Promise<void> {
    // One turn later, so that what is logged together is written together.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const text = this.#takeLines();
      await this.#write(text).catch(() => {
        this.#bytesInFile = null;
      });
    }
  }

  /** As many of the waiting lines as one file may hold, at least one. */
  #takeLines(): string {
    let bytes = 0;
    let count = 0;
    for (const line of this.#waiting) {
      bytes += Buffer.byteLength(line);
      if (count > 0 && bytes > this.#options.maximumBytes) break;
      count += 1;
    }
    return this.#waiting.splice(0, count).join('');
  }

  async #write(text: string): Promise<void> {
    const bytes = Buffer.byteLength(text);
    let before = this.#bytesInFile ?? (await this.#openedSize());
    if (before > 0 && before + bytes > this.#options.maximumBytes) {
      await this.#rotate();
      before = 0;
    }
    await appendFile(this.#pathOf(0), text);
    this.#bytesInFile = before + bytes;
  }

  async #openedSize(): Promise<number> {
    await mkdir(this.#options.folder, { recursive: true });
    return stat(this.#pathOf(0)).then(
      ({ size }) => size,
      () => 0,
    );
  }

  async #rotate(): Promise<void> {
    const oldest = this.#options.files - 1;
    await rm(this.#pathOf(oldest), { force: true });
    for (let age = oldest - 1; age >= 0; age -= 1) {
      await rename(this.#pathOf(age), this.#pathOf(age + 1)).catch(() => {});
    }
  }

  #pathOf(age: number): string {
    const { folder, name } = this.#options;
    return join(folder, age === 0 ? `${name}.log` : `${name}.${age}.log`);
  }
}
