import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { deferred } from '../../electron/dimse/association/deferred.ts';
import { RawConnection, type RawPdu } from './raw-connection.ts';
import { decodeAssociate, encodeAssociate, PduType, type RawAssociate } from './raw-pdu.ts';

export interface ScriptedPeer extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  /** How many connections are open now. */
  readonly open: number;
  /** Settles when the script of the first connection has ended; rejects with what it threw. */
  readonly played: Promise<void>;
  /** What came after the scripts had ended. */
  readonly after: readonly RawPdu[];
}

/**
 * A peer that says these bytes, expects those, and hangs up: it plays the script for each connection,
 * then says nothing more and listens until the other side closes.
 */
export async function scriptedPeer(script: (peer: RawConnection) => Promise<void>): Promise<ScriptedPeer> {
  const sockets = new Set<Socket>();
  const after: RawPdu[] = [];
  const first = deferred<void>();
  first.promise.catch(() => {});
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    const connection = new RawConnection(socket);
    const outcome = script(connection);
    outcome.then(first.resolve, first.reject);
    void listenOn(connection, outcome, after);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    host: '127.0.0.1',
    port: address.port,
    played: first.promise,
    after,
    get open() {
      return sockets.size;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function listenOn(peer: RawConnection, script: Promise<void>, after: RawPdu[]): Promise<void> {
  await script.catch(() => {});
  for (let pdu = await peer.pdu(); pdu !== null; pdu = await peer.pdu()) after.push(pdu);
  peer.socket.destroy();
}

export interface AcceptOptions {
  readonly maximumLength?: number;
  /** Result of PS3.8 Table 9-18 for every context; 0 unless given. */
  readonly result?: number;
}

/** Reads the A-ASSOCIATE-RQ and accepts each context in its first transfer syntax. */
export async function acceptAssociation(
  peer: RawConnection,
  { maximumLength = 16_384, result = 0 }: AcceptOptions = {},
): Promise<RawAssociate> {
  const request = await peer.pdu();
  if (request?.type !== PduType.AssociateRq) throw new Error(`asked with PDU type ${request?.type}`);
  const requested = decodeAssociate(request.body);
  const contexts = requested.contexts.map((context) => ({ ...context, result }));
  await peer.write(encodeAssociate(PduType.AssociateAc, { ...requested, contexts, maximumLength }));
  return requested;
}
