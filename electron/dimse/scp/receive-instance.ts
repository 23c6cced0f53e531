import { FailureError, type Failure } from '../../contract/failure.ts';
import { Uid } from '../../contract/uid.ts';
import type { IncomingInstance, InstanceStore, InstanceWriter, StoredInstance } from '../../dataset/index.ts';
import type { DatasetConsumer, IncomingRequest } from '../association/service.ts';
import type { ObjectAllowance } from '../association/store-allowance.ts';
import { CommandField, NoDataset } from '../commands/command.ts';
import { Status } from '../commands/status.ts';
import { NotAskedFor } from './screened-store.ts';
import { refusalOf } from './storage-refusal.ts';

export interface ReceiveOptions {
  readonly store: InstanceStore;
  /** Told after the peer is. The listeners must not throw: it would end the association. */
  readonly onStored?: (stored: StoredInstance) => void;
  readonly onRefused?: (incoming: IncomingInstance, failure: Failure) => void;
  /** A request or a piece of its data set has come. */
  readonly onActivity?: (incoming: IncomingInstance) => void;
  /** Refused because nobody asked for it; see `screenedStore`. */
  readonly onNotAskedFor?: (incoming: IncomingInstance) => void;
  /** Given each commit that begins; it never rejects, and is over when the listeners were told. */
  readonly onCommitting?: (commit: Promise<void>) => void;
}

/**
 * Receives the object of a C-STORE request (PS3.4 Annex B) and passes its bytes on as they came, never
 * whole in memory. Success is answered only once the store has made the object safe. What goes beyond
 * the association's allowance is read past and refused; the association goes on.
 */
export function receiveInstance(request: IncomingRequest, options: ReceiveOptions): DatasetConsumer | null {
  const problem = problemOf(request);
  if (problem !== null) {
    request.respond(problem);
    return null;
  }
  const incoming = incomingOf(request);
  const allowance = request.allowance.begin();
  const exceeded = allowance.take(0);
  if (exceeded === null) return receive(request, { incoming, allowance }, options);
  answer(request, beyond(exceeded), { incoming, options });
  return null;
}

/** What a C-STORE request says of its object. */
export function incomingOf({ association, context, command }: IncomingRequest): IncomingInstance {
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

function receive(
  request: IncomingRequest,
  { incoming, allowance }: { readonly incoming: IncomingInstance; readonly allowance: ObjectAllowance },
  options: ReceiveOptions,
): DatasetConsumer {
  const writer = options.store.begin(incoming);
  let exceeded: string | null = null;
  writer.onDrain(() => request.resumeReading());
  options.onActivity?.(incoming);
  return {
    borrows: writer.borrows === true,
    write(chunk) {
      options.onActivity?.(incoming);
      if (exceeded !== null) return;
      exceeded = allowance.take(chunk.length);
      if (exceeded === null) {
        if (!writer.write(chunk)) request.pauseReading();
        return;
      }
      void writer.discard();
      // The rest is read past, whatever the writer was waiting for.
      request.resumeReading();
    },
    end() {
      const outcome = exceeded === null ? commit(writer) : Promise.resolve(beyond(exceeded));
      const committing = outcome.then((known) => answer(request, known, { incoming, options }));
      options.onCommitting?.(committing);
    },
    abort() {
      if (exceeded === null) void writer.discard();
    },
  };
}

function beyond(detail: string): Outcome {
  return { kind: 'refused', failure: { step: 'storage', cause: 'limit', detail } };
}

type Outcome =
  | { readonly kind: 'stored'; readonly stored: StoredInstance }
  | { readonly kind: 'refused'; readonly failure: Extract<Failure, { step: 'storage' }> }
  | { readonly kind: 'not-asked-for' };

async function commit(writer: InstanceWriter): Promise<Outcome> {
  try {
    return { kind: 'stored', stored: await writer.commit() };
  } catch (error) {
    if (error instanceof NotAskedFor) return { kind: 'not-asked-for' };
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
  { incoming, options }: { incoming: IncomingInstance; options: ReceiveOptions },
): void {
  switch (outcome.kind) {
    case 'stored':
      request.respond({ status: Status.Success });
      options.onStored?.(outcome.stored);
      return;
    case 'refused':
      request.respond(refusalOf(outcome.failure));
      options.onRefused?.(incoming, outcome.failure);
      return;
    case 'not-asked-for':
      request.respond({ status: Status.NotAuthorized, errorComment: 'Not what was asked for' });
      options.onNotAskedFor?.(incoming);
  }
}
