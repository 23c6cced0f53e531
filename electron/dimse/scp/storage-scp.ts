import type { Compression } from '../../contract/compression.ts';
import type { Failure } from '../../contract/failure.ts';
import type { IncomingInstance, InstanceStore, StoredInstance } from '../../dataset/index.ts';
import type { Service } from '../association/service.ts';
import { canBeStorageSopClass, isStorageSopClass } from '../uids/sop-class.ts';
import { preferredSyntaxes } from '../uids/transfer-syntax.ts';
import { chooseStorageSyntax } from './choose-transfer-syntax.ts';
import { receiveInstance } from './receive-instance.ts';

export interface StorageScpOptions {
  readonly store: InstanceStore;
  /** What the person prefers to receive from that calling AE. */
  readonly preferred: (callingAeTitle: string) => Compression;
  /** Whether private SOP classes that nobody here knows are taken for storage ones; asked each time. */
  readonly takesUnknownClasses?: () => boolean;
  /** Told after the peer is. The listeners must not throw: it would end the association. */
  readonly onStored?: (stored: StoredInstance) => void;
  readonly onRefused?: (incoming: IncomingInstance, failure: Failure) => void;
  /** A request or a piece of its data set has come. */
  readonly onActivity?: (incoming: IncomingInstance) => void;
}

/**
 * Receives objects (C-STORE, PS3.4 Annex B) and passes their bytes on as they came, never whole in
 * memory. Success is answered only once the store has made the object safe.
 */
export function storageScp(options: StorageScpOptions): Service {
  return {
    serves: (uid) =>
      options.takesUnknownClasses?.() === true ? canBeStorageSopClass(uid) : isStorageSopClass(uid),
    chooseTransferSyntax: ({ transferSyntaxUids, callingAeTitle }) =>
      chooseStorageSyntax(transferSyntaxUids, preferredSyntaxes(options.preferred(callingAeTitle))),
    onRequest: (request) => receiveInstance(request, options),
  };
}
