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
  /** Done with, but not given back yet. */
  readonly slab: ArrayBuffer | null;
}

/** In the index's thread: the objects that are arriving, by their numbers. */
export class IncomingFiles {
  readonly #folder: string;
  readonly #incoming = new Map<number, Incoming>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** More is to come of the object. @returns the slab that its bytes came in before */
  write({ number, announced, bytes }: ObjectBytes): ArrayBuffer | null {
    const known = this.#incoming.get(number);
    const file = known?.file ?? this.#begin();
    file.write(bytes);
    // Read while the peer sends on, so that it needn't wait for that at the end.
    const scan = known === undefined ? scanBeginning(file.beginning, announced) : known.scan;
    this.#incoming.set(number, { file, scan, slab: bytes.buffer });
    return known?.slab ?? null;
  }

  /** Writes the last bytes. @returns the file, which is the caller's from now on, and the slabs to give back */
  finish({ number, announced, bytes }: ObjectBytes): {
    readonly whole: WholeFile;
    readonly slabs: readonly ArrayBuffer[];
  } {
    const known = this.#incoming.get(number);
    const file = known?.file ?? this.#begin();
    this.#incoming.delete(number);
    file.write(bytes);
    const whole = { file, announced, scan: known?.scan ?? null };
    return { whole, slabs: [...(known?.slab ? [known.slab] : []), bytes.buffer] };
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
