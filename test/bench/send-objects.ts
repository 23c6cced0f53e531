import { rawAssociate, type RawConnection } from '../support/raw-connection.ts';
import { encodePdu, PduType } from '../support/raw-pdu.ts';
import { sopClassOf, storePdus, type BenchObject } from './bench-object.ts';

/** What to send, and where. */
export interface Sending {
  readonly port: number;
  readonly object: BenchObject;
  readonly count: number;
  /** Sent before the clock is started. */
  readonly warmUp: number;
  readonly associations: number;
  /** The clock is started. */
  readonly onBegin: () => void;
}

/**
 * Sends ready-made objects on one or several associations, on each one after another, each when the last
 * is answered.
 *
 * @returns milliseconds from the first byte of the first request to the last response
 * @throws when a response is no success
 */
export async function sendObjects(sending: Sending): Promise<number> {
  const lines = await Promise.all(
    Array.from({ length: sending.associations }, (_, number) => openLine(sending, number)),
  );
  await Promise.all(lines.map(({ connection, warmUp }) => sendAll(connection, warmUp)));
  sending.onBegin();
  const began = performance.now();
  await Promise.all(lines.map(({ connection, objects }) => sendAll(connection, objects)));
  const took = performance.now() - began;
  await Promise.all(lines.map(({ connection }) => release(connection)));
  return took;
}

type Pdus = readonly Buffer[];

interface Line {
  readonly connection: RawConnection;
  readonly warmUp: readonly Pdus[];
  readonly objects: readonly Pdus[];
}

/** An association with its share of the objects. */
async function openLine({ port, object, count, warmUp, associations }: Sending, line: number): Promise<Line> {
  const { connection, accepted } = await rawAssociate(
    { host: '127.0.0.1', port },
    {
      calledAeTitle: 'BENCH',
      callingAeTitle: 'RAWSENDER',
      maximumLength: 131_072,
      contexts: [
        {
          id: 1,
          abstractSyntaxUid: sopClassOf(object),
          transferSyntaxUids: ['1.2.840.10008.1.2.1'],
          result: 0,
        },
      ],
    },
  );
  const share = (total: number, root: string): readonly Pdus[] =>
    Array.from({ length: total }, (_, index) => index)
      .filter((index) => index % associations === line)
      .map((index) => storePdus(object, `${root}${index}`, accepted.maximumLength));
  return { connection, warmUp: share(warmUp, '2.25.1000'), objects: share(count, '2.25.2000') };
}

async function sendAll(connection: RawConnection, objects: readonly Pdus[]): Promise<void> {
  for (const pdus of objects) {
    for (let at = 0; at < pdus.length; at += 8) {
      connection.socket.cork();
      for (const pdu of pdus.slice(at, at + 7)) connection.socket.write(pdu);
      const written = connection.write(pdus[at + 7] ?? Buffer.alloc(0));
      connection.socket.uncork();
      await written;
    }
    const response = await connection.message();
    if (response?.command[0x900] !== 0) {
      const said = response?.command ?? connection.last?.type ?? 'by closing';
      throw new Error(`answered ${JSON.stringify(said)}`);
    }
  }
}

async function release(connection: RawConnection): Promise<void> {
  await connection.write(encodePdu(PduType.ReleaseRq, Buffer.alloc(4)));
  await connection.pdu();
  connection.socket.destroy();
}
