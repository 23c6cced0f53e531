import { FailureError } from '../contract/failure.ts';
import { encodeIdentifier } from '../dataset/index.ts';
import {
  move,
  requestAssociation,
  SopClass,
  TransferSyntax,
  type Listener,
  type RetrieveResult,
} from '../dimse/index.ts';
import { planAssociation } from '../servers/index.ts';
import type { Ledger } from './ledger.ts';
import type { Receiver } from './receiver.ts';
import type { RetrieveAccount } from './retrieve-account.ts';
import { wholeKeys } from './retrieve-keys.ts';
import type { RetrieveRequest } from './retrieve.ts';

export interface MoveTools {
  readonly receiver: Receiver;
  /** Told when everything stands and the server is about to be asked. */
  readonly onBegin: () => void;
}

/**
 * Has a study sent to our listener (C-MOVE, PS3.4 §C.4.2).
 *
 * @throws FailureError listen, and what `move` throws
 */
export async function retrieveByMove(
  request: RetrieveRequest,
  { receiver, onBegin }: MoveTools,
  account: RetrieveAccount,
  signal: AbortSignal,
): Promise<RetrieveResult> {
  await using extra = await openListenPort(request.listenPort, receiver, account.ledger);
  if (extra.listener === null) await receiver.ensureListening();
  onBegin();
  const result = await moveAll(request, account, signal);
  await account.untilQuiet(signal);
  return result;
}

interface ExtraListener extends AsyncDisposable {
  readonly listener: Listener | null;
}

async function openListenPort(port: number, receiver: Receiver, ledger: Ledger): Promise<ExtraListener> {
  try {
    const listener = await receiver.openAlso(port);
    return { listener, [Symbol.asyncDispose]: async () => listener?.close() };
  } catch (thrown) {
    if (!(thrown instanceof FailureError)) throw thrown;
    ledger.notice({ kind: 'listen-port-unavailable', port, failure: thrown.failure });
    return { listener: null, [Symbol.asyncDispose]: () => Promise.resolve() };
  }
}

async function moveAll(
  request: RetrieveRequest,
  account: RetrieveAccount,
  signal: AbortSignal,
): Promise<RetrieveResult> {
  const { server, callingAeTitle, onStep } = request.target;
  const plan = planAssociation(server, callingAeTitle, [
    {
      abstractSyntaxUid: SopClass.StudyRootMove,
      transferSyntaxUids: [TransferSyntax.ExplicitVrLittleEndian, TransferSyntax.ImplicitVrLittleEndian],
    },
  ]);
  await using association = await requestAssociation(plan, onStep === undefined ? {} : { onStep }, signal);
  const context = association.context(SopClass.StudyRootMove);
  const identifier = encodeIdentifier(wholeKeys(request), context.transferSyntaxUid);
  const { lastActivity } = account;
  const moving = move(association, { identifier, destination: callingAeTitle, lastActivity }, signal);
  return await account.follow(moving);
}
