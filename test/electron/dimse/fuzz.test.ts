import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { SopClass, TransferSyntax, echo, listen, verificationScp } from '../../../electron/dimse/index.ts';
import type { AssociationEvent, Listener, Service } from '../../../electron/dimse/index.ts';
import { associateWith } from '../../support/associate-with.ts';
import { families, fuzzCases } from '../../support/fuzz-pdus.ts';
import type { FuzzCase } from '../../support/fuzz-pdus.ts';

const seed = 20_260_722;
const cases = 3_000;
const atOnce = 50;

/** Takes data sets like storage does, and answers a little later. */
const countingStore: Service = {
  serves: (uid) => uid === SopClass.CtImageStorage,
  chooseTransferSyntax: ({ transferSyntaxUids }) => transferSyntaxUids[0] ?? null,
  onRequest(request) {
    let bytes = 0;
    return {
      write: (chunk) => (bytes += chunk.length),
      end: () => void setImmediate(() => request.respond({ status: bytes > 0 ? 0 : 0xc000 })),
      abort: () => {},
    };
  },
};

/** Says its piece and waits until the listener has closed the socket. */
function play(listener: Listener, { bytes, hangsUp }: FuzzCase): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port: listener.port });
    socket.on('error', () => {});
    socket.on('close', () => resolve());
    // Whatever is answered is read, so that the close behind it is seen.
    socket.resume();
    if (hangsUp) socket.end(bytes);
    else socket.write(bytes);
  });
}

async function echoMs(listener: Listener): Promise<number> {
  const started = performance.now();
  const contexts = [
    { abstractSyntaxUid: SopClass.Verification, transferSyntaxUids: [TransferSyntax.ImplicitVrLittleEndian] },
  ];
  await using association = await associateWith({ host: '127.0.0.1', port: listener.port }, contexts);
  expect(await echo(association)).toBe(0);
  return performance.now() - started;
}

const openSockets = (): number =>
  process.getActiveResourcesInfo().filter((resource) => resource === 'TCPSocketWrap').length;

it(`survives ${cases} malformed conversations of ${Object.keys(families).length} families, echoing throughout`, async () => {
  const before = openSockets();
  const bugs: AssociationEvent[] = [];
  const listener = await listen({
    host: '127.0.0.1',
    port: 0,
    services: [verificationScp(), countingStore],
    limits: { artimMs: 200, idleMs: 200, slowMs: 200 },
    observe: (event) => event.kind === 'service-threw' && bugs.push(event),
  });

  let slowest = 0;
  let batch: FuzzCase[] = [];
  let played = 0;
  for (const one of fuzzCases(seed, cases)) {
    batch.push(one);
    if (batch.length < atOnce) continue;
    await Promise.all(batch.map((each) => play(listener, each)));
    played += batch.length;
    batch = [];
    if (played % 100 === 0) slowest = Math.max(slowest, await echoMs(listener));
  }

  expect(played).toBe(cases);
  expect(bugs).toEqual([]);
  expect(slowest).toBeLessThan(1_000);
  await expect.poll(() => listener.associations).toBe(0);
  await listener.close();
  await expect.poll(openSockets).toBe(before);
}, 120_000);
