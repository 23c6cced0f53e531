import {
  DatasetError,
  encodingOf,
  inflateBeginning,
  scanDataset,
  type Attributes,
  type IncomingInstance,
  type InstanceStore,
  type InstanceWriter,
  type StoredInstance,
} from '../../dataset/index.ts';

/** Thrown by `commit` where what came is not what was asked for; nothing of it is kept. */
export class NotAskedFor extends Error {
  constructor() {
    super('not what was asked for');
    this.name = 'NotAskedFor';
  }
}

/** Its place is behind Study and Series Instance UID: (0020,000D) and (0020,000E). */
const behindSeries = '0020000F';

/** How much of an object is looked at first; each further look is at twice as much. */
const firstLookBytes = 16 * 1024;
/** Where its study isn't said by then, it is not what was asked for. */
const furthestLookBytes = 16 * 1024 * 1024;

/**
 * A store that takes only what was asked for, by the attributes up to Series Instance UID (0020,000E).
 * They are read as they pass by: what is wanted is never held up, what is not is dropped at once.
 */
export function screenedStore(
  store: InstanceStore,
  isWanted: (attributes: Attributes) => boolean,
): InstanceStore {
  return { begin: (instance) => new ScreenedWriter(store.begin(instance), instance, isWanted) };
}

type Verdict = 'open' | 'wanted' | 'unwanted';

class ScreenedWriter implements InstanceWriter {
  readonly #writer: InstanceWriter;
  readonly #transferSyntaxUid: string;
  readonly #isWanted: (attributes: Attributes) => boolean;
  #head: Uint8Array[] = [];
  #headBytes = 0;
  #lookBytes = firstLookBytes;
  #verdict: Verdict = 'open';
  #discarding: Promise<void> | null = null;

  constructor(
    writer: InstanceWriter,
    { transferSyntaxUid }: IncomingInstance,
    isWanted: (attributes: Attributes) => boolean,
  ) {
    this.#writer = writer;
    this.#transferSyntaxUid = transferSyntaxUid;
    this.#isWanted = isWanted;
  }

  get borrows(): boolean {
    return this.#writer.borrows === true;
  }

  write(chunk: Uint8Array): boolean {
    if (this.#verdict === 'open') {
      this.#head.push(this.borrows ? Buffer.from(chunk) : chunk);
      this.#headBytes += chunk.length;
      while (this.#verdict === 'open' && this.#headBytes >= this.#lookBytes) this.#look();
    }
    if (this.#verdict !== 'unwanted') return this.#writer.write(chunk);
    void this.discard();
    return true;
  }

  onDrain(listener: () => void): void {
    this.#writer.onDrain(listener);
  }

  async commit(): Promise<StoredInstance> {
    // All of a small object is there; what it doesn't say by now it doesn't say at all.
    if (this.#verdict === 'open') this.#decide(this.#scan(Buffer.concat(this.#head)).attributes);
    if (this.#verdict === 'wanted') return await this.#writer.commit();
    await this.discard();
    throw new NotAskedFor();
  }

  discard(): Promise<void> {
    this.#head = [];
    this.#discarding ??= this.#writer.discard();
    return this.#discarding;
  }

  #look(): void {
    const { attributes, next } = this.#scan(Buffer.concat(this.#head).subarray(0, this.#lookBytes));
    this.#lookBytes *= 2;
    if (next !== null || attributes.has('0020000E') || this.#lookBytes > furthestLookBytes) {
      this.#decide(attributes);
    }
  }

  #decide(attributes: Attributes): void {
    this.#verdict = this.#isWanted(attributes) ? 'wanted' : 'unwanted';
    this.#head = [];
  }

  #scan(bytes: Buffer): Pick<ReturnType<typeof scanDataset>, 'attributes' | 'next'> {
    const readable = encodingOf(this.#transferSyntaxUid).deflated ? inflated(bytes) : bytes;
    return scanDataset(readable, this.#transferSyntaxUid, { until: behindSeries, sequences: noSequences });
  }
}

const noSequences: ReadonlySet<string> = new Set();

/** Nothing, where it can't be inflated. */
function inflated(bytes: Buffer): Buffer {
  try {
    return inflateBeginning(bytes);
  } catch (error) {
    if (error instanceof DatasetError) return Buffer.alloc(0);
    throw error;
  }
}
