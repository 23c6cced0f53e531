import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FailureError } from '../../../../electron/contract/failure.ts';
import {
  SopClass,
  TransferSyntax,
  listen,
  move,
  requestAssociation,
  store,
} from '../../../../electron/dimse/index.ts';
import type { Association, ListenOptions, Service, StoreFile } from '../../../../electron/dimse/index.ts';
import { associateWith } from '../../../support/associate-with.ts';
import { buildDataset } from '../../../support/build-dataset.ts';
import { createAuthority } from '../../../support/certificates.ts';
import { golden } from '../../../support/golden-pdus.ts';
import { rawAssociate } from '../../../support/raw-connection.ts';
import { encodeCommand, encodeData } from '../../../support/raw-pdu.ts';
import { acceptAssociation, scriptedPeer } from '../../../support/scripted-peer.ts';
import { startScriptedScp } from '../../../support/scripted-scp.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const syntax = TransferSyntax.ExplicitVrLittleEndian;
const contexts = [{ abstractSyntaxUid: SopClass.CtImageStorage, transferSyntaxUids: [syntax] }];

/** A data set of zeros that takes no room on the disk. */
async function sparseFile(folder: string, bytes: number): Promise<StoreFile> {
  const path = join(folder, 'object.dcm');
  await writeFile(path, '');
  await truncate(path, bytes);
  return {
    path,
    sopClassUid: SopClass.CtImageStorage,
    sopInstanceUid: '1.2.3',
    transferSyntaxUid: syntax,
    datasetOffset: 0,
    bytes,
  };
}

/** Takes so many bytes, rests, and takes the next: a disk that is slower than the network. */
function slowSink(bytesAtOnce: number, restMs: number): Service {
  return {
    serves: (uid) => uid === SopClass.CtImageStorage,
    chooseTransferSyntax: () => syntax,
    onRequest(request) {
      let taken = 0;
      return {
        write(chunk) {
          taken += chunk.length;
          if (taken < bytesAtOnce) return;
          taken = 0;
          request.pauseReading();
          setTimeout(() => request.resumeReading(), restMs);
        },
        end: () => request.respond({}),
        abort: () => {},
      };
    },
  };
}

/** How long it took, and what came of it. */
async function timed<Value>(work: Promise<Value>): Promise<{ value: Value; ms: number }> {
  const started = performance.now();
  const value = await work;
  return { value, ms: performance.now() - started };
}

async function failureFrom(work: Promise<unknown>): Promise<unknown> {
  const thrown: unknown = await work.catch((error: unknown) => error);
  return thrown instanceof FailureError ? thrown.failure : thrown;
}

async function allOf<Value>(values: AsyncIterable<Value>): Promise<readonly Value[]> {
  const found: Value[] = [];
  for await (const value of values) found.push(value);
  return found;
}

describe('a peer that takes what we send', () => {
  const fileBytes = 80_000_000;
  const responseMs = 1_000;

  it.concurrent.each(['without TLS', 'behind TLS'])('slowly is waited for, %s', async (way) => {
    await using folder = await temporaryFolder();
    const file = await sparseFile(folder.path, fileBytes);
    const tls = way === 'behind TLS';
    const { cert, key } = await (
      await createAuthority(folder.path, 'CA')
    ).issue('sink', {
      altNames: ['IP:127.0.0.1'],
    });
    await using listener = await listen({
      host: '127.0.0.1',
      port: 0,
      services: [slowSink(1_000_000, 30)],
      ...(tls && { tls: { identity: { cert, key }, clientCa: null } }),
      limits: { idleMs: responseMs },
    });
    await using association = await requestAssociation({
      host: '127.0.0.1',
      port: listener.port,
      callingAeTitle: 'GANTRY',
      calledAeTitle: 'SINK',
      tls: tls ? { verify: false } : null,
      contexts,
      timeouts: { responseMs },
    });

    const { value, ms } = await timed(store(association, file));

    expect(value.status).toBe(0);
    expect(ms).toBeGreaterThan(2 * responseMs);
  });

  it.concurrent('and then takes no more is given up, and the socket with it', async () => {
    await using folder = await temporaryFolder();
    const file = await sparseFile(folder.path, fileBytes);
    await using peer = await scriptedPeer(async (connection) => {
      await acceptAssociation(connection);
      for (let pdus = 0; pdus < 100; pdus++) await connection.pdu();
      connection.socket.pause();
      await new Promise((resolve) => connection.socket.once('close', resolve));
    });
    const association = await associateWith(peer, contexts, { responseMs: 300 });

    expect(await failureFrom(store(association, file))).toEqual({ step: 'respond', cause: 'timed-out' });
    expect(await association.closed).toEqual({ step: 'respond', cause: 'timed-out' });
  });
});

