import type { Socket } from 'node:net';
import {
  encodeAbort,
  encodeAssociateAc,
  encodeAssociateRj,
  encodeAssociateRq,
  encodeReleaseRp,
  encodeReleaseRq,
} from '../pdu/encode-pdu.ts';
import { PduError, PduType } from '../pdu/pdu.ts';
import type { AssociateAc, AssociateRj, AssociateRq } from '../pdu/pdu.ts';
import type { PduSink } from '../pdu/pdu-splitter.ts';
import { abortOf, causeOf, endingOf, supportsOurVersion } from './cause.ts';
import type { Cause } from './cause.ts';
import type { Ending } from './ending.ts';
import type { Observe } from './observe.ts';
import { PduReader } from './pdu-reader.ts';
import { Event, transition } from './state-machine.ts';
import type { Action, State } from './state-machine.ts';

/** The service-user above (PS3.8 §7): what it is told. It never throws on `ended` and `gone`. */
export interface UpperLayerUser {
  /** Asked to associate: answer with `accept` or `reject`, now or later. */
  associateIndication(request: AssociateRq): void;
  associateConfirmation(answer: AssociateAc): void;
  /** @returns whether the bytes were only borrowed */
  dataIndication(contextId: number, control: number, bytes: Buffer, endsPdv: boolean): boolean;
  /** The association is over; told once. */
  ended(ending: Ending): void;
  /** The socket is closed; told once, after `ended`. */
  gone(): void;
}

export interface UpperLayerOptions {
  readonly role: 'requestor' | 'acceptor';
  readonly user: UpperLayerUser;
  readonly maximumLengthBytes: number;
  readonly artimMs: number;
  readonly observe: Observe | null;
}

/** How long a peer may take to close after our A-ABORT, or to take our last bytes. */
const closingMs = 500;

const dataPduCause: Cause = { event: Event.DataPdu };
const dataRequestCause: Cause = { event: Event.DataRequest };

/** Rejected permanent, by the ACSE provider: protocol version not supported (PS3.8 Table 9-21). */
const versionNotSupported: AssociateRj = { result: 1, source: 2, reason: 2 };

/**
 * Drives one connected socket by the state machine of PS3.8 §9.2. Every path ends in a destroyed
 * socket: whatever waits for the peer in Sta2 or Sta13 waits under a timer.
 */
export class UpperLayer implements PduSink {
  readonly reader: PduReader;
  readonly #socket: Socket;
  readonly #options: UpperLayerOptions;
  #state: State = 'Sta1';
  #artim: NodeJS.Timeout | null = null;
  #ended = false;
  #error: Error | null = null;

