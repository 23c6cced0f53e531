import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { RawConnection, type RawMessage } from './raw-connection.ts';
import {
  decodeAssociate,
  encodeAssociate,
  encodePdu,
  PduType,
  type RawAssociate,
  type RawCommand,
  type RawContext,
} from './raw-pdu.ts';

export interface ScriptedScpOptions {
  /** What it accepts, and in what: by default every context in its first syntax. */
  readonly accept?: (context: RawContext) => { result: number; transferSyntaxUid: string };
  /** Called for each message; the script goes on reading when it has ended. */
  readonly onMessage: (message: RawMessage, conversation: Conversation) => Promise<void> | void;
  /** Called with the type of the PDU that ends an association, 0 for none, before it is answered. */
  readonly onEnding?: (pduType: number) => void;
}

export interface Conversation {
  readonly requested: RawAssociate;
  readonly connection: RawConnection;
  /** Answers the message with these command elements besides the ones that every response has. */
  readonly respond: (message: RawMessage, fields: RawCommand, dataset?: Buffer) => Promise<void>;
}

export interface ScriptedScp extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
}

/** An SCP that does what the test says, on its own bytes. */
export async function startScriptedScp(options: ScriptedScpOptions): Promise<ScriptedScp> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    void converse(new RawConnection(socket), options);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    host: '127.0.0.1',
    port: address.port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function converse(connection: RawConnection, options: ScriptedScpOptions): Promise<void> {
  const request = await connection.pdu();
  if (request?.type !== PduType.AssociateRq) return void connection.socket.destroy();
  const requested = decodeAssociate(request.body);
  const contexts = requested.contexts.map((context) => {
    const first = { result: 0, transferSyntaxUid: context.transferSyntaxUids[0] ?? '' };
    const { result, transferSyntaxUid } = options.accept?.(context) ?? first;
    return { ...context, result, transferSyntaxUids: [transferSyntaxUid] };
  });
  await connection.write(
    encodeAssociate(PduType.AssociateAc, { ...requested, contexts, maximumLength: 131_072 }),
  );
  const conversation: Conversation = {
    requested,
    connection,
    respond: (message, fields, dataset) =>
      connection.send(message.contextId, responseTo(message, fields, dataset), requested.maximumLength),
  };
  for (let message = await connection.message(); message !== null; message = await connection.message()) {
    await options.onMessage(message, conversation);
  }
  options.onEnding?.(connection.last?.type ?? 0);
  if (connection.last?.type === PduType.ReleaseRq) {
    await connection.write(encodePdu(PduType.ReleaseRp, Buffer.alloc(4)));
  }
  connection.socket.end();
}

function responseTo(
  { command }: RawMessage,
  fields: RawCommand,
  dataset: Buffer | undefined,
): { command: RawCommand; dataset?: Buffer } {
  const response = {
    0x0002: command[0x0002] ?? '',
    0x0100: Number(command[0x0100]) | 0x8000,
    0x0120: command[0x0110] ?? 0,
    0x0800: dataset === undefined ? 0x0101 : 0x0001,
    0x0900: 0,
    ...fields,
  };
  return dataset === undefined ? { command: response } : { command: response, dataset };
}
