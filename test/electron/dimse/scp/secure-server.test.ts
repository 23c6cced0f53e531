import { once } from 'node:events';
import { connect as connectPlain, type Socket } from 'node:net';
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FailureError } from '../../../../electron/contract/failure.ts';
import { listen, verificationScp } from '../../../../electron/dimse/index.ts';
import type { AssociationEvent, ListenOptions, Listener } from '../../../../electron/dimse/index.ts';
import { createAuthority, type Authority, type Identity } from '../../../support/certificates.ts';
import { golden } from '../../../support/golden-pdus.ts';
import { temporaryFolder, type TemporaryFolder } from '../../../support/temporary-folder.ts';

let folder: TemporaryFolder;
let authority: Authority;
let ours: Identity;
let theirs: Identity;

beforeAll(async () => {
  folder = await temporaryFolder();
  authority = await createAuthority(folder.path, 'Hospital CA');
  ours = await authority.issue('ours', { altNames: ['DNS:localhost'] });
  theirs = await authority.issue('theirs', { altNames: ['DNS:theirs.example'] });
});

afterAll(() => folder[Symbol.asyncDispose]());

type Refusal = Extract<AssociationEvent, { kind: 'tls-refused' }>;

async function open(
  options: Partial<ListenOptions> = {},
): Promise<{ listener: Listener; refusals: Refusal[] }> {
  const refusals: Refusal[] = [];
  const listener = await listen({
    host: '127.0.0.1',
    port: 0,
    services: [verificationScp()],
    tls: { identity: { cert: ours.cert, key: ours.key }, clientCa: null },
    observe: (event) => void (event.kind === 'tls-refused' && refusals.push(event)),
    ...options,
  });
  return { listener, refusals };
}

