import type { Failure } from '../../contract/failure.ts';
import type { IncomingInstance, InstanceStore, StoredInstance } from '../../dataset/index.ts';
import type { Association } from '../association/association.ts';
import type { IncomingRequest, Responder } from '../association/service.ts';
import { CommandField, Priority } from '../commands/command.ts';
import { Status } from '../commands/status.ts';
import { incomingOf, receiveInstance } from '../scp/receive-instance.ts';
import { screenedStore } from '../scp/screened-store.ts';
import { canBeStorageSopClass } from '../uids/sop-class.ts';
import { askedFor, type AskedFor } from './asked-for.ts';
import { getSopClasses, type RetrieveModel } from './information-model.ts';
import { retrieveResponses, type RetrieveResult, type SubOperations } from './retrieve-responses.ts';

export interface GetOptions {
  /** What to get, Query/Retrieve Level (0008,0052) included, encoded in `getTransferSyntax`. */
  readonly identifier: Uint8Array;
  /** Who takes what comes. */
  readonly store: InstanceStore;
  /** Study Root unless given. */
  readonly model?: RetrieveModel;
  /** As for the storage SCP: the listeners must not throw. */
  readonly onStored?: (stored: StoredInstance) => void;
  readonly onRefused?: (incoming: IncomingInstance, failure: Failure) => void;
  readonly onActivity?: (incoming: IncomingInstance) => void;
  /** The peer sent an instance of another study, series or UID: it was refused (0124H), not kept. */
  readonly onNotAskedFor?: (incoming: IncomingInstance) => void;
}

/**
 * Has the peer send instances on this very association (C-GET, PS3.4 §C.4.3), whose contexts must be
 * those of `planGetContexts`. They are streamed to the store as a storage SCP's are. Yields the
 * counters of each response, as `move` does; every instance that came whole is in the store, or was
 * told to a listener, before this ends in whichever way.
 *
 * @throws FailureError negotiate, respond, or cancelled, also where the peer cancels by itself
 */
export async function* get(
  association: Association,
  options: GetOptions,
  signal?: AbortSignal,
): AsyncGenerator<SubOperations, RetrieveResult, undefined> {
  const context = association.context(getSopClasses[options.model ?? 'study-root']);
  const message = {
    command: {
      affectedSopClassUid: context.abstractSyntaxUid,
      commandField: CommandField.CGetRq,
      priority: Priority.Medium,
    },
    dataset: { kind: 'bytes', bytes: options.identifier },
  } as const;
  const underWay = new Set<Promise<void>>();
  const asked = askedFor(options.identifier, context.transferSyntaxUid);
  using _ = association.serve(subOperations(asked, options, underWay));
  try {
    const responses = association.request(context, message, {}, signal);
    return yield* retrieveResponses(responses, 'C-GET', context.transferSyntaxUid);
  } finally {
    await Promise.all(underWay);
  }
}

/** The storage SCP for the C-STOREs of one C-GET. */
function subOperations(asked: AskedFor, options: GetOptions, underWay: Set<Promise<void>>): Responder {
  const receiving = {
    ...options,
    store: screenedStore(options.store, asked.attributes),
    onCommitting: (commit: Promise<void>) => {
      underWay.add(commit);
      void commit.finally(() => underWay.delete(commit));
    },
  };
  return {
    // Nothing comes but in what was proposed: a private class was asked for by its name.
    serves: canBeStorageSopClass,
    onRequest(request: IncomingRequest) {
      if (asked.sopInstance(request.command.affectedSopInstanceUid ?? '')) {
        return receiveInstance(request, receiving);
      }
      request.respond({ status: Status.NotAuthorized, errorComment: 'Not what was asked for' });
      options.onNotAskedFor?.(incomingOf(request));
      return null;
    },
  };
}
