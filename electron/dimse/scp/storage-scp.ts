import type { Compression } from '../../contract/compression.ts';
import { FailureError, type Failure } from '../../contract/failure.ts';
import { Uid } from '../../contract/uid.ts';
import type { IncomingInstance, InstanceStore, InstanceWriter, StoredInstance } from '../../dataset/index.ts';
import type { DatasetConsumer, IncomingRequest, Service } from '../association/service.ts';
import { CommandField, NoDataset } from '../commands/command.ts';
import { Status } from '../commands/status.ts';
import { isStorageSopClass } from '../uids/sop-class.ts';
import { preferredSyntaxes } from '../uids/transfer-syntax.ts';
import { chooseStorageSyntax } from './choose-transfer-syntax.ts';
import { refusalOf } from './storage-refusal.ts';

export interface StorageScpOptions {
  readonly store: InstanceStore;
  /** What the person prefers to receive from that calling AE. */
  readonly preferred: (callingAeTitle: string) => Compression;
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
    serves: isStorageSopClass,

    chooseTransferSyntax: ({ transferSyntaxUids, callingAeTitle }) =>
      chooseStorageSyntax(transferSyntaxUids, preferredSyntaxes(options.preferred(callingAeTitle))),

    onRequest(request) {
      const problem = problemOf(request);
      if (problem !== null) {
        request.respond(problem);
        return null;
      }
      return receive(request, incomingOf(request), options);
    },
  };
}

type Refusal = ReturnType<typeof refusalOf>;

/** What is wrong with a request before any of its data set has come. */
function problemOf({ command, context }: IncomingRequest): Refusal | null {
  if (command.commandField !== CommandField.CStoreRq) return { status: Status.UnrecognizedOperation };
  if (command.affectedSopClassUid !== context.abstractSyntaxUid) {
    return { status: Status.SopClassNotSupported, errorComment: 'SOP class is not that of the context' };
  }
  if (!Uid.safeParse(command.affectedSopInstanceUid).success) return { status: Status.InvalidSopInstance };
  if (command.commandDataSetType === NoDataset) {
    return { status: Status.CannotUnderstand, errorComment: 'C-STORE without a data set' };
  }
  return null;
}

function incomingOf({ association, context, command }: IncomingRequest): IncomingInstance {
  return {
    sopClassUid: context.abstractSyntaxUid,
    sopInstanceUid: command.affectedSopInstanceUid ?? '',
    transferSyntaxUid: context.transferSyntaxUid,
    callingAeTitle: association.callingAeTitle,
    calledAeTitle: association.calledAeTitle,
    remoteAddress: association.remoteAddress,
    moveOriginatorAeTitle: command.moveOriginatorAeTitle ?? null,
    moveOriginatorMessageId: command.moveOriginatorMessageId ?? null,
  };
}

function receive(
  request: IncomingRequest,
  incoming: IncomingInstance,
  options: StorageScpOptions,
): DatasetConsumer {
  const writer = options.store.begin(incoming);
  writer.onDrain(() => request.resumeReading());
  options.onActivity?.(incoming);
  return {
    write(chunk) {
      options.onActivity?.(incoming);
      if (!writer.write(chunk)) request.pauseReading();
    },
    end() {
      void commit(writer).then((outcome) => answer(request, outcome, { incoming, options }));
    },
    abort() {
      void writer.discard();
    },
  };
}

type Outcome =
  | { readonly kind: 'stored'; readonly stored: StoredInstance }
  | { readonly kind: 'refused'; readonly failure: Extract<Failure, { step: 'storage' }> };

async function commit(writer: InstanceWriter): Promise<Outcome> {
  try {
    return { kind: 'stored', stored: await writer.commit() };
  } catch (error) {
    if (error instanceof FailureError && error.failure.step === 'storage') {
      return { kind: 'refused', failure: error.failure };
    }
    // The peer must be told whatever went wrong here, or it would wait for an answer.
    return { kind: 'refused', failure: { step: 'storage', cause: 'broken', detail: nameOf(error) } };
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

function answer(
  request: IncomingRequest,
  outcome: Outcome,
  { incoming, options }: { incoming: IncomingInstance; options: StorageScpOptions },
): void {
  switch (outcome.kind) {
    case 'stored':
      request.respond({ status: Status.Success });
      options.onStored?.(outcome.stored);
      return;
    case 'refused':
      request.respond(refusalOf(outcome.failure));
      options.onRefused?.(incoming, outcome.failure);
  }
}
