import type { RefusedPeer } from '../../contract/settings.ts';
import type { IncomingInstance, InstanceStore, InstanceWriter, StoredInstance } from '../../dataset/index.ts';
import type { AssociatedPeer, ListenOptions, Rejection, StorageScpOptions } from '../../dimse/index.ts';
import { CallLog } from './call-log.ts';

type Accept = NonNullable<ListenOptions['accept']>;

/** The image that a connection test had sent, received whole and kept nowhere. */
export interface Received {
  readonly instance: IncomingInstance;
  readonly bytes: number;
}

/** Somebody who was not let in, for want of TLS or for TLS where we speak none. */
export type TurnedAway = Omit<RefusedPeer, 'at'>;

/**
 * Stands before the archive: notes who calls, and takes the one image that a connection test awaits,
 * which then goes nowhere. Everything else passes.
 */
export class Reception {
  readonly log = new CallLog();
  readonly #awaited = new Map<string, (received: Received) => void>();
  readonly #turnedAway = new Set<(peer: TurnedAway) => void>();
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** Takes this instance out of what comes in, until the returned function is called. */
  await(sopInstanceUid: string, onReceived: (received: Received) => void): () => void {
    this.#awaited.set(sopInstanceUid, onReceived);
    return () => {
      this.#awaited.delete(sopInstanceUid);
    };
  }

  /** Tells who listens of somebody who did not get as far as an association. */
  turnAway(peer: TurnedAway): void {
    for (const listener of this.#turnedAway) listener(peer);
  }

  /** @returns stops listening */
  onTurnedAway(listener: (peer: TurnedAway) => void): () => void {
    this.#turnedAway.add(listener);
    return () => {
      this.#turnedAway.delete(listener);
    };
  }

  /** The same storage SCP, but for what a test awaits. */
  before(storage: StorageScpOptions): StorageScpOptions {
    return {
      ...storage,
      store: this.#before(storage.store),
      // The archive has never seen it, so nobody may believe that it is there.
      onStored: (stored) => {
        if (stored.path !== '') storage.onStored?.(stored);
      },
    };
  }

  /** The same door, with a note of each call at this port of ours. */
  noting(accept: Accept): (peer: AssociatedPeer, port: number) => Rejection | null {
    return (peer, port) => {
      const rejection = accept(peer);
      const { callingAeTitle, calledAeTitle, remoteAddress } = peer;
      this.log.note({
        callingAeTitle,
        calledAeTitle,
        remoteAddress,
        port,
        accepted: rejection === null,
        at: this.#now().toISOString(),
      });
      return rejection;
    };
  }

  #before(store: InstanceStore): InstanceStore {
    return {
      begin: (instance) => {
        const onReceived = this.#awaited.get(instance.sopInstanceUid);
        return onReceived === undefined ? store.begin(instance) : discarding(instance, onReceived);
      },
    };
  }
}

/** Counts what comes, and keeps none of it. */
export function discarding(
  instance: IncomingInstance,
  onReceived: (received: Received) => void,
): InstanceWriter {
  let bytes = 0;
  return {
    write(chunk) {
      bytes += chunk.length;
      return true;
    },
    onDrain() {},
    commit(): Promise<StoredInstance> {
      onReceived({ instance, bytes });
      return Promise.resolve({
        ...instance,
        studyInstanceUid: '',
        seriesInstanceUid: '',
        bytes,
        path: '',
        alreadyHere: false,
      });
    },
    discard: () => Promise.resolve(),
  };
}
