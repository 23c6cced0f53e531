import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { RawConnection, type RawMessage } from './raw-connection.ts';
import { decodeAssociate, encodeAssociate, encodePdu, PduType, type RawAssociate } from './raw-pdu.ts';

/** How an association is met: as it should be, or a result, source and reason of PS3.8 Table 9-21, or worse. */
export type Welcome =
  | { readonly kind: 'accept'; readonly refusedSopClassUid?: string }
  | { readonly kind: 'reject'; readonly words: readonly [result: number, source: number, reason: number] }
  | { readonly kind: 'abort' | 'hang-up' | 'garbage' | 'silence' };

/** What an object is met with. `then-abort`: after its answer. */
export type Treatment =
  | { readonly kind: 'answer' | 'answer-then-abort' | 'answer-then-hang-up'; readonly status: number }
  | { readonly kind: 'abort' | 'hang-up' | 'garbage' | 'wrong-message-id' | 'silence' };

export interface TreacherousScpOptions {
  /** `index`: of the association, from 0; `open`: how many there are besides. */
  readonly welcome?: (index: number, open: number) => Welcome;
  /** `index`: of the object, from 0, by when it came. */
  readonly treat?: (index: number, sopInstanceUid: string) => Promise<Treatment> | Treatment;
}

export interface TreacherousScp extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  readonly aeTitle: string;
  /** Associations asked for so far. */
  readonly asked: number;
  /** The calling AE title of each. */
  readonly callers: readonly string[];
  /** The most that were accepted at once. */
  readonly mostAtOnce: number;
  /** Sockets that are open now. */
  readonly sockets: number;
  /** Each object that came whole, and the status it was answered with; `null`: none. */
  readonly received: readonly { readonly sopInstanceUid: string; readonly status: number | null }[];
}

/** A storage SCP that does its worst, association by association and object by object. */
export async function startTreacherousScp(options: TreacherousScpOptions): Promise<TreacherousScp> {
  const sockets = new Set<Socket>();
  const state = { asked: 0, open: 0, mostAtOnce: 0, objects: 0 };
  const callers: string[] = [];
  const received: { sopInstanceUid: string; status: number | null }[] = [];

  async function converse(connection: RawConnection): Promise<void> {
    const request = await connection.pdu();
    if (request?.type !== PduType.AssociateRq) return;
    const index = state.asked;
    state.asked += 1;
    const requested = decodeAssociate(request.body);
    callers.push(requested.callingAeTitle);
    const welcome = options.welcome?.(index, state.open) ?? { kind: 'accept' };
    if (!(await greet(connection, requested, welcome))) return;
    state.open += 1;
    state.mostAtOnce = Math.max(state.mostAtOnce, state.open);
    try {
      while (await take(connection)) continue;
      if (connection.last?.type !== PduType.ReleaseRq) return;
    } finally {
      state.open -= 1;
    }
    await connection.write(encodePdu(PduType.ReleaseRp, Buffer.alloc(4)));
  }

  /** Whether the association goes on. */
  async function take(connection: RawConnection): Promise<boolean> {
    const message = await connection.message();
    if (message === null) return false;
    const sopInstanceUid = String(message.command[0x1000]);
    const index = state.objects;
    state.objects += 1;
    const entry = { sopInstanceUid, status: null as number | null };
    received.push(entry);
    const treatment = (await options.treat?.(index, sopInstanceUid)) ?? { kind: 'answer', status: 0 };
    if ('status' in treatment) entry.status = treatment.status;
    return await meet(connection, message, treatment);
  }

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    const connection = new RawConnection(socket);
    void converse(connection).then(() => leave(connection));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    host: '127.0.0.1',
    port: address.port,
    aeTitle: 'TREACHEROUS',
    callers,
    received,
    get asked() {
      return state.asked;
    },
    get mostAtOnce() {
      return state.mostAtOnce;
    },
    get sockets() {
      return sockets.size;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Reads on to the end: to close on unread bytes would be a reset, which takes the last answer with it. */
async function leave(connection: RawConnection): Promise<void> {
  connection.socket.end();
  while ((await connection.pdu()) !== null) continue;
}

const abortPdu = encodePdu(PduType.Abort, Buffer.from([0, 0, 2, 0]));
const garbage = Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n', 'latin1');

/** Whether it was accepted. */
async function greet(connection: RawConnection, requested: RawAssociate, welcome: Welcome): Promise<boolean> {
  switch (welcome.kind) {
    case 'accept': {
      const contexts = requested.contexts.map((context) => ({
        ...context,
        result: context.abstractSyntaxUid === welcome.refusedSopClassUid ? 3 : 0,
      }));
      const answer = { ...requested, contexts, maximumLength: 131_072 };
      await connection.write(encodeAssociate(PduType.AssociateAc, answer));
      return true;
    }
    case 'reject':
      await connection.write(encodePdu(PduType.AssociateRj, Buffer.from([0, ...welcome.words])));
      return false;
    case 'abort':
      await connection.write(abortPdu);
      return false;
    case 'garbage':
      await connection.write(garbage);
      return false;
    case 'silence':
      await connection.pdu();
      return false;
    case 'hang-up':
      return false;
  }
}

/** Whether the association goes on. */
async function meet(
  connection: RawConnection,
  { contextId, command }: RawMessage,
  treatment: Treatment,
): Promise<boolean> {
  const answer = async (status: number, messageId = Number(command[0x0110])): Promise<void> => {
    const elements = {
      0x0002: String(command[0x0002]),
      0x0100: 0x8001,
      0x0120: messageId,
      0x0800: 0x0101,
      0x0900: status,
      0x1000: String(command[0x1000]),
    };
    await connection.send(contextId, { command: elements }, 16_384);
  };
  switch (treatment.kind) {
    case 'answer':
      await answer(treatment.status);
      return true;
    case 'answer-then-abort':
      await answer(treatment.status);
      await connection.write(abortPdu);
      return false;
    case 'answer-then-hang-up':
      await answer(treatment.status);
      return false;
    case 'wrong-message-id':
      await answer(0, Number(command[0x0110]) + 1000);
      return true;
    case 'abort':
      await connection.write(abortPdu);
      return false;
    case 'garbage':
      await connection.write(garbage);
      return false;
    case 'silence':
      await connection.pdu();
      return false;
    case 'hang-up':
      return false;
  }
}
