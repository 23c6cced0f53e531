import type { Socket } from 'node:net';
import { implementationClassUid, implementationVersionName } from '../../dataset/index.ts';
import type { CommandSet } from '../commands/command.ts';
import { isResponseField } from '../commands/command.ts';
import { AbortReason, PduError, applicationContextUid } from '../pdu/pdu.ts';
import type { AssociateAc, AssociateRq, RoleSelection, UserInformation } from '../pdu/pdu.ts';
import type { Ending } from '../upper-layer/ending.ts';
import type { Observe } from '../upper-layer/observe.ts';
import { watchSlowPeer } from '../upper-layer/slow-peer.ts';
import { UpperLayer } from '../upper-layer/upper-layer.ts';
import type { UpperLayerUser } from '../upper-layer/upper-layer.ts';
import { IncomingRequests } from './incoming-requests.ts';
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
  readonly #incoming: IncomingRequests;
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
    this.#incoming = new IncomingRequests({
      reader: this.#upper.reader,
      peer: () => this.#peer,
      fragmentBytes: () => this.#fragmentBytes,
      isOver: () => this.#over,
      send: (pdus) => this.#upper.sendAnswer(pdus),
      maximumOutstanding: options.limits.outstandingRequests,
      storeLimits: options.limits.store,
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

  dataIndication(contextId: number, control: number, bytes: Buffer, endsPdv: boolean): boolean {
    return this.#assembler.fragment(contextId, control, bytes, endsPdv);
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
        asynchronousOperations: synchronousOnly(request),
        extendedNegotiation: [],
        userIdentity: null,
        userIdentityResponse: null,
      },
    };
  }

  /** Of the roles that the requestor proposes for itself, those that our service has it in. */
  #answerRoles(request: AssociateRq): readonly RoleSelection[] {
    const served = [...this.#served.values()];
    const requestors = new Map(
      served.map(({ context, service }) => [context.abstractSyntaxUid, service.requestor ?? 'scu']),
    );
    return request.userInformation.roles
      .filter(({ sopClassUid }) => requestors.has(sopClassUid))
      .map(({ sopClassUid, scu, scp }) => {
        const isScu = requestors.get(sopClassUid) === 'scu';
        return { sopClassUid, scu: scu && isScu, scp: scp && !isScu };
      });
  }

  #takeCommand(contextId: number, command: CommandSet): DatasetConsumer | null {
    const served = this.#served.get(contextId);
    if (served === undefined || isResponseField(command.commandField)) {
      throw unexpected(`command ${command.commandField.toString(16)}`);
    }
    return this.#incoming.take({ context: served.context, responder: served.service, command });
  }

  /** Silence counts only while the next step is the peer's. */
  #idle(): void {
    const ours = this.#incoming.outstanding > 0 || this.#upper.waitsForUs;
    if (ours) this.#socket.setTimeout(this.#options.limits.idleMs);
    else this.#upper.giveUp();
  }
}

/** One operation at a time is what we do, whatever was proposed; unasked, nothing is said (PS3.7 §D.3.3.3). */
function synchronousOnly({ userInformation }: AssociateRq): UserInformation['asynchronousOperations'] {
  return userInformation.asynchronousOperations === null ? null : { invoked: 1, performed: 1 };
}

function unexpected(message: string): PduError {
  return new PduError(AbortReason.UnexpectedPduParameter, message);
}
