import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import {
  decodeAssociate,
  decodeCommand,
  encodeAssociate,
  encodeCommand,
  encodeData,
  PduType,
  type RawAssociate,
  type RawCommand,
} from './raw-pdu.ts';

export interface RawMessage {
  readonly contextId: number;
  readonly command: RawCommand;
  readonly dataset: Buffer | null;
}

export interface RawPdu {
  readonly type: number;
  readonly body: Buffer;
}

/** A socket that PDUs are read from one after another. Whole PDUs in memory: for tests only. */
export class RawConnection {
  readonly socket: Socket;
  readonly #pdus: AsyncGenerator<RawPdu, void, undefined>;

  constructor(socket: Socket) {
    this.socket = socket;
    socket.setNoDelay(true);
    socket.on('error', () => {});
    this.#pdus = readPdus(socket);
  }

  /** The next PDU; null when the peer has closed. */
  async pdu(): Promise<RawPdu | null> {
    const next = await this.#pdus.next();
    return next.done === true ? null : next.value;
  }

  /** The next whole message; null when anything but P-DATA comes. `last` then holds what came. */
  async message(): Promise<RawMessage | null> {
    const command: Buffer[] = [];
    const dataset: Buffer[] = [];
    for (;;) {
      const pdu = await this.pdu();
      this.last = pdu;
      if (pdu?.type !== PduType.Data) return null;
      for (const { contextId, control, body } of valuesOf(pdu.body)) {
        (control & 1 ? command : dataset).push(body);
        if ((control & 2) === 0) continue;
        const decoded = decodeCommand(Buffer.concat(command));
        const isOver = (control & 1) === 0 || decoded[0x800] === 0x0101;
        if (!isOver) continue;
        return {
          contextId,
          command: decoded,
          dataset: dataset.length > 0 ? Buffer.concat(dataset) : null,
        };
      }
    }
  }

  last: RawPdu | null = null;

  /** Writes and waits for room. */
  async write(bytes: Uint8Array): Promise<void> {
    if (this.socket.write(bytes) || this.socket.destroyed) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        this.socket.off('drain', done).off('close', done);
        resolve();
      };
      this.socket.on('drain', done).on('close', done);
    });
  }

  async send(
    contextId: number,
    message: { command: RawCommand; dataset?: Buffer },
    maximumLength: number,
  ): Promise<void> {
    const parts = encodeData(contextId, 'command', encodeCommand(message.command), maximumLength);
    if (message.dataset !== undefined) {
      parts.push(...encodeData(contextId, 'dataset', message.dataset, maximumLength));
    }
    await this.write(Buffer.concat(parts));
  }
}

/** Associates as a requestor would. @throws when it is not accepted */
export async function rawAssociate(
  place: { host: string; port: number },
  associate: RawAssociate,
): Promise<{ connection: RawConnection; accepted: RawAssociate }> {
  const socket = connect(place);
  await once(socket, 'connect');
  const connection = new RawConnection(socket);
  await connection.write(encodeAssociate(PduType.AssociateRq, associate));
  const answer = await connection.pdu();
  if (answer?.type !== PduType.AssociateAc)
    throw new Error(`not accepted: PDU type ${answer?.type ?? 'none'}`);
  return { connection, accepted: decodeAssociate(answer.body) };
}

interface DataValue {
  readonly contextId: number;
  readonly control: number;
  readonly body: Buffer;
}

function* valuesOf(body: Buffer): Generator<DataValue> {
  for (let at = 0; at + 6 <= body.length;) {
    const length = body.readUInt32BE(at);
    yield { contextId: body[at + 4]!, control: body[at + 5]!, body: body.subarray(at + 6, at + 4 + length) };
    at += 4 + length;
  }
}

async function* readPdus(socket: Socket): AsyncGenerator<RawPdu, void, undefined> {
  let held: Buffer[] = [];
  let size = 0;
  let wanted = 6;
  try {
    for await (const chunk of socket) {
      held.push(chunk);
      size += chunk.length;
      while (size >= wanted) {
        const all = held.length === 1 ? held[0]! : Buffer.concat(held);
        wanted = 6 + all.readUInt32BE(2);
        held = [all];
        if (size < wanted) break;
        yield { type: all[0]!, body: all.subarray(6, wanted) };
        held = [all.subarray(wanted)];
        size -= wanted;
        wanted = 6;
      }
    }
  } catch {
    // Reset by the peer: to a script that is an end like any other.
  }
}
