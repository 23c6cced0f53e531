import type { Socket } from 'node:net';
import { FailureError } from '../../contract/failure.ts';
import type { Failure } from '../../contract/failure.ts';
import type { CommandSet } from '../commands/command.ts';
import { CommandField, NoDataset, WithDataset, isResponseField } from '../commands/command.ts';
import { encodeCommand } from '../commands/encode-command.ts';
import { AbortReason, PduError, PdvFlag } from '../pdu/pdu.ts';
import type { AssociateAc, AssociateRq } from '../pdu/pdu.ts';
import type { Ending } from '../upper-layer/ending.ts';
import type { Observe } from '../upper-layer/observe.ts';
import { watchSlowPeer } from '../upper-layer/slow-peer.ts';
import { UpperLayer } from '../upper-layer/upper-layer.ts';
import type { UpperLayerUser } from '../upper-layer/upper-layer.ts';
import type { Timeouts } from './association-plan.ts';
import type {
  AcceptedContext,
  Association,
  DatasetSource,
  DimseResponse,
  Peer,
  RequestOptions,
} from './association.ts';
import { deferred } from './deferred.ts';
import { associateFailure, respondFailure } from './ending-failure.ts';
import { Exchange, isFinal } from './exchange.ts';
import { MaximumLengthError, fragmentBytesFor } from './maximum-length.ts';
import { MessageAssembler } from './message-assembler.ts';
import { peerOf } from './peer-of.ts';
import { PeerRequests } from './peer-requests.ts';
import { acceptedContexts, contextFor } from './presentation-context.ts';
import type { Negotiation } from './presentation-context.ts';
import { BlockPool, encodePdus, sendMessage } from './send-message.ts';
import type { MessageChannel } from './send-message.ts';
import type { AssociatedPeer, DatasetConsumer, Responder } from './service.ts';
import type { RequestCommand } from '../commands/command.ts';

export interface RequestedOptions {
  readonly timeouts: Timeouts;
  readonly maximumLengthBytes: number;
  readonly observe: Observe | null;
}

/** Our side of an association that we requested. */
export class RequestedAssociation implements Association, UpperLayerUser {
  readonly closed: Promise<Failure | null>;
  readonly #socket: Socket;
  readonly #timeouts: Timeouts;
  readonly #upper: UpperLayer;
  readonly #assembler: MessageAssembler;
  readonly #gone = deferred<void>();
  readonly #answered = deferred<AssociateAc>();
  readonly #blocks = new BlockPool();
  readonly #peerRequests: PeerRequests;
  readonly #stopWatchingSlow: () => void;
  #proposals: AssociateRq['contexts'] = [];
  #asksConfirmation = false;
  #peerAsCaller: AssociatedPeer = { callingAeTitle: '', calledAeTitle: '', remoteAddress: '' };
  #negotiation: Negotiation = { proposals: [], answers: [], accepted: [] };
  #answer: AssociateAc | null = null;
  #fragmentBytes = 0;
  #ending: Ending | null = null;
  #exchange: Exchange | null = null;
  #grace: NodeJS.Timeout | undefined;
  #lastMessageId = 0;
  #messageIdsWrapped = false;