describe('a move whose peer says nothing', () => {
  const identifier = buildDataset([['00080052', 'CS', 'STUDY']]);

  it.concurrent('is waited for while what it moves comes in elsewhere', async () => {
    await using scp = await startScriptedScp({
      async onMessage(message, { respond }) {
        await new Promise((resolve) => setTimeout(resolve, 900));
        await respond(message, { 0x1021: 3 });
      },
    });
    await using association: Association = await associateWith(scp, undefined, { responseMs: 300 });
    const options = { identifier, destination: 'GANTRY', lastActivity: () => performance.now() };

    const steps = await allOf(move(association, options));

    expect(steps).toMatchObject([{ completed: 3 }]);
  });

  it.concurrent('is given up once that has ended too', async () => {
    await using scp = await startScriptedScp({ onMessage: () => {} });
    await using association = await associateWith(scp, undefined, { responseMs: 200 });
    const until = performance.now() + 500;
    const options = {
      identifier,
      destination: 'GANTRY',
      lastActivity: () => Math.min(performance.now(), until),
    };

    const failure = await failureFrom(allOf(move(association, options)));

    expect(failure).toEqual({ step: 'respond', cause: 'timed-out' });
    expect(performance.now()).toBeGreaterThan(until);
  });
});

describe('a requestor that calls us', () => {
  const limits: ListenOptions['limits'] = { idleMs: 300, slowMs: 300, slowBytes: 1_000 };

  const sending = async (service: Service) => {
    const listener = await listen({ host: '127.0.0.1', port: 0, services: [service], limits });
    const { connection } = await rawAssociate(
      { host: '127.0.0.1', port: listener.port },
      {
        calledAeTitle: 'GANTRY',
        callingAeTitle: 'SENDER',
        maximumLength: 16_384,
        contexts: [
          { id: 1, abstractSyntaxUid: SopClass.CtImageStorage, transferSyntaxUids: [syntax], result: 0 },
        ],
      },
    );
    const command = encodeCommand({ 0x2: SopClass.CtImageStorage, 0x100: 1, 0x110: 1, 0x800: 1 });
    return { listener, connection, command: Buffer.concat(encodeData(1, 'command', command, 0)) };
  };

  it.concurrent('is waited for while it sends slowly, but faster than nothing', async () => {
    const { listener, connection, command } = await sending(slowSink(Infinity, 0));
    await using _ = listener;
    const [dataset] = encodeData(1, 'dataset', Buffer.alloc(20_000), 0);
    const started = performance.now();

    await connection.write(command);
    for (let at = 0; at < dataset!.length; at += 200) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      await connection.write(dataset!.subarray(at, at + 200));
    }

    expect((await connection.message())?.command[0x900]).toBe(0);
    expect(performance.now() - started).toBeGreaterThan(900);
    connection.socket.destroy();
  });

  it.concurrent('is waited for while we are the slow ones', async () => {
    const service = slowSink(Infinity, 0);
    const { listener, connection, command } = await sending({
      ...service,
      onRequest: (request) => ({
        write: () => {},
        end: () => void setTimeout(() => request.respond({}), 1_000),
        abort: () => {},
      }),
    });
    await using _ = listener;

    await connection.write(Buffer.concat([command, ...encodeData(1, 'dataset', Buffer.alloc(100), 0)]));

    expect((await connection.message())?.command[0x900]).toBe(0);
    connection.socket.destroy();
  });

  it.concurrent('is given up when it stops in the middle of a data set, between two PDUs', async () => {
    const { listener, connection, command } = await sending(slowSink(Infinity, 0));
    await using _ = listener;
    const [piece] = encodeData(1, 'dataset', Buffer.alloc(100), 0);
    piece![11] = 0;

    await connection.write(Buffer.concat([command, piece!]));

    expect(await connection.pdu()).toEqual({ type: 7, body: golden.abort.subarray(6) });
    await expect.poll(() => listener.associations).toBe(0);
    connection.socket.destroy();
  });
});
