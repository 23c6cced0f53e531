import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, it } from 'vitest';
import { listen, storageScp, verificationScp } from '../../../../electron/dimse/index.ts';
import type { InstanceStore, StoredInstance } from '../../../../electron/dataset/index.ts';
import { golden } from '../../../support/golden-pdus.ts';
import { associateToStore, ctObject, sendObject, storeRequest } from '../../../support/raw-store.ts';

const store: InstanceStore = {
  begin: (instance) => ({
    write: () => true,
    onDrain: () => {},
    commit: async () => ({ ...instance }) as StoredInstance,
    discard: async () => {},
  }),
};

const openSockets = (): number =>
  process.getActiveResourcesInfo().filter((resource) => resource === 'TCPSocketWrap').length;

/** A P-DATA-TF PDU that says it is long, and its first bytes. */
const beginning = Buffer.from('04000000ffff0000fffb0101000000000400', 'hex');

it('2,000 silent sockets, 500 slow ones, 100 that stop inside a PDU and strangers all go, and keep nobody out', async () => {
  const before = openSockets();
  const limitMs = 4_000;
  const listener = await listen({
    host: '127.0.0.1',
    port: 0,
    services: [verificationScp(), storageScp({ store, preferred: () => 'as-stored' })],
    limits: {
      connections: 3_000,
      associations: 200,
      associationsPerAddress: 200,
      artimMs: limitMs,
      idleMs: limitMs,
      slowMs: limitMs,
    },
  });
  const crowd: Socket[] = [];
  let closed = 0;
  const join = async (count: number, say: (socket: Socket) => void = () => {}): Promise<Socket[]> => {
    const joining = Array.from({ length: count }, () => {
      const socket = connect({ host: '127.0.0.1', port: listener.port });
      socket.on('error', () => {});
      socket.once('close', () => closed++);
      // Whatever is said to them is read, so that the close behind it is seen.
      socket.resume();
      return socket;
    });
    await Promise.all(joining.map((socket) => once(socket, 'connect')));
    for (const socket of joining) say(socket);
    crowd.push(...joining);
    return joining;
  };

  await join(100, (socket) => socket.write(Buffer.concat([golden.associateRq, beginning])));
  const slow = await join(500);
  let at = 0;
  const drip = setInterval(() => {
    for (const socket of slow) socket.write(golden.associateRq.subarray(at, at + 1));
    at++;
  }, 200);
  for (let joined = 0; joined < 2_000; joined += 500) await join(500);
  await join(2, (socket) => socket.write('GET / HTTP/1.1\r\nHost: gantry\r\n\r\n'));
  await join(2, (socket) => socket.write(Buffer.from('16030100c8010000c4030300', 'hex')));

  const { connection } = await associateToStore(listener);
  const response = await sendObject(connection, storeRequest('1.2.3'), ctObject('1.2.3', 1_000_000));
  connection.socket.destroy();

  expect(response[0x900]).toBe(0);
  await expect.poll(() => closed, { timeout: 4 * limitMs }).toBe(crowd.length);
  clearInterval(drip);
  expect(listener.associations).toBe(0);
  await listener.close();
  await expect.poll(openSockets, { timeout: 5_000 }).toBe(before);
}, 60_000);
