import type { Socket } from 'node:net';
import { implementationClassUid, implementationVersionName } from '../../dataset/index.ts';
import type { CommandSet } from '../commands/command.ts';
import { CommandField, isResponseField } from '../commands/command.ts';
import { AbortReason, PduError, applicationContextUid } from '../pdu/pdu.ts';
import type { AssociateAc, AssociateRq, RoleSelection } from '../pdu/pdu.ts';
import type { Ending } from '../upper-layer/ending.ts';
import type { Observe } from '../upper-layer/observe.ts';
import { watchSlowPeer } from '../upper-layer/slow-peer.ts';
import { UpperLayer } from '../upper-layer/upper-layer.ts';
import type { UpperLayerUser } from '../upper-layer/upper-layer.ts';
import { IncomingExchange } from './incoming-exchange.ts';
import type { ListenLimits, Rejection } from './listen-options.ts';
import { fragmentBytesFor } from './maximum-length.ts';
import { MessageAssembler } from './message-assembler.ts';
import { chooseContexts } from './presentation-context.ts';
import type { ServedContext } from './presentation-context.ts';
import type { AssociatedPeer, DatasetConsumer, Service } from './service.ts';

export interface AcceptedOptions {
  readonly services: readonly Service[];
  readonly limits: ListenLimits;
  readonly observe: Observe | null;
  /** Null lets the peer in; a rejection is what it is told. */
  readonly admit: (association: AcceptedAssociation, peer: AssociatedPeer) => Rejection | null;
  /** The association is over, its place is free. */
  readonly left: (association: AcceptedAssociation) => void;
  /** The socket is closed as well. */
  readonly gone: (association: AcceptedAssociation) => void;
}

/** A requestor may send us what it will, within our one rule: permanent, by the service-user. */
const noReason: Rejection = { result: 1, source: 1, reason: 1 };
const applicationContextNotSupported: Rejection = { result: 1, source: 1, reason: 2 };

/** One connection to our listener, from its first byte on. */
export class AcceptedAssociation implements UpperLayerUser {
  readonly remoteAddress: string;
  readonly #socket: Socket;
  readonly #options: AcceptedOptions;
  readonly #upper: UpperLayer;
  readonly #assembler: MessageAssembler;
  readonly #stopWatching: () => void;
  readonly #outstanding = new Set<IncomingExchange>();
  #peer: AssociatedPeer;
  #served: ReadonlyMap<number, ServedContext> = new Map();
  #fragmentBytes = 0;
  #over = false;

