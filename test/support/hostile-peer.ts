import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { setTimeout as elapse } from 'node:timers/promises';
import { deferred } from '../../electron/dimse/association/deferred.ts';
import { golden } from './golden-pdus.ts';
import { RawConnection, type RawMessage, type RawPdu } from './raw-connection.ts';
import {
  decodeAssociate,
  decodeCommand,
  encodeAssociate,
  encodeCommand,
  encodeData,
  encodePdu,
  PduType,
  type RawAssociate,
  type RawCommand,
} from './raw-pdu.ts';

/** One way to behave, for each connection; what happens behind it is the same for all of them. */
export type Behaviour = (peer: RawConnection, letGo: Promise<void>) => Promise<void>;

export interface HostilePeer extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  /** How many connections are open now. */
  readonly open: number;
  /** The types of the PDUs that were heard after the behaviour had ended, over all connections. */
  readonly heard: readonly number[];
  /** Ends the waiting of a behaviour that waits for ever. */
  letGo(): void;
}

/**
 * A peer that behaves so on every connection. Behind it, it reads what still comes, answers an
 * A-RELEASE-RQ, and never closes first: whoever called has to.
 */
export async function startHostilePeer(behave: Behaviour): Promise<HostilePeer> {
  const sockets = new Set<Socket>();
  const heard: number[] = [];
  const patience = deferred<void>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    void live(new RawConnection(socket), behave, { heard, letGo: patience.promise });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    host: '127.0.0.1',
    port: address.port,
    heard,
    letGo: patience.resolve,
    get open() {
      return sockets.size;
    },
    async [Symbol.asyncDispose]() {
      patience.resolve();
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function live(
  peer: RawConnection,
  behave: Behaviour,
  { heard, letGo }: { heard: number[]; letGo: Promise<void> },
): Promise<void> {
  await behave(peer, letGo);
  for (let pdu = await peer.pdu(); pdu !== null; pdu = await peer.pdu()) {
    heard.push(pdu.type);
    if (pdu.type === PduType.ReleaseRq) await peer.write(golden.releaseRp);
  }
  peer.socket.destroy();
}

export interface Acceptance {
  readonly maximumLength?: number;
  /** The contexts of the A-ASSOCIATE-AC, from those of the request. */
  readonly contexts?: (proposed: RawAssociate['contexts']) => RawAssociate['contexts'];
}

/** The A-ASSOCIATE-AC to the request that comes. */
async function answerTo(peer: RawConnection, acceptance: Acceptance = {}): Promise<Buffer> {
  const { maximumLength = 16_384, contexts = (proposed) => proposed } = acceptance;
  const request = await peer.pdu();
  if (request?.type !== PduType.AssociateRq) throw new Error(`asked with PDU type ${request?.type}`);
  const requested = decodeAssociate(request.body);
  const answered = contexts(requested.contexts.map((context) => ({ ...context, result: 0 })));
  return encodeAssociate(PduType.AssociateAc, { ...requested, contexts: answered, maximumLength });
}

/** Accepts what is asked for, and reads the first request. */
async function heardRequest(peer: RawConnection, acceptance?: Acceptance): Promise<RawMessage> {
  await peer.write(await answerTo(peer, acceptance));
  const message = await peer.message();
  if (message === null) throw new Error('no request came');
  return message;
}

/** A response to it: success unless the fields say otherwise. */
function responseTo(
  message: RawMessage,
  fields: RawCommand = {},
  { dataset, contextId = message.contextId }: { dataset?: Buffer; contextId?: number } = {},
): Buffer {
  const command = encodeCommand({
    0x0002: message.command[0x0002] ?? message.command[0x0003] ?? '',
    0x0100: Number(message.command[0x0100]) | 0x8000,
    0x0120: message.command[0x0110] ?? 0,
    0x0800: dataset === undefined ? 0x0101 : 1,
    0x0900: 0,
    ...fields,
  });
  const parts = encodeData(contextId, 'command', command, 16_384);
  if (dataset !== undefined) parts.push(...encodeData(contextId, 'dataset', dataset, 16_384));
  return Buffer.concat(parts);
}

/** Patient's name of nobody, in the encodings of both. */
const identifier = Buffer.from('10001000504e04005e582020', 'hex');
const pending = 0xff00;

const counters = (remaining: number, completed: number): RawCommand => ({
  0x1020: remaining,
  0x1021: completed,
  0x1022: 0,
  0x1023: 0,
});

async function writeUntilClosed(peer: RawConnection, bytes: Buffer): Promise<void> {
  // Nothing that is heard in between may fill up.
  peer.socket.resume();
  while (!peer.socket.destroyed) {
    await peer.write(bytes);
    await elapse(0);
  }
}

async function drip(peer: RawConnection, bytes: Buffer, everyMs: number): Promise<void> {
  for (const byte of bytes) {
    if (peer.socket.destroyed) return;
    peer.socket.write(Buffer.from([byte]));
    await elapse(everyMs);
  }
}

/** After its answer to the association, instead of anything a request is answered with. */
function saying(bytes: (message: RawMessage) => Buffer): Behaviour {
  return async (peer) => {
    const message = await heardRequest(peer);
    await peer.write(bytes(message));
  };
}

/** Instead of an answer to the association. */
function answering(bytes: Buffer, after: (socket: Socket) => void = () => {}): Behaviour {
  return async (peer) => {
    await peer.pdu();
    await peer.write(bytes);
    after(peer.socket);
  };
}

const reset = (socket: Socket): void => void socket.resetAndDestroy();
const close = (socket: Socket): void => void socket.end();

/** What it does to a P-DATA-TF PDU of one PDV: its lengths, by big-endian numbers. */
function withLengths(pdu: Buffer, lengths: { pdu?: number; pdv?: number }): Buffer {
  const copy = Buffer.from(pdu);
  if (lengths.pdu !== undefined) copy.writeUInt32BE(lengths.pdu >>> 0, 2);
  if (lengths.pdv !== undefined) copy.writeUInt32BE(lengths.pdv >>> 0, 6);
  return copy;
}

const garbage = Buffer.from('what is this? certainly not a protocol data unit');
const http = Buffer.from('HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\n\r\n<html></html>');

/** In place of an answer to the A-ASSOCIATE-RQ. */
export const atAssociation = {
  'says nothing at all': async (_, letGo) => letGo,
  'answers nothing to the request': async (peer) => void (await peer.pdu()),
  'resets when it is asked': answering(Buffer.alloc(0), reset),
  'closes when it is asked': answering(Buffer.alloc(0), close),
  'answers in garbage': answering(garbage),
  'answers in HTTP': answering(http),
  'answers in an endless stream of garbage': async (peer) => {
    await peer.pdu();
    await writeUntilClosed(peer, Buffer.alloc(65_536, 0x41));
  },
  'announces an answer of four gigabytes': answering(Buffer.from('0200ffffffff0001', 'hex')),
  'announces data of four gigabytes': answering(Buffer.from('0400ffffffff0001', 'hex')),
  'resets inside its answer': answering(golden.associateAc.subarray(0, 100), reset),
  'closes inside its answer': answering(golden.associateAc.subarray(0, 100), close),
  'stops inside its answer': answering(golden.associateAc.subarray(0, 100)),
  'answers a byte at a time, too slowly': async (peer) => {
    await drip(peer, await answerTo(peer), 20);
  },
  'answers with a request': answering(golden.associateRq),
  'answers with data': answering(golden.echoRsp),
  'answers with a release': answering(golden.releaseRq),
  'answers with an item that is longer than the answer': async (peer) => {
    const answer = await answerTo(peer);
    answer.writeUInt16BE(0xffff, 6 + 68 + 2);
    await peer.write(answer);
  },
  rejects: answering(golden.associateRj),
  'aborts, as its user': answering(golden.abort),
  'aborts, as its provider': answering(Buffer.from('07000000000400000206', 'hex')),
  'accepts one context twice': async (peer) => {
    await peer.write(await answerTo(peer, { contexts: (all) => [...all, all[0]!] }));
  },
  'sets a Maximum Length of 1': maximumLength(1),
  'sets a Maximum Length of 6': maximumLength(6),
  'sets a Maximum Length of 7': maximumLength(7),
  'sets a Maximum Length of 16': maximumLength(16),
  'sets a Maximum Length of 100': maximumLength(100),
} as const satisfies Readonly<Record<string, Behaviour>>;

/** It associates, and nothing can be asked of it. */
export const atNegotiation = {
  'refuses every context': accepting({ contexts: (all) => all.map((one) => ({ ...one, result: 3 })) }),
  'answers no context': accepting({ contexts: () => [] }),
  'accepts what was not proposed': accepting({
    contexts: (all) => all.map((one) => ({ ...one, id: one.id + 100 })),
  }),
  'accepts in a transfer syntax that was not proposed': accepting({
    contexts: (all) => all.map((one) => ({ ...one, transferSyntaxUids: ['1.2.840.10008.1.2.4.50'] })),
  }),
} as const satisfies Readonly<Record<string, Behaviour>>;

/** Once it has a request, or while that comes. */
export const atRequest = {
  'accepts twice': async (peer) => {
    const answer = await answerTo(peer);
    await peer.write(Buffer.concat([answer, answer]));
  },
  'accepts, then rejects': async (peer) => {
    await peer.write(Buffer.concat([await answerTo(peer), golden.associateRj]));
  },
  'aborts as soon as it has accepted': async (peer) => {
    await peer.write(Buffer.concat([await answerTo(peer), golden.abort]));
  },
  'reads nothing any more': async (peer, letGo) => {
    await peer.write(await answerTo(peer));
    await letGo;
  },
  'says nothing any more': async (peer) => void (await heardRequest(peer)),
  aborts: saying(() => golden.abort),
  resets: async (peer) => {
    await heardRequest(peer);
    reset(peer.socket);
  },
  closes: async (peer) => {
    await heardRequest(peer);
    close(peer.socket);
  },
  releases: saying(() => golden.releaseRq),
  'answers a release that nobody asked for': saying(() => golden.releaseRp),
  'asks for an association itself': saying(() => golden.associateRq),
  'asks for an echo itself': saying((message) => withContext(golden.echoRq, message.contextId)),
  'sends an unknown PDU': saying(() => encodePdu(0x42, Buffer.from('?'))),
  'answers in garbage': saying(() => garbage),
  'answers in HTTP': saying(() => http),
  'announces data of four gigabytes': saying(() => Buffer.from('0400ffffffff0000', 'hex')),
  'announces an empty PDU': saying((message) => withLengths(responseTo(message), { pdu: 0 })),
  'announces a PDV of no length': saying((message) => withLengths(responseTo(message), { pdv: 0 })),
  'announces a PDV of one byte': saying((message) => withLengths(responseTo(message), { pdv: 1 })),
  'announces a PDV of a negative length': saying((message) => withLengths(responseTo(message), { pdv: -2 })),
  'announces a PDV beyond its PDU': saying((message) => withLengths(responseTo(message), { pdv: 5_000 })),
  'resets inside a PDU': async (peer) => {
    await peer.write(responseTo(await heardRequest(peer)).subarray(0, 30));
    reset(peer.socket);
  },
  'closes inside a PDU': async (peer) => {
    await peer.write(responseTo(await heardRequest(peer)).subarray(0, 30));
    close(peer.socket);
  },
  'aborts inside a message': saying((message) => Buffer.concat([unended(responseTo(message)), golden.abort])),
  'stops inside a PDU': saying((message) => responseTo(message).subarray(0, 30)),
  'answers a byte at a time, too slowly': async (peer) => {
    await drip(peer, responseTo(await heardRequest(peer)), 20);
  },
  'answers to another Message ID': saying((message) => responseTo(message, { 0x120: 4_711 })),
  'answers to no Message ID': saying((message) => {
    const { 0x110: _, ...command } = message.command;
    return responseTo({ ...message, command }, { 0x120: '' });
  }),
  'answers on a context that was not accepted': saying((message) =>
    responseTo(message, {}, { contextId: 253 }),
  ),
  'answers on another context': saying((message) =>
    responseTo(message, {}, { contextId: message.contextId === 1 ? 3 : 1 }),
  ),
  'answers another command': saying((message) =>
    responseTo(message, { 0x100: message.command[0x100] === 0x30 ? 0x8021 : 0x8030 }),
  ),
  'answers without a status': saying((message) => responseTo(message, { 0x900: '' })),
  'answers with half an element': saying((message) =>
    Buffer.concat(encodeData(message.contextId, 'command', Buffer.from('00000001', 'hex'), 16_384)),
  ),
  'answers with a command without end': async (peer) => {
    const message = await heardRequest(peer);
    await writeUntilClosed(peer, unended(responseTo(message)));
  },
  'never ends its command': saying((message) => unended(responseTo(message))),
  'sends a data set before its command': saying((message) =>
    Buffer.concat(encodeData(message.contextId, 'dataset', identifier, 16_384)),
  ),
  'promises a data set that never comes': saying((message) => responseTo(message, { 0x800: 1 })),
  'sends a data set without end': async (peer) => {
    const message = await heardRequest(peer);
    await peer.write(responseTo(message, { 0x800: 1 }));
    const [piece] = encodeData(message.contextId, 'dataset', Buffer.alloc(16_000), 16_384);
    await writeUntilClosed(peer, unended(piece!));
  },
  'answers pending for ever': async (peer) => {
    const message = await heardRequest(peer);
    await writeUntilClosed(
      peer,
      responseTo(message, { 0x900: pending, ...counters(9, 1) }, { dataset: identifier }),
    );
  },
  'answers pending for ever, whatever is cancelled': async (peer) => {
    const message = await heardRequest(peer);
    const answer = responseTo(message, { 0x900: pending, ...counters(9, 1) }, { dataset: identifier });
    while (!peer.socket.destroyed) {
      await peer.write(answer);
      await elapse(10);
    }
  },
} as const satisfies Readonly<Record<string, Behaviour>>;

/** Rude, and yet what was asked for gets done. */
export const harmless = {
  'sets no Maximum Length': accepting({ maximumLength: 0 }),
  'sets a Maximum Length of 1,024': accepting({ maximumLength: 1_024 }),
  'sets a Maximum Length of 4,294,967,295': accepting({ maximumLength: 0xffffffff }),
  'answers before it has the whole request': async (peer) => {
    await peer.write(await answerTo(peer));
    const first = await peer.pdu();
    await peer.write(responseTo(commandIn(first!)));
  },
  'answers in PDUs of one byte': saying((message) => {
    const whole = responseTo(message);
    const [head, body] = [whole.subarray(0, 12), whole.subarray(12)];
    return Buffer.concat(
      [...body].map((byte, index) => {
        const pdu = encodePdu(4, Buffer.from([0, 0, 0, 3, head[10]!, 1, byte]));
        if (index === body.length - 1) pdu[11] = 3;
        return pdu;
      }),
    );
  }),
  'answers twice': saying((message) => Buffer.concat([responseTo(message), responseTo(message)])),
  'answers pending after its final answer': saying((message) =>
    Buffer.concat([
      responseTo(message),
      ...Array.from({ length: 50 }, () => responseTo(message, { 0x900: pending, ...counters(1, 1) })),
    ]),
  ),
  'counts what can not be': saying((message) => responseTo(message, counters(0xffff, 0xfffe))),
  'releases right behind its answer': saying((message) =>
    Buffer.concat([responseTo(message), golden.releaseRq]),
  ),
  'closes right behind its answer': async (peer) => {
    await peer.write(responseTo(await heardRequest(peer)));
    close(peer.socket);
  },
  'releases when we release': async (peer) => {
    await peer.write(responseTo(await heardRequest(peer)));
    await peer.pdu();
    await peer.write(golden.releaseRq);
    await peer.pdu();
    await peer.write(golden.releaseRp);
  },
  'answers no release': async (peer, letGo) => {
    await peer.write(responseTo(await heardRequest(peer)));
    await letGo;
  },
  'floods us when we release': async (peer) => {
    const message = await heardRequest(peer);
    await peer.write(responseTo(message));
    await peer.pdu();
    await writeUntilClosed(peer, responseTo(message));
  },
} as const satisfies Readonly<Record<string, Behaviour>>;

function maximumLength(bytes: number): Behaviour {
  return async (peer) => peer.write(await answerTo(peer, { maximumLength: bytes }));
}

/** Associates so, and answers the first request with success. */
function accepting(acceptance: Acceptance): Behaviour {
  return async (peer) => {
    await peer.write(await answerTo(peer, acceptance));
    const message = await peer.message();
    if (message !== null) await peer.write(responseTo(message));
    else if (peer.last?.type === PduType.ReleaseRq) await peer.write(golden.releaseRp);
  };
}

/** The message whose command set is all in the first PDU. */
function commandIn({ body }: RawPdu): RawMessage {
  return { contextId: body[4]!, command: decodeCommand(body.subarray(6)), dataset: null };
}

/** Its one PDV is not the last of its kind. */
function unended(pdu: Buffer): Buffer {
  const copy = Buffer.from(pdu);
  copy[11] = copy[11]! & 1;
  return copy;
}

function withContext(pdu: Buffer, contextId: number): Buffer {
  const copy = Buffer.from(pdu);
  copy[10] = contextId;
  return copy;
}
