import { rawAssociate } from '../support/raw-connection.ts';
import { encodePdu, PduType } from '../support/raw-pdu.ts';
import { sopClassOf, storePdus, type BenchObject } from './bench-object.ts';

/**
 * Sends ready-made objects one after another on one association, each when the last is answered.
 *
 * @returns milliseconds from the first byte of the first request to the last response
 * @throws when a response is no success
 */
export async function sendObjects(port: number, object: BenchObject, count: number): Promise<number> {
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
  const objects = Array.from({ length: count }, (_, index) =>
    storePdus(object, `2.25.2000${index}`, accepted.maximumLength),
  );
  const began = performance.now();
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
      throw new Error(
        `answered ${JSON.stringify(response?.command ?? connection.last?.type ?? 'by closing')}`,
      );
    }
  }
  const took = performance.now() - began;
  await connection.write(encodePdu(PduType.ReleaseRq, Buffer.alloc(4)));
  await connection.pdu();
  connection.socket.destroy();
  return took;
}