  constructor(socket: Socket, options: AcceptedOptions) {
    this.#socket = socket;
    this.#options = options;
    this.remoteAddress = socket.remoteAddress ?? '';
    this.#peer = { callingAeTitle: '', calledAeTitle: '', remoteAddress: this.remoteAddress };
    this.#assembler = new MessageAssembler({
      isAccepted: (contextId) => this.#served.has(contextId),
      command: (contextId, command) => this.#takeCommand(contextId, command),
    });
    this.#upper = new UpperLayer(socket, {
      role: 'acceptor',
      user: this,
      maximumLengthBytes: options.limits.maximumLengthBytes,
      artimMs: options.limits.artimMs,
      observe: options.observe,
    });
    this.#stopWatching = watchSlowPeer(this.#upper.reader, options.limits, () => socket.destroy());
    socket.on('timeout', () => this.#idle());
    this.#upper.awaitAssociate();
  }

  abort(): void {
    this.#upper.abort();
  }

  associateIndication(request: AssociateRq): void {
    const { callingAeTitle, calledAeTitle } = request;
    this.#peer = { callingAeTitle, calledAeTitle, remoteAddress: this.remoteAddress };
    const rejection = this.#judge(request);
    if (rejection !== null) {
      this.#upper.reject(rejection);
      return;
    }
    const { answers, served } = chooseContexts(request, this.#options.services);
    this.#served = served;
    this.#socket.setTimeout(this.#options.limits.idleMs);
    this.#upper.accept(this.#answerTo(request, answers));
  }

  associateConfirmation(): void {
    // Only a requestor gets one: the state machine has no such cell for us.
  }

  dataIndication(contextId: number, control: number, bytes: Buffer, endsPdv: boolean): void {
    this.#assembler.fragment(contextId, control, bytes, endsPdv);
  }

  ended(_ending: Ending): void {
    this.#over = true;
    this.#socket.setTimeout(0);
    this.#options.left(this);
    this.#assembler.abort();
  }

  gone(): void {
    this.#stopWatching();
    this.#options.gone(this);
  }

  #judge(request: AssociateRq): Rejection | null {
    if (request.applicationContextUid !== applicationContextUid) return applicationContextNotSupported;
    const fragmentBytes = fragmentBytesFor(request.userInformation.maximumLengthBytes);
    if (fragmentBytes === null || request.contexts.length === 0) return noReason;
    this.#fragmentBytes = fragmentBytes;
    return this.#options.admit(this, this.#peer);
  }

  #answerTo(request: AssociateRq, contexts: AssociateAc['contexts']): AssociateAc {
    return {
      protocolVersion: 1,
      calledAeTitle: request.calledAeTitle,
      callingAeTitle: request.callingAeTitle,
      applicationContextUid,
      contexts,
      userInformation: {
        maximumLengthBytes: this.#options.limits.maximumLengthBytes,
        implementationClassUid,
        implementationVersionName,
        roles: this.#answerRoles(request),
        asynchronousOperations: null,
        extendedNegotiation: [],
        userIdentity: null,
      },
    };
  }

  /** We are the SCP of what we accept, and nobody's SCU on an association that they requested. */
  #answerRoles(request: AssociateRq): readonly RoleSelection[] {
    const accepted = new Set([...this.#served.values()].map(({ context }) => context.abstractSyntaxUid));
    return request.userInformation.roles
      .filter(({ sopClassUid }) => accepted.has(sopClassUid))
      .map(({ sopClassUid, scu }) => ({ sopClassUid, scu, scp: false }));
  }

  #takeCommand(contextId: number, command: CommandSet): DatasetConsumer | null {
    const served = this.#served.get(contextId);
    if (served === undefined || isResponseField(command.commandField)) {
      throw unexpected(`command ${command.commandField.toString(16)}`);
    }
    // Every request we serve is answered at once or can't be stopped: a late cancel changes nothing.
    if (command.commandField === CommandField.CCancelRq) return null;
    if (command.messageId === undefined) throw unexpected('request without a Message ID');
    const exchange = new IncomingExchange({
      upper: this.#upper,
      association: this.#peer,
      context: served.context,
      command,
      fragmentBytes: this.#fragmentBytes,
      isOver: () => this.#over,
      answered: (done) => this.#answered(done),
    });
    const consumer = served.service.onRequest(exchange);
    return {
      write: (chunk) => consumer?.write(chunk),
      abort: () => consumer?.abort(),
      end: () => {
        // Counted only now: a request still coming in is what we read on for.
        this.#countOutstanding(exchange);
        consumer?.end();
      },
    };
  }

  #countOutstanding(exchange: IncomingExchange): void {
    if (exchange.isAnswered) return;
    this.#outstanding.add(exchange);
    if (this.#outstanding.size >= this.#options.limits.outstandingRequests) this.#upper.reader.pause(this);
  }

  #answered(exchange: IncomingExchange): void {
    this.#outstanding.delete(exchange);
    if (this.#outstanding.size < this.#options.limits.outstandingRequests) this.#upper.reader.resume(this);
  }

  /** Silence counts only while the next step is the peer's. */
  #idle(): void {
    const ours = this.#outstanding.size > 0 || this.#upper.waitsForUs;
    if (ours) this.#socket.setTimeout(this.#options.limits.idleMs);
    else this.#upper.giveUp();
  }
}

function unexpected(message: string): PduError {
  return new PduError(AbortReason.UnexpectedPduParameter, message);
}