  constructor(socket: Socket, options: UpperLayerOptions) {
    this.#socket = socket;
    this.#options = options;
    this.reader = new PduReader(socket, this, options.maximumLengthBytes);
    socket.setNoDelay(true);
    socket.on('error', (error) => (this.#error = error));
    socket.on('end', () => this.#transportClosed());
    socket.on('close', () => this.#gone());
    this.reader.start((thrown) => this.#unreadable(thrown));
  }

  get state(): State {
    return this.#state;
  }

  /** Reading waits for our own side, not for the peer to take what we sent. */
  get waitsForUs(): boolean {
    return this.reader.pausedBesides(this);
  }

  /** Waits for an A-ASSOCIATE-RQ, under the ARTIM timer. */
  awaitAssociate(): void {
    this.#step({ event: Event.TransportIndication });
  }

  /** Sends the A-ASSOCIATE-RQ; the socket is connected already. */
  associate(request: AssociateRq): void {
    this.#step({ event: Event.AssociateRequest });
    this.#step({ event: Event.TransportConnected, request });
  }

  accept(answer: AssociateAc): void {
    this.#step({ event: Event.AssociateResponseAccept, answer });
  }

  reject(rejection: AssociateRj): void {
    this.#step({ event: Event.AssociateResponseReject, rejection });
  }

  /** Whole P-DATA-TF PDUs. `sent` is called when the system has taken them, or with why it never will. */
  sendData(pdus: Buffer, sent: (error: Error | null) => void = nothing): void {
    if (!this.#step(dataRequestCause)) {
      sent(new Error('the association is over'));
      return;
    }
    this.#observePdu('pdu-sent', PduType.Data, pdus.length);
    this.#socket.write(pdus, (error) => sent(error ?? null));
  }

  /**
   * An answer of ours, whole. Nothing more is read until the system has taken it: a peer that asks
   * and asks and never reads the answers must not fill our memory.
   */
  sendAnswer(pdus: Buffer): void {
    this.sendData(pdus);
    if (this.#socket.writableNeedDrain) this.#pauseUntilDrained();
  }

  release(): void {
    this.#step({ event: Event.ReleaseRequest });
  }

  /** A-ABORT by the service-user, where there is somebody to tell; the socket ends in any case. */
  abort(): void {
    if (this.#step({ event: Event.AbortRequest })) return;
    // In Sta13 the last word is said and a timer runs; before an association there is nobody to tell.
    if (this.#state !== 'Sta13') this.#socket.destroy();
  }

  /** Gives up on a peer that doesn't answer: as `abort`, but it ends as timed out. */
  giveUp(): void {
    this.#end({ kind: 'timed-out' });
    this.abort();
  }

  /** PduSink: a whole PDU. */
  pdu(type: number, body: Buffer): void {
    this.#observePdu('pdu-received', type, body.length);
    this.#step(causeOf(type, body));
  }

  /** PduSink. */
  dataPdu(lengthBytes: number): void {
    this.#observePdu('pdu-received', PduType.Data, lengthBytes);
    this.#step(dataPduCause);
  }

  /** PduSink. */
  fragment(contextId: number, control: number, bytes: Buffer, endsPdv: boolean): void {
    if (this.#state !== 'Sta6' && this.#state !== 'Sta7') return;
    const borrowed = this.#options.user.dataIndication(contextId, control, bytes, endsPdv);
    if (!borrowed) this.reader.keepChunk();
  }

  /** Answers whether the standard has such an event in this state. */
  #step(cause: Cause): boolean {
    const found = transition(this.#state, cause.event);
    if (found === null) return false;
    const next = found.other !== undefined && this.#takesOther(cause) ? found.other : found.next;
    const before = this.#state;
    // First the state, then the action: an indication may answer at once.
    this.#state = next;
    if (before !== next) this.#options.observe?.({ kind: 'state', from: before, to: next });
    this.#actions[found.action](cause);
    return true;
  }

  /** AE-6 on the request's version, AR-8 on our role. */
  #takesOther({ request }: Cause): boolean {
    return request === undefined ? this.#options.role === 'acceptor' : !supportsOurVersion(request);
  }

  /** PS3.8 Tables 9-6 to 9-9. */
  readonly #actions: Readonly<Record<Action, (cause: Cause) => void>> = {
    // The socket came connected.
    'AE-1': nothing,
    'AE-2': ({ request }) => request && this.#send(PduType.AssociateRq, encodeAssociateRq(request)),
    'AE-3': ({ answer }) => answer && this.#options.user.associateConfirmation(answer),
    'AE-4': ({ rejection }) => rejection && this.#endAndClose({ kind: 'rejected', ...rejection }),
    'AE-5': () => this.#startArtim(this.#options.artimMs),
    'AE-6': ({ request }) => request && this.#considerRequest(request),
    'AE-7': ({ answer }) => answer && this.#send(PduType.AssociateAc, encodeAssociateAc(answer)),
    'AE-8': ({ rejection }) => rejection && this.#sendReject(rejection),
    // The data goes where it is, in `sendData` and `fragment`.
    'DT-1': nothing,
    'DT-2': nothing,
    'AR-1': () => this.#send(PduType.ReleaseRq, encodeReleaseRq()),
    'AR-2': () => this.#answerRelease(),
    'AR-3': () => this.#endAndClose({ kind: 'released', by: 'us' }),
    'AR-4': () => this.#sendLastReleaseRp(),
    'AR-5': () => this.#stopArtim(),
    'AR-6': nothing,
    'AR-7': nothing,
    'AR-8': () => this.#answerRelease(),
    'AR-9': () => this.#send(PduType.ReleaseRp, encodeReleaseRp()),
    'AR-10': () => this.#answerRelease(),
    'AA-1': (cause) => this.#sendAbort(cause),
    'AA-2': (cause) => this.#endAndDestroy(endingOf(cause)),
    'AA-3': (cause) => this.#endAndDestroy(endingOf(cause)),
    'AA-4': () => this.#endAndDestroy({ kind: 'closed', error: this.#error }),
    'AA-5': () => this.#endAndDestroy({ kind: 'closed', error: this.#error }),
    'AA-6': nothing,
    'AA-7': (cause) => this.#sendAbort(cause),
    'AA-8': (cause) => this.#sendAbort(cause),
  };

  #considerRequest(request: AssociateRq): void {
    this.#stopArtim();
    if (supportsOurVersion(request)) this.#options.user.associateIndication(request);
    else this.#sendReject(versionNotSupported);
  }

  #sendReject(rejection: AssociateRj): void {
    this.#send(PduType.AssociateRj, encodeAssociateRj(rejection));
    this.#startArtim(this.#options.artimMs);
    this.#end({ kind: 'rejected', ...rejection });
  }

  /**
   * No user of ours keeps an association that its peer has done with, so the response goes at once.
   * In Sta10 there is none to give before the peer's own: the state machine has no such cell.
   */
  #answerRelease(): void {
    this.#step({ event: Event.ReleaseResponse });
  }

  #sendLastReleaseRp(): void {
    this.#send(PduType.ReleaseRp, encodeReleaseRp());
    this.#startArtim(this.#options.artimMs);
    this.#end({ kind: 'released', by: 'peer' });
  }

  #sendAbort(cause: Cause): void {
    this.reader.drop();
    this.#observePdu('pdu-sent', PduType.Abort, 4);
    // Half-closed, so that the peer can read it before the socket goes.
    this.#socket.end(encodeAbort(abortOf(cause)));
    this.#startArtim(closingMs);
    this.#end(endingOf(cause));
  }

  #send(type: number, pdu: Buffer): void {
    this.#observePdu('pdu-sent', type, pdu.length - 6);
    this.#socket.write(pdu);
  }

  #unreadable(thrown: unknown): void {
    if (thrown instanceof PduError) {
      this.#step({ event: Event.InvalidPdu, error: thrown });
      return;
    }
    this.#options.observe?.({ kind: 'service-threw', bug: thrown });
    if (!this.#step({ event: Event.AbortRequest, bug: { thrown } })) this.#socket.destroy();
  }

  #pauseUntilDrained(): void {
    this.reader.pause(this);
    this.#socket.once('drain', () => this.reader.resume(this));
  }

  #transportClosed(): void {
    this.#step({ event: Event.TransportClosed });
    this.#socket.destroy();
  }

  #gone(): void {
    this.#step({ event: Event.TransportClosed });
    this.#stopArtim();
    this.#end({ kind: 'closed', error: this.#error });
    this.#options.user.gone();
  }

  #end(ending: Ending): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#options.user.ended(ending);
  }

  #endAndDestroy(ending: Ending): void {
    this.#stopArtim();
    this.#end(ending);
    this.#socket.destroy();
  }

  /** What was written goes out, if the peer takes it in time. */
  #endAndClose(ending: Ending): void {
    this.#end(ending);
    this.#startArtim(closingMs);
    this.#socket.destroySoon();
  }

  #startArtim(ms: number): void {
    this.#stopArtim();
    this.#artim = setTimeout(() => {
      if (!this.#step({ event: Event.ArtimExpired })) this.#socket.destroy();
    }, ms);
  }

  #stopArtim(): void {
    if (this.#artim !== null) clearTimeout(this.#artim);
    this.#artim = null;
  }

  #observePdu(kind: 'pdu-sent' | 'pdu-received', type: number, bytes: number): void {
    this.#options.observe?.({ kind, type, bytes });
  }
}

function nothing(): void {}
