import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { connect } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { FailureError } from '../../../electron/contract/failure.ts';
import type { ListenerState } from '../../../electron/contract/settings.ts';
import { verificationScp } from '../../../electron/dimse/index.ts';
import { Receiver } from '../../../electron/transfers/receiver.ts';
import { selfSigned } from '../../support/certificates.ts';
import { freePort } from '../../support/peers/index.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('the receiver', () => {
  it('listens on the shared port until it is closed', async () => {
    const { receiver } = newReceiver();
    const port = await freePort();

    await receiver.start('127.0.0.1', port);

    expect(receiver.state).toEqual({ kind: 'listening', address: '127.0.0.1', port, tls: false });
    await receiver.close();
    expect(await occupy(port).then(free)).toBe(true);
  });

  it('says that the shared port is taken, and goes on', async () => {
    const port = await freePort();
    const holder = await occupy(port);
    const { receiver, states } = newReceiver();

    await receiver.start('127.0.0.1', port);

    expect(states.at(-1)).toMatchObject({
      kind: 'failed',
      failure: { step: 'listen', cause: 'in-use', port },
    });
    await expect(receiver.ensureListening()).rejects.toMatchObject({ failure: { step: 'listen' } });
    await receiver.close();
    await free(holder);
  });

  it('needs no further port where the shared one is asked for', async () => {
    const { receiver } = newReceiver();
    const port = await freePort();
    await receiver.start('127.0.0.1', port);

    expect(await receiver.openAlso(port)).toBeNull();
    expect(await receiver.tryPort(port)).toBeNull();
    await receiver.close();
  });

  it('tries a port without keeping it', async () => {
    const { receiver } = newReceiver();
    await receiver.start('127.0.0.1', await freePort());
    const port = await freePort();

    expect(await receiver.tryPort(port)).toBeNull();

    const holder = await occupy(port);
    expect(await receiver.tryPort(port)).toMatchObject({ step: 'listen', cause: 'in-use', port });
    await free(holder);
    await receiver.close();
  });

  it('listens in TLS at every port, once that is set, and nowhere without a certificate', async () => {
    await using folder = await temporaryFolder();
    const { cert, key } = await selfSigned(folder.path, 'ours');
    const { receiver } = newReceiver();
    const [shared, own] = [await freePort(), await freePort()];

    await receiver.start('127.0.0.1', shared, () => ({ identity: { cert, key }, clientCa: null }));
    const also = await receiver.openAlso(own);

    expect(receiver.state).toMatchObject({ kind: 'listening', tls: true });
    expect([await subjectAt(shared), await subjectAt(own)]).toEqual(['ours', 'ours']);
    await also?.close();

    const failure = { step: 'listen', address: '127.0.0.1', port: shared, cause: 'certificate' } as const;
    await receiver.start('127.0.0.1', shared, () => {
      throw new FailureError({ ...failure, why: 'none-chosen' });
    });
    expect(receiver.state).toMatchObject({ kind: 'failed', failure: { ...failure, why: 'none-chosen' } });
    await expect(receiver.openAlso(own)).rejects.toMatchObject({ failure });
    expect(await occupy(shared).then(free)).toBe(true);
    await receiver.close();
  });

  it('moves to another port when told', async () => {
    const { receiver } = newReceiver();
    const [before, after] = [await freePort(), await freePort()];
    await receiver.start('127.0.0.1', before);

    await receiver.start('127.0.0.1', after);

    expect(receiver.state).toMatchObject({ kind: 'listening', port: after });
    expect(await occupy(before).then(free)).toBe(true);
    await receiver.close();
  });
});

/** Whose certificate is shown there. */
async function subjectAt(port: number): Promise<unknown> {
  const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  const { CN } = socket.getPeerCertificate().subject;
  socket.destroy();
  return CN;
}

function newReceiver() {
  const states: ListenerState[] = [];
  const receiver = new Receiver({
    services: [verificationScp()],
    accept: () => null,
    onState: (state) => states.push(state),
  });
  return { receiver, states };
}

function occupy(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

function free(server: Server): Promise<boolean> {
  return new Promise((resolve) => server.close(() => resolve(true)));
}