  constructor(socket: Socket, options: RequestedOptions) {
    this.#socket = socket;
    this.#timeouts = options.timeouts;
    this.closed = this.#gone.promise.then(() => this.#closedBy());
    this.#assembler = new MessageAssembler({
      isAccepted: (id) => this.contexts.some((context) => context.id === id),
      command: (id, command) => this.#takeCommand(id, command),
    });
    this.#upper = new UpperLayer(socket, {
      role: 'requestor',
      user: this,
      maximumLengthBytes: options.maximumLengthBytes,
      artimMs: options.timeouts.releaseMs,
      observe: options.observe,
    });
    const { slowMs } = options.timeouts;
    const onSlow = (): void => this.#upper.giveUp();
    this.#stopWatchingSlow = watchSlowPeer(this.#upper.reader, { slowMs, slowBytes: slowMs }, onSlow);
    this.#peerRequests = new PeerRequests({
      upper: this.#upper,
      peer: () => this.#peerAsCaller,
      fragmentBytes: () => this.#fragmentBytes,
      isOver: () => this.#ending !== null,
      isSending: () => this.#exchange !== null && !this.#exchange.sent,
    });
  }

  /** Asks the peer to associate. @throws FailureError associate, tls or cancelled */
  async associate(request: AssociateRq, signal?: AbortSignal): Promise<AssociateAc> {
    if (isAborted(signal)) {
      this.#socket.destroy();
      throw new FailureError({ step: 'cancelled' });
    }
    this.#proposals = request.contexts;
    this.#asksConfirmation = request.userInformation.userIdentity?.positiveResponseRequested ?? false;
    const { callingAeTitle, calledAeTitle } = request;
    const remoteAddress = this.#socket.remoteAddress ?? '';
    this.#peerAsCaller = { callingAeTitle: calledAeTitle, calledAeTitle: callingAeTitle, remoteAddress };
    const abort = (): void => this.abort();
    const timer = setTimeout(() => this.#upper.giveUp(), this.#timeouts.associateMs);
    signal?.addEventListener('abort', abort);
    try {
      this.#upper.associate(request);
      return await this.#answered.promise;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    }
  }

  get peer(): Peer {
    return peerOf(this.#answer, this.#socket.remoteAddress ?? '', this.#asksConfirmation);
  }

  get contexts(): readonly AcceptedContext[] {
    return this.#negotiation.accepted;
  }

  context(abstractSyntaxUid: string, transferSyntaxUid?: string): AcceptedContext {
    return contextFor(this.#negotiation, abstractSyntaxUid, transferSyntaxUid);
  }

  async *request(
    context: AcceptedContext,
    { command, dataset }: { readonly command: RequestCommand; readonly dataset: DatasetSource | null },
    options: RequestOptions = {},
    signal?: AbortSignal,
  ): AsyncGenerator<DimseResponse, void, undefined> {
    if (isAborted(signal)) throw new FailureError({ step: 'cancelled' });
    const exchange = this.#beginExchange(context, command);
    const stopWatching = this.#watch(exchange, options, signal);
    try {
      await this.#send(exchange, command, dataset);
      for (;;) {
        const response = await exchange.next();
        if (exchange.cancelled) throw new FailureError({ step: 'cancelled' });
        yield response;
        if (isFinal(response)) return;
      }
    } catch (error) {
      throw isAborted(signal) ? new FailureError({ step: 'cancelled' }, { cause: error }) : error;
    } finally {
      await this.#finish(exchange);
      clearTimeout(this.#grace);
      exchange.close();
      stopWatching();
      this.#exchange = null;
    }
  }

  serve(responder: Responder): Disposable {
    return this.#peerRequests.serve(responder);
  }

  async release(): Promise<void> {
    if (this.#upper.state === 'Sta6') {
      const timer = setTimeout(() => this.abort(), this.#timeouts.releaseMs);
      this.#upper.release();
      await this.#gone.promise;
      clearTimeout(timer);
      return;
    }
    this.abort();
    await this.#gone.promise;
  }

  abort(): void {
    this.#upper.abort();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // With a request still open there is nothing orderly left to do.
    if (this.#exchange !== null) this.abort();
    await this.release();
  }

  associateIndication(): void {
    // Only an acceptor is asked: the state machine has no such cell for us.
  }

  associateConfirmation(answer: AssociateAc): void {
    const { maximumLengthBytes } = answer.userInformation;
    const fragmentBytes = fragmentBytesFor(maximumLengthBytes);
    if (fragmentBytes === null) throw new MaximumLengthError(maximumLengthBytes);
    this.#fragmentBytes = fragmentBytes;
    this.#answer = answer;
    const accepted = acceptedContexts(this.#proposals, answer.contexts);
    this.#negotiation = { proposals: this.#proposals, answers: answer.contexts, accepted };
    this.#answered.resolve(answer);
  }

  dataIndication(contextId: number, control: number, bytes: Buffer, endsPdv: boolean): boolean {
    return this.#assembler.fragment(contextId, control, bytes, endsPdv);
  }

  ended(ending: Ending): void {
    this.#ending = ending;
    this.#assembler.abort();
    this.#exchange?.fail(respondError(ending));
    this.#answered.promise.catch(() => {});
    this.#answered.reject(ending.kind === 'bug' ? ending.bug : new FailureError(associateFailure(ending)));
  }

  gone(): void {
    this.#stopWatchingSlow();
    this.#gone.resolve();
  }

  #closedBy(): Failure | null {
    const ending = this.#ending;
    if (ending === null || ending.kind === 'aborted-here') return null;
    return ending.kind === 'released' && ending.by === 'us' ? null : respondFailure(ending);
  }

  #channel(): MessageChannel {
    return { upper: this.#upper, fragmentBytes: this.#fragmentBytes, blocks: this.#blocks };
  }

  #beginExchange(context: AcceptedContext, command: RequestCommand): Exchange {
    if (this.#exchange !== null) throw new Error('one request at a time on an association');
    if (this.#ending !== null) throw respondError(this.#ending);
    if (this.#lastMessageId === 65_535) this.#messageIdsWrapped = true;
    this.#lastMessageId = (this.#lastMessageId % 65_535) + 1;
    this.#exchange = new Exchange({
      contextId: context.id,
      messageId: this.#lastMessageId,
      commandField: command.commandField,
      pause: (exchange) => this.#upper.reader.pause(exchange),
      resume: (exchange) => this.#upper.reader.resume(exchange),
    });
    return this.#exchange;
  }

  async #send(exchange: Exchange, command: RequestCommand, dataset: DatasetSource | null): Promise<void> {
    const { contextId, messageId } = exchange;
    const commandDataSetType = dataset === null ? NoDataset : WithDataset;
    try {
      await sendMessage(this.#channel(), contextId, { ...command, messageId, commandDataSetType }, dataset);
      exchange.markSent();
      this.#peerRequests.sendHeld();
    } catch (error) {
      if (error instanceof FailureError) throw error;
      // The socket failed under it; how the association ended says why.
      await this.#gone.promise;
      throw exchange.failure ?? error;
    }
  }

  /** Answers how to stop watching: the idle clock, and the caller's signal. */
  #watch(exchange: Exchange, { lastActivity }: RequestOptions, signal?: AbortSignal): () => void {
    const idleMs = this.#timeouts.responseMs;
    const onIdle = (): void => {
      // The socket was silent, but sub-operations may have shown life, or we may be the slow one.
      const ours = exchange.unread || this.#peerRequests.areWaiting || this.#upper.waitsForUs;
      const elsewhere = lastActivity === undefined ? idleMs : performance.now() - lastActivity();
      if (ours) this.#socket.setTimeout(idleMs);
      else if (elsewhere < idleMs) this.#socket.setTimeout(Math.ceil(idleMs - elsewhere));
      else this.#upper.giveUp();
    };
    const onAbort = (): void => this.#cancel(exchange);
    this.#socket.setTimeout(idleMs);
    this.#socket.on('timeout', onIdle);
    signal?.addEventListener('abort', onAbort);
    return () => {
      this.#socket.setTimeout(0);
      this.#socket.off('timeout', onIdle);
      signal?.removeEventListener('abort', onAbort);
    };
  }

  #cancel(exchange: Exchange): void {
    if (exchange.over || exchange.cancelled) return;
    exchange.cancel();
    // Half a message can't be called back, and a C-CANCEL may not stand in the middle of it.
    if (!exchange.takesCancel) {
      this.abort();
      return;
    }
    this.#grace = setTimeout(() => {
      if (!exchange.over) this.abort();
    }, this.#timeouts.cancelGraceMs);
    const command: CommandSet = {
      commandField: CommandField.CCancelRq,
      messageIdBeingRespondedTo: exchange.messageId,
      commandDataSetType: NoDataset,
    };
    const { contextId } = exchange;
    this.#upper.sendData(encodePdus(encodeCommand(command), contextId, PdvFlag.Command, this.#fragmentBytes));
  }

  /** Leaves the association between messages, or ended. */
  async #finish(exchange: Exchange): Promise<void> {
    if (exchange.over) return;
    this.#cancel(exchange);
    try {
      await exchange.next();
    } catch {
      // However it ended, nobody is waiting for it any more.
    }
  }

  #takeCommand(contextId: number, command: CommandSet): DatasetConsumer | null {
    if (!isResponseField(command.commandField)) {
      return this.#peerRequests.take(
        this.contexts.find(({ id }) => id === contextId),
        command,
      );
    }
    const id = command.messageIdBeingRespondedTo;
    if (this.#exchange !== null && id === this.#exchange.messageId) {
      return this.#exchange.take(contextId, command);
    }
    if (id !== undefined && this.#wasUsed(id)) return null;
    throw new PduError(AbortReason.InvalidPduParameterValue, `response to message ${id ?? 'none'}`);
  }

  /** An answer to a request that is over, one that crossed its cancel for example, does no harm. */
  #wasUsed(messageId: number): boolean {
    return messageId > 0 && (this.#messageIdsWrapped || messageId < this.#lastMessageId);
  }
}

function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

function respondError(ending: Ending): unknown {
  return ending.kind === 'bug' ? ending.bug : new FailureError(respondFailure(ending));
}
