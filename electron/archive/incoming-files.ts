import { join } from 'node:path';
import type { Scan } from '../dataset/index.ts';
import { partFileName } from './file-names.ts';
import { IncomingFile } from './incoming-file.ts';
import type { AnnouncedObject, ObjectBytes } from './index-requests.ts';
import { scanBeginning } from './read-instance.ts';

/** A file that has all its bytes, and what was seen of it while they came. */
export interface WholeFile {
  readonly file: IncomingFile;
  readonly announced: AnnouncedObject;
  readonly scan: Scan | null;
}

interface Incoming {
  readonly file: IncomingFile;
  readonly scan: Scan | null;
}

/** In the index's thread: the objects that are arriving, by their numbers. */
export class IncomingFiles {
  readonly #folder: string;
  readonly #incoming = new Map<number, Incoming>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** More is to come of the object; the bytes are used when it returns. @returns whether some came before */
  write({ number, announced, bytes }: ObjectBytes): boolean {
    const known = this.#incoming.get(number);
    const file = known?.file ?? this.#begin();
    file.write(bytes);
    if (known !== undefined) return true;
    // Read while the peer sends on, so that it needn't wait for that at the end.
    this.#incoming.set(number, { file, scan: scanBeginning(file.beginning, announced) });
    return false;
  }

  /** Writes the last bytes. @returns the file, which is the caller's from now on */
  finish({ number, announced, bytes }: ObjectBytes): WholeFile {
    const known = this.#incoming.get(number);
    const file = known?.file ?? this.#begin();
    this.#incoming.delete(number);
    file.write(bytes);
    return { file, announced, scan: known?.scan ?? null };
  }

  async discard(number: number): Promise<void> {
    const known = this.#incoming.get(number);
    this.#incoming.delete(number);
    await known?.file.discard();
  }

  #begin(): IncomingFile {
    return new IncomingFile(join(this.#folder, partFileName()));
  }
}
