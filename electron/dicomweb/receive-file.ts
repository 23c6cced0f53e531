import { FailureError, type Failure } from '../contract/failure.ts';
import {
  readHeaderFacts,
  textOf,
  type HeaderFacts,
  type IncomingInstance,
  type InstanceStore,
  type InstanceWriter,
  type StoredInstance,
} from '../dataset/index.ts';

/** Enough for group 0002 and the first groups of nearly all; grows where private data is in the way. */
const firstLookBytes = 16 * 1024;
const furthestLookBytes = 4 * 1024 * 1024;

export interface ReceiveOptions {
  readonly store: InstanceStore;
  /** The host that sends. */
  readonly remoteAddress: string;
  /** Nothing else is taken. */
  readonly studyInstanceUid: string;
}

/** What became of one file. `instance: null`: it could not be read so far. */
export type ReceivedFile =
  | { readonly kind: 'stored'; readonly stored: StoredInstance }
  | { readonly kind: 'refused'; readonly instance: IncomingInstance | null; readonly failure: Failure };

/**
 * Takes one PS3.10 file as it comes: its header is parsed away, its data set goes byte for byte to the
 * store, which checks its UIDs and answers for its safety.
 */
export class ReceivingFile {
  readonly #options: ReceiveOptions;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #lookAt = firstLookBytes;
  #instance: IncomingInstance | null = null;
  #writer: InstanceWriter | null = null;
  #failure: Failure | null = null;
  #goOn: () => void = () => {};

  constructor(options: ReceiveOptions) {
    this.#options = options;
  }

  /** What it says it is; `null`: it hasn't said so far. */
  get instance(): IncomingInstance | null {
    return this.#instance;
  }

  /** Resolves when the store can take more. */
  async take(bytes: Buffer): Promise<void> {
    if (this.#failure !== null) return;
    if (this.#writer !== null) return this.#write(this.#writer, bytes);
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    if (this.#waitingBytes >= this.#lookAt) await this.#look({ isWhole: false });
  }

  /** All of it has come. Never throws but for bugs. */
  async end(): Promise<ReceivedFile> {
    if (this.#writer === null && this.#failure === null) await this.#look({ isWhole: true });
    if (this.#failure !== null || this.#writer === null)
      return this.#refused(this.#failure ?? unreadable(''));
    try {
      return { kind: 'stored', stored: await this.#writer.commit() };
    } catch (thrown) {
      if (!(thrown instanceof FailureError)) throw thrown;
      return this.#refused(thrown.failure);
    }
  }

  /** It broke off: nothing of it stays. */
  async discard(): Promise<void> {
    await this.#writer?.discard();
  }

  #refused(failure: Failure): ReceivedFile {
    return { kind: 'refused', instance: this.#instance, failure };
  }

  async #look({ isWhole }: { readonly isWhole: boolean }): Promise<void> {
    const beginning = Buffer.concat(this.#waiting);
    const facts = readHeaderFacts(beginning);
    const mayTellMore = facts.cutShort && !isWhole && beginning.length < furthestLookBytes;
    if (mayTellMore) {
      this.#lookAt = beginning.length * 4;
      this.#waiting = [beginning];
      return;
    }
    this.#waiting = [];
    this.#instance = instanceOf(facts, this.#options.remoteAddress);
    this.#failure = this.#objectionTo(facts);
    if (this.#failure !== null || this.#instance === null) return;
    this.#writer = this.#options.store.begin(this.#instance);
    this.#writer.onDrain(() => this.#goOn());
    await this.#write(this.#writer, beginning.subarray(facts.datasetOffset));
  }

  async #write(writer: InstanceWriter, bytes: Buffer): Promise<void> {
    // Listened for first: the store may be ready again before `write` returns.
    const drained = new Promise<void>((resolve) => (this.#goOn = resolve));
    if (!writer.write(bytes)) await drained;
  }

  #objectionTo({ kind, attributes }: HeaderFacts): Failure | null {
    if (kind !== 'instance') return unreadable(kind === 'dicomdir' ? 'DICOMDIR' : 'not DICOM');
    if (this.#instance === null) return unreadable('no SOP UIDs');
    const study = textOf(attributes, '0020000D');
    const isOther = study !== '' && study !== this.#options.studyInstanceUid;
    return isOther ? { step: 'storage', cause: 'mismatch', detail: 'Study Instance UID' } : null;
  }
}

function instanceOf(facts: HeaderFacts, remoteAddress: string): IncomingInstance | null {
  const { sopClassUid, sopInstanceUid, transferSyntaxUid } = facts;
  if (![sopClassUid, sopInstanceUid, transferSyntaxUid].every(isUid)) return null;
  return {
    sopClassUid,
    sopInstanceUid,
    transferSyntaxUid,
    callingAeTitle: '',
    calledAeTitle: '',
    remoteAddress,
    moveOriginatorAeTitle: null,
    moveOriginatorMessageId: null,
  };
}

function isUid(text: string): boolean {
  return /^[0-9]+(?:\.[0-9]+)*$/.test(text) && text.length <= 64;
}

function unreadable(detail: string): Failure {
  return { step: 'storage', cause: 'unreadable', detail };
}