async function call({ port }: Listener): Promise<Socket> {
  const socket = connectPlain({ host: '127.0.0.1', port });
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

async function callSecurely({ port }: Listener, options: ConnectionOptions = {}): Promise<TLSSocket> {
  const socket = connect({ host: 'localhost', port, ca: [authority.cert], ...options });
  socket.on('error', () => {});
  await once(socket, 'secureConnect');
  return socket;
}

describe('a listener with TLS', () => {
  it('prefers 1.3, and its own order of suites', async () => {
    await using listener = (await open()).listener;

    const newest = await callSecurely(listener);
    const older = await callSecurely(listener, {
      maxVersion: 'TLSv1.2',
      ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384',
    });

    expect(newest.getProtocol()).toBe('TLSv1.3');
    expect(older.getCipher().name).toBe('ECDHE-ECDSA-AES256-GCM-SHA384');
    newest.destroy();
    older.destroy();
  });

  it('may insist on 1.3', async () => {
    const identity = { cert: ours.cert, key: ours.key };
    const { listener, refusals } = await open({ tls: { identity, clientCa: null, minVersion: 'TLSv1.3' } });
    await using _listener = listener;

    await expect(callSecurely(listener, { maxVersion: 'TLSv1.2' })).rejects.toThrow(/protocol version/);

    expect(refusals).toMatchObject([{ cause: 'protocol' }]);
  });

  it('associates, and knows the address of who calls', async () => {
    const asked: string[] = [];
    const { listener } = await open({
      accept: ({ remoteAddress }) => {
        asked.push(remoteAddress);
        return null;
      },
    });
    await using _listener = listener;
    const socket = await callSecurely(listener);

    socket.write(golden.associateRq);
    const [answer] = (await once(socket, 'data')) as [Buffer];

    expect(answer[0]).toBe(2);
    expect(asked).toEqual(['127.0.0.1']);
    expect(listener.associations).toBe(1);
    socket.destroy();
    await expect.poll(() => listener.associations).toBe(0);
  });

  it('hangs up on plain DICOM and on a browser, and tells of both', async () => {
    const { listener, refusals } = await open();
    await using _listener = listener;

    for (const words of [golden.associateRq, Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n')]) {
      const socket = await call(listener);
      const heard: Buffer[] = [];
      socket.on('data', (chunk: Buffer) => heard.push(chunk));
      socket.write(words);
      await once(socket, 'close');
      expect(heard).toEqual([]);
    }

    expect(refusals).toMatchObject([
      { cause: 'plain-peer', remoteAddress: '127.0.0.1', detail: 'wrong version number' },
      { cause: 'plain-peer', remoteAddress: '127.0.0.1', detail: 'http request' },
    ]);
  });

  it('hangs up on who says nothing, in time', async () => {
    const { listener, refusals } = await open({ limits: { artimMs: 200 } });
    await using _listener = listener;

    const socket = await call(listener);
    socket.resume();
    await once(socket, 'close');

    expect(refusals).toMatchObject([{ cause: 'timed-out' }]);
  });

  it('hangs up on who has shaken hands and then says nothing, in time', async () => {
    const { listener, refusals } = await open({ limits: { artimMs: 200 } });
    await using _listener = listener;

    const socket = await callSecurely(listener);
    socket.resume();
    await once(socket, 'close');

    expect(refusals).toEqual([]);
  });

  it('tells of who goes away before anything is said', async () => {
    const { listener, refusals } = await open();
    await using _listener = listener;

    (await call(listener)).destroy();

    await expect.poll(() => refusals).toMatchObject([{ cause: 'closed' }]);
  });

  it('names who showed a bad certificate, though it is gone by then', async () => {
    const other = await createAuthority(`${folder.path}/other`, 'Other CA');
    const { listener, refusals } = await open({
      tls: { identity: { cert: ours.cert, key: ours.key }, clientCa: [other.cert] },
    });
    await using _listener = listener;

    const socket = connect({
      ...{ host: 'localhost', port: listener.port, ca: [authority.cert] },
      ...{ cert: theirs.cert, key: theirs.key },
    });
    socket.on('error', () => {});
    socket.resume();
    await once(socket, 'close');

    await expect.poll(() => refusals).toMatchObject([{ cause: 'unknown-ca', remoteAddress: '127.0.0.1' }]);
  });

  it('closes at once, whoever is in the middle of a handshake or an association', async () => {
    const { listener } = await open();
    const shaking = await call(listener);
    const associated = await callSecurely(listener);
    associated.write(golden.associateRq);
    await once(associated, 'data');
    const gone = Promise.all([shaking.resume(), associated.resume()].map((socket) => once(socket, 'close')));
    const started = performance.now();

    await listener.close();

    expect(performance.now() - started).toBeLessThan(1_500);
    await gone;
  });

  it('fails to open with an identity that can’t be read, and at a port that is taken', async () => {
    const identity = { cert: ours.cert, key: theirs.key };
    const broken: unknown = await open({ tls: { identity, clientCa: null } }).catch(
      (error: unknown) => error,
    );
    await using first = (await open()).listener;
    const taken: unknown = await open({ port: first.port }).catch((error: unknown) => error);

    expect(broken).toBeInstanceOf(FailureError);
    expect((broken as FailureError).failure).toMatchObject({ step: 'certificate', cause: 'unreadable' });
    expect((taken as FailureError).failure).toMatchObject({ step: 'listen', cause: 'in-use' });
  });
});

describe('a listener without TLS', () => {
  it('tells of who greets it in TLS, and refuses it', async () => {
    const refusals: Refusal[] = [];
    await using listener = await listen({
      host: '127.0.0.1',
      port: 0,
      services: [verificationScp()],
      observe: (event) => void (event.kind === 'tls-refused' && refusals.push(event)),
    });

    await expect(callSecurely(listener)).rejects.toThrow(/wrong version number/);

    expect(refusals).toEqual([
      { kind: 'tls-refused', remoteAddress: '127.0.0.1', cause: 'tls-peer', detail: '' },
    ]);
  });
});
