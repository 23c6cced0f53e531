/** What a C-STORE-RQ and its association say of the object that follows (PS3.7 §9.1.1). */
export interface IncomingInstance {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly transferSyntaxUid: string;
  readonly callingAeTitle: string;
  readonly calledAeTitle: string;
  readonly remoteAddress: string;
  readonly moveOriginatorAeTitle: string | null;
  readonly moveOriginatorMessageId: number | null;
}

/** An object that is safe on disk. */
export interface StoredInstance extends IncomingInstance {
  /** '' when the data set has none. */
  readonly studyInstanceUid: string;
  /** '' when the data set has none. */
  readonly seriesInstanceUid: string;
  /** Of the whole file, its header included. */
  readonly bytes: number;
  readonly path: string;
  /** The same object, byte for byte, was here before; `path` is that one's. */
  readonly alreadyHere: boolean;
}

/** Takes the bytes of one data set as they arrive and makes a file of them. */
export interface InstanceWriter {
  /** `true`: it only borrows the bytes it is given, and has no use for them after `write`. */
  readonly borrows?: boolean;
  /**
   * Takes the next bytes of the data set; unless it borrows, the buffer is kept and may not change.
   * `false`: pause until `onDrain` fires. Never throws: a failed write is told by `commit`.
   */
  write(chunk: Uint8Array): boolean;
  onDrain(listener: () => void): void;
  /**
   * Resolves when the object is flushed, synced, checked, named and findable. Leaves nothing behind
   * when it fails.
   *
   * @throws FailureError at `storage`
   */
  commit(): Promise<StoredInstance>;
  /** Leaves nothing behind. */
  discard(): Promise<void>;
}

/** What a storage SCP hands received objects to. */
export interface InstanceStore {
  begin(instance: IncomingInstance): InstanceWriter;
}
