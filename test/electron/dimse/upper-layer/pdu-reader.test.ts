import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { PduSink } from '../../../../electron/dimse/pdu/pdu-splitter.ts';
import { PduReader } from '../../../../electron/dimse/upper-layer/pdu-reader.ts';
import { encodeData } from '../../../support/raw-pdu.ts';

const maximumLength = 131_072;

interface Pair extends AsyncDisposable {
  readonly sender: Socket;
  readonly receiver: Socket;
}

/**
 * Two ends of a connection, of which the one reads only when a reader is there: only real sockets hand
 * over memory that is theirs to give.
 */
async function connected(): Promise<Pair> {
  const server = createServer({ pauseOnConnect: true }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const sender = connect({ host: '127.0.0.1', port: address.port });
  const [[receiver]] = await Promise.all([once(server, 'connection'), once(sender, 'connect')]);
  return {
    sender,
    receiver: receiver as Socket,
    async [Symbol.asyncDispose]() {
      sender.destroy();
      (receiver as Socket).destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Reads fragments; `take` gets the reader and each of them. */
function reading(socket: Socket, take: (reader: PduReader, bytes: Buffer) => void): void {
  const sink: PduSink = {
    pdu: () => {},
    dataPdu: () => {},
    fragment: (_contextId, _control, bytes) => take(reader, bytes),
  };
  const reader: PduReader = new PduReader(socket, sink, maximumLength);
  reader.start((thrown) => {
    throw thrown;
  });
  socket.resume();
}

function pdus(pixels: Buffer): Buffer {
  return Buffer.concat(encodeData(1, 'dataset', pixels, maximumLength));
}

describe('a reader of PDUs', () => {
  it('frees the memory of chunks that were only borrowed', async () => {
    await using pair = await connected();
    const pixels = Buffer.alloc(600_000, 5);
    const pieces: Buffer[] = [];
    let bytes = 0;
    reading(pair.receiver, (_reader, piece) => {
      pieces.push(piece);
      bytes += piece.length;
    });

    pair.sender.write(pdus(pixels));

    await expect.poll(() => bytes).toBe(pixels.length);
    // What is freed has no length any more; what is too small to bother is left as it was.
    const freed = pieces.filter((piece) => piece.buffer.byteLength === 0);
    expect(freed.length).toBeGreaterThan(0);
    expect(pieces.every((piece) => piece.length === 0 || piece.buffer.byteLength < 16 * 1024)).toBe(true);
  });

  it('leaves chunks alone that somebody keeps', async () => {
    await using pair = await connected();
    const pixels = Buffer.from(Uint8Array.from({ length: 600_000 }, (_, at) => (at * 31) & 0xff));
    const kept: Buffer[] = [];
    reading(pair.receiver, (reader, piece) => {
      kept.push(piece);
      reader.keepChunk();
    });

    pair.sender.write(pdus(pixels));

    await expect.poll(() => kept.reduce((sum, { length }) => sum + length, 0)).toBe(pixels.length);
    expect(Buffer.concat(kept).equals(pixels)).toBe(true);
  });

  it('keeps a chunk until the rest of it is cut as well, when it is paused in between', async () => {
    await using pair = await connected();
    const pixels = Buffer.from(Uint8Array.from({ length: 400_000 }, (_, at) => (at * 7) & 0xff));
    const copies: Buffer[] = [];
    const party = {};
    reading(pair.receiver, (reader, piece) => {
      copies.push(Buffer.from(piece));
      reader.pause(party);
      setImmediate(() => reader.resume(party));
    });

    pair.sender.write(pdus(pixels));

    await expect.poll(() => copies.reduce((sum, { length }) => sum + length, 0)).toBe(pixels.length);
    expect(Buffer.concat(copies).equals(pixels)).toBe(true);
  });

  it('lets others have their turn, however much has come', async () => {
    // A socket with six chunks that its system hands over without a pause.
    const socket = new Readable({ read: () => {} });
    for (let chunk = 0; chunk < 6; chunk += 1) socket.push(pdus(Buffer.alloc(10_000)));
    const turns: number[] = [];
    let bytes = 0;
    const timer = setInterval(() => turns.push(bytes), 1);

    reading(socket as Socket, (_reader, piece) => {
      bytes += piece.length;
      const until = performance.now() + 15;
      while (performance.now() < until);
    });
    await expect.poll(() => bytes).toBe(60_000);
    clearInterval(timer);

    expect(turns.some((seen) => seen > 0 && seen < 60_000)).toBe(true);
  });
});
