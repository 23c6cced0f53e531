import { mkdtemp, open, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FailureError, type Failure } from '../../../../electron/contract/failure.ts';
import { CommandField, SopClass, TransferSyntax } from '../../../../electron/dimse/index.ts';
import type {
  Association,
  DatasetSource,
  DimseResponse,
  RequestOptions,
  Timeouts,
} from '../../../../electron/dimse/index.ts';
import { associateWith } from '../../../support/associate-with.ts';
import { golden } from '../../../support/golden-pdus.ts';
import type { RawConnection } from '../../../support/raw-connection.ts';
import { encodeCommand, encodeData } from '../../../support/raw-pdu.ts';
import { acceptAssociation, scriptedPeer } from '../../../support/scripted-peer.ts';
import type { AcceptOptions, ScriptedPeer } from '../../../support/scripted-peer.ts';

const contexts = [SopClass.Verification, SopClass.StudyRootFind, SopClass.CtImageStorage].map(
  (abstractSyntaxUid) => ({ abstractSyntaxUid, transferSyntaxUids: [TransferSyntax.ImplicitVrLittleEndian] }),
);

const echo = { commandField: CommandField.CEchoRq, affectedSopClassUid: SopClass.Verification };
const query = {
  commandField: CommandField.CFindRq,
  affectedSopClassUid: SopClass.StudyRootFind,
  priority: 0,
};
const keys: DatasetSource = {
  kind: 'bytes',
  bytes: Buffer.from('08005200060000005354554459 20'.replace(' ', ''), 'hex'),
};

/** The elements of a response that a script writes. */
function response(field: number, messageId: number, status: number, withDataset = false): Buffer {
  return encodeCommand({ 0x100: field, 0x120: messageId, 0x800: withDataset ? 1 : 0x101, 0x900: status });
}

function command(contextId: number, bytes: Buffer): Buffer {
  return Buffer.concat(encodeData(contextId, 'command', bytes, 16_384));
}

/** One match: a pending response and its identifier. */
function pending(messageId: number, identifier: Buffer = Buffer.from('match')): Buffer {
  return Buffer.concat([
    command(3, response(0x8020, messageId, 0xff00, true)),
    ...encodeData(3, 'dataset', identifier, 131_072),
  ]);
}

function echoSuccess(messageId: number): Buffer {
  return command(1, response(0x8030, messageId, 0));
}

function peerThat(
  script: (peer: RawConnection) => Promise<void>,
  options: AcceptOptions = {},
): Promise<ScriptedPeer> {
  return scriptedPeer(async (peer) => {
    await acceptAssociation(peer, options);
    await script(peer);
  });
}

const associate = (peer: ScriptedPeer, timeouts: Partial<Timeouts> = {}): Promise<Association> =>
  associateWith(peer, contexts, { releaseMs: 200, ...timeouts });

function sendEcho(association: Association, signal?: AbortSignal): AsyncGenerator<DimseResponse> {
  const context = association.context(SopClass.Verification);
  return association.request(context, { command: echo, dataset: null }, {}, signal);
}

function sendFind(
  association: Association,
  options: RequestOptions = {},
  signal?: AbortSignal,
): AsyncGenerator<DimseResponse> {
  const context = association.context(SopClass.StudyRootFind);
  return association.request(context, { command: query, dataset: keys }, options, signal);
}

async function all(responses: AsyncGenerator<DimseResponse>): Promise<readonly DimseResponse[]> {
  const found: DimseResponse[] = [];
  for await (const one of responses) found.push(one);
  return found;
}

async function failureFrom(work: Promise<unknown>): Promise<Failure> {
  try {
    await work;
  } catch (error) {
    if (error instanceof FailureError) return error.failure;
    throw error;
  }
  throw new Error('it did not fail');
}

/** How an echo ends whose answer is what the script does with it. */
async function echoFailure(
  script: (peer: RawConnection) => Promise<void>,
  timeouts: Partial<Timeouts> = {},
): Promise<Failure> {
  await using peer = await peerThat(async (connection) => {
    await connection.message();
    await script(connection);
  });
  const association = await associate(peer, timeouts);
  const failure = await failureFrom(all(sendEcho(association)));
  expect(await association.closed).toEqual(failure);
  await expect.poll(() => peer.open, { timeout: 3_000 }).toBe(0);
  return failure;
}

describe('a request', () => {
  it('counts its Message IDs up and yields its one response', async () => {
    await using peer = await peerThat(async (connection) => {
      for (const id of [1, 2, 3]) {
        const message = await connection.message();
        expect(message?.command[0x110]).toBe(id);
        expect(message?.command[0x800]).toBe(0x0101);
        await connection.write(echoSuccess(id));
      }
    });
    const association = await associate(peer);

    for (let round = 0; round < 3; round++) {
      const responses = await all(sendEcho(association));
      expect(responses.map(({ command: { status }, dataset }) => ({ status, dataset }))).toEqual([
        { status: 0, dataset: null },
      ]);
    }

    await peer.played;
    association.abort();
  });

  it('yields every pending response with its identifier, FF01 too, the final one last', async () => {
    await using peer = await peerThat(async (connection) => {
      const message = await connection.message();
      expect(message?.dataset?.toString('latin1')).toContain('STUDY');
      await connection.write(pending(1, Buffer.from('one')));
      const optional = command(3, response(0x8020, 1, 0xff01, true));
      await connection.write(
        Buffer.concat([optional, ...encodeData(3, 'dataset', Buffer.from('two'), 1_024)]),
      );
      await connection.write(command(3, response(0x8020, 1, 0)));
    });
    const association = await associate(peer);

    const responses = await all(sendFind(association));

    expect(
      responses.map(({ command: { status }, dataset }) => [status, dataset?.toString() ?? null]),
    ).toEqual([
      [0xff00, 'one'],
      [0xff01, 'two'],
      [0, null],
    ]);
    association.abort();
  });

  it('takes responses in pieces of one byte', async () => {
    await using peer = await peerThat(async (connection) => {
      await connection.message();
      for (const byte of pending(1, Buffer.from('slow'))) await connection.write(Buffer.from([byte]));
      await connection.write(command(3, response(0x8020, 1, 0)));
    });
    const association = await associate(peer);

    expect((await all(sendFind(association)))[0]?.dataset?.toString()).toBe('slow');
    association.abort();
  });

  it('reads thousands of responses, however slowly they are taken', async () => {
    const count = 5_000;
    await using peer = await peerThat(async (connection) => {
      await connection.message();
      await connection.write(Buffer.concat(Array.from({ length: count }, () => pending(1))));
      await connection.write(command(3, response(0x8020, 1, 0)));
    });
    const association = await associate(peer);

    let taken = 0;
    for await (const _response of sendFind(association)) {
      taken++;
      if (taken % 1_000 === 0) await new Promise((resolve) => setImmediate(resolve));
    }

    expect(taken).toBe(count + 1);
    association.abort();
  });

  it('holds no more than a few megabytes of what is not taken yet', async () => {
    const identifier = Buffer.alloc(1024 * 1024, 0x20);
    const count = 100;
    let written = 0;
    await using peer = await peerThat(async (connection) => {
      await connection.message();
      for (; written < count; written++) await connection.write(pending(1, identifier));
      await connection.write(command(3, response(0x8020, 1, 0)));
    });
    const association = await associate(peer);
    const responses = sendFind(association);
    await responses.next();

    // What the system's socket buffers take is beyond our say.
    let before = -1;
    const isStuck = () => {
      const same = written === before;
      before = written;
      return same && written >= 16;
    };
    await expect.poll(isStuck, { interval: 100, timeout: 10_000 }).toBe(true);
    const heldBack = written < 60;
    const rest = await all(responses);

    expect(heldBack).toBe(true);
    expect(rest).toHaveLength(count);
    association.abort();
  });

  it('is the only one on its association', async () => {
    await using peer = await peerThat(async (connection) => void (await connection.message()));
    const association = await associate(peer);
    const first = sendEcho(association).next();

    await expect(sendEcho(association).next()).rejects.toThrow('one request at a time');

    association.abort();
    expect(await failureFrom(first)).toEqual({ step: 'cancelled' });
  });
});

describe('a request whose association ends', () => {
  it('fails as aborted when the peer aborts', async () => {
    const failure = await echoFailure((peer) => peer.write(golden.abort));

    expect(failure).toEqual({ step: 'respond', cause: 'aborted' });
  });

  it('fails as closed when the peer closes, resets, or releases', async () => {
    const closes = await echoFailure(async (peer) => void peer.socket.end());
    const resets = await echoFailure(async (peer) => void peer.socket.resetAndDestroy());
    const releases = await echoFailure(async (peer) => {
      await peer.write(golden.releaseRq);
      expect((await peer.pdu())?.type).toBe(6);
      peer.socket.end();
    });

    for (const failure of [closes, resets, releases]) {
      expect(failure).toEqual({ step: 'respond', cause: 'closed' });
    }
  });

  it('fails as closed when it is asked for afterwards', async () => {
    await using peer = await peerThat(async (connection) => void connection.socket.end());
    const association = await associate(peer);
    await association.closed;

    expect(await failureFrom(all(sendEcho(association)))).toEqual({ step: 'respond', cause: 'closed' });
  });

  it('fails as timed out when nothing comes', async () => {
    const failure = await echoFailure(async () => {}, { responseMs: 150 });

    expect(failure).toEqual({ step: 'respond', cause: 'timed-out' });
  });

  it.each([
    ['another Message ID', echoSuccess(2)],
    ['Message ID zero', echoSuccess(0)],
    ['another command', command(1, response(0x8020, 1, 0))],
    ['a request of its own', command(1, encodeCommand({ 0x100: 0x30, 0x110: 1, 0x800: 0x101 }))],
    ['no status', command(1, encodeCommand({ 0x100: 0x8030, 0x120: 1, 0x800: 0x101 }))],
    ['another accepted context', command(3, response(0x8030, 1, 0))],
    ['a context nobody accepted', command(99, response(0x8030, 1, 0))],
    ['no command set', command(1, Buffer.from('what?'))],
    ['a data set without a command', Buffer.concat(encodeData(1, 'dataset', Buffer.from('x'), 1_024))],
    ['a PDV that says it is longer than its PDU', Buffer.from('04000000000a000000ff010300000000', 'hex')],
    ['a P-DATA-TF PDU longer than we take', Buffer.from('040000020010', 'hex')],
    ['a second A-ASSOCIATE-AC', golden.associateAc],
    ['an A-RELEASE-RP', golden.releaseRp],
    ['garbage', Buffer.from('garbage!')],
  ])('fails as malformed when the peer answers with %s', async (_what, answer) => {
    const failure = await echoFailure((peer) => peer.write(answer));

    expect(failure).toEqual({ step: 'respond', cause: 'malformed' });
  });

  it('fails as malformed when an identifier grows beyond a megabyte', async () => {
    await using peer = await peerThat(async (connection) => {
      await connection.message();
      await connection.write(pending(1, Buffer.alloc(1024 * 1024 + 1)));
    });
    const association = await associate(peer);

    expect(await failureFrom(all(sendFind(association)))).toEqual({ step: 'respond', cause: 'malformed' });
  });
});

describe('the time a request may take', () => {
  it('is renewed by every byte that comes', async () => {
    await using peer = await peerThat(async (connection) => {
      await connection.message();
      for (const byte of echoSuccess(1)) {
        await new Promise((resolve) => setTimeout(resolve, 10));
        await connection.write(Buffer.from([byte]));
      }
    });
    const association = await associate(peer, { responseMs: 200 });
    const started = performance.now();

    expect(await all(sendEcho(association))).toHaveLength(1);

    expect(performance.now() - started).toBeGreaterThan(400);
    association.abort();
  });

  it('is renewed by activity elsewhere, and ends when that ends', async () => {
    await using peer = await peerThat(async (connection) => void (await connection.message()));
    const association = await associate(peer, { responseMs: 100 });
    const started = performance.now();
    const busyUntil = started + 350;

    const failure = await failureFrom(
      all(sendFind(association, { lastActivity: () => Math.min(performance.now(), busyUntil) })),
    );

    expect(failure).toEqual({ step: 'respond', cause: 'timed-out' });
    expect(performance.now() - started).toBeGreaterThan(440);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe('cancelling a request', () => {
  it('sends C-CANCEL-RQ at once, drops what still comes, and leaves the association usable', async () => {
    let cancelledAt = Infinity;
    let heardAt = 0;
    await using peer = await peerThat(async (connection) => {
      await connection.message();
      await connection.write(Buffer.concat([pending(1), pending(1)]));
      const cancel = await connection.message();
      heardAt = performance.now();
      expect(cancel?.command).toMatchObject({ 0x100: 0x0fff, 0x120: 1 });
      await connection.write(Buffer.concat([pending(1), command(3, response(0x8020, 1, 0xfe00))]));
      // A late answer to the cancelled query, then the answer to the echo.
      expect((await connection.message())?.command[0x110]).toBe(2);
      await connection.write(Buffer.concat([command(3, response(0x8020, 1, 0)), echoSuccess(2)]));
    });
    const association = await associate(peer);
    const cancel = new AbortController();
    let taken = 0;
    const work = (async () => {
      for await (const _response of sendFind(association, {}, cancel.signal)) {
        taken++;
        if (taken === 2) {
          cancelledAt = performance.now();
          cancel.abort();
        }
      }
    })();

    expect(await failureFrom(work)).toEqual({ step: 'cancelled' });
    expect(taken).toBe(2);
    expect(heardAt - cancelledAt).toBeLessThan(200);
    expect((await all(sendEcho(association)))[0]?.command.status).toBe(0);
    await peer.played;
    association.abort();
  });

  it('takes a Success that crossed the C-CANCEL as the end', async () => {
    await using peer = await peerThat(async (connection) => {
      await connection.message();
      await connection.write(pending(1));
      await connection.message();
      await connection.write(command(3, response(0x8020, 1, 0)));
    });
    const association = await associate(peer);
    const cancel = new AbortController();
    const responses = sendFind(association, {}, cancel.signal);
    await responses.next();

    cancel.abort();

    expect(await failureFrom(responses.next())).toEqual({ step: 'cancelled' });
    association.abort();
  });

  it('by leaving the loop is the same, without a failure', async () => {
    await using peer = await peerThat(async (connection) => {
      await connection.message();
      await connection.write(pending(1));
      expect((await connection.message())?.command[0x100]).toBe(0x0fff);
      await connection.write(command(3, response(0x8020, 1, 0xfe00)));
      await connection.message();
      await connection.write(echoSuccess(2));
    });
    const association = await associate(peer);

    for await (const _response of sendFind(association)) break;

    expect((await all(sendEcho(association)))[0]?.command.status).toBe(0);
    await peer.played;
    association.abort();
  });

  it('ends in an A-ABORT when the peer goes on regardless', async () => {
    await using peer = await peerThat(async (connection) => {
      await connection.message();
      await connection.write(pending(1));
    });
    const association = await associate(peer, { cancelGraceMs: 150 });
    const cancel = new AbortController();
    const responses = sendFind(association, {}, cancel.signal);
    await responses.next();
    const started = performance.now();

    cancel.abort();

    expect(await failureFrom(responses.next())).toEqual({ step: 'cancelled' });
    expect(performance.now() - started).toBeGreaterThan(140);
    expect(await association.closed).toBeNull();
    expect(peer.after.map(({ type }) => type)).toEqual([4, 7]);
  });

  it('of what knows no C-CANCEL ends in an A-ABORT at once', async () => {
    await using peer = await peerThat(async (connection) => void (await connection.message()));
    const association = await associate(peer);
    const cancel = new AbortController();
    const asked = failureFrom(all(sendEcho(association, cancel.signal)));
    await peer.played;

    cancel.abort();

    expect(await asked).toEqual({ step: 'cancelled' });
    await expect.poll(() => peer.open).toBe(0);
    expect(peer.after.map(({ type }) => type)).toEqual([7]);
  });

  it('before it is sent sends nothing', async () => {
    await using peer = await peerThat(async () => {});
    const association = await associate(peer);

    expect(await failureFrom(all(sendEcho(association, AbortSignal.abort())))).toEqual({ step: 'cancelled' });

    await association.release();
    expect(peer.after.map(({ type }) => type)).toEqual([5, 7]);
  });
});

describe('releasing', () => {
  it('aborts a peer that does not answer in time', async () => {
    await using peer = await peerThat(async () => {});
    const association = await associate(peer, { releaseMs: 100 });

    await association.release();

    await expect.poll(() => peer.open).toBe(0);
    expect(peer.after.map(({ type }) => type)).toEqual([5, 7]);
  });

  it('survives a collision: both sides ask, both answer (Sta9, Sta11)', async () => {
    await using peer = await peerThat(async (connection) => {
      expect((await connection.pdu())?.type).toBe(5);
      await connection.write(golden.releaseRq);
      expect((await connection.pdu())?.type).toBe(6);
      await connection.write(golden.releaseRp);
    });
    const association = await associate(peer);

    await association.release();

    await peer.played;
    expect(peer.after).toEqual([]);
    expect(await association.closed).toBeNull();
  });

  it('twice, or after an abort, is no harm', async () => {
    await using peer = await peerThat(async () => {});
    const association = await associate(peer, { releaseMs: 50 });

    association.abort();
    await Promise.all([association.release(), association.release()]);
    await association[Symbol.asyncDispose]();

    expect(await association.closed).toBeNull();
    expect(peer.after.map(({ type }) => type)).toEqual([7]);
  });
});

const store = {
  commandField: CommandField.CStoreRq,
  affectedSopClassUid: SopClass.CtImageStorage,
  priority: 0,
};

/** Whatever comes as one message, and the lengths of the PDUs it came in. */
async function received(peer: RawConnection): Promise<{ lengths: readonly number[]; dataset: Buffer }> {
  const lengths: number[] = [];
  const pieces: Buffer[] = [];
  for (;;) {
    const pdu = await peer.pdu();
    if (pdu?.type !== 4) throw new Error(`PDU type ${pdu?.type}`);
    lengths.push(pdu.body.length);
    expect(pdu.body.readUInt32BE(0)).toBe(pdu.body.length - 4);
    const control = pdu.body[5]!;
    if ((control & 1) === 1) continue;
    pieces.push(pdu.body.subarray(6));
    if ((control & 2) === 2) return { lengths, dataset: Buffer.concat(pieces) };
  }
}

function pattern(length: number): Buffer {
  return Buffer.from(Array.from({ length }, (_, index) => (index * 7 + (index >> 8)) & 0xff));
}

async function withFile(bytes: Buffer, work: (path: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'gantry-test-'));
  try {
    const path = join(folder, 'dataset');
    await writeFile(path, bytes);
    await work(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

describe('sending a data set', () => {
  it.each([
    [0, 65_536],
    [1_024, 1_024],
    [1_025, 1_024],
    [16_384, 16_384],
    [262_144, 262_144],
    [0xffffffff, 262_144],
  ])('keeps to a Maximum Length of %i', async (maximumLength, longest) => {
    const bytes = pattern(2_500_001);
    let got: { lengths: readonly number[]; dataset: Buffer } | null = null;
    await using peer = await peerThat(
      async (connection) => {
        got = await received(connection);
        await connection.write(command(5, response(0x8001, 1, 0)));
      },
      { maximumLength },
    );
    const association = await associate(peer);
    const context = association.context(SopClass.CtImageStorage);

    const dataset: DatasetSource = { kind: 'bytes', bytes };
    const responses = await all(association.request(context, { command: store, dataset }));

    expect(responses).toHaveLength(1);
    expect(got!.dataset.equals(bytes)).toBe(true);
    expect(Math.max(...got!.lengths)).toBe(longest);
    association.abort();
  });

  it.each([0, 1, 16_378, 16_379, 1_000_000, 3_333_333])('streams %i bytes from a file', async (length) => {
    const bytes = pattern(length);
    const header = Buffer.from('a header to skip');
    await withFile(Buffer.concat([header, bytes, Buffer.from('tail')]), async (path) => {
      let got: Buffer | null = null;
      await using peer = await peerThat(async (connection) => {
        ({ dataset: got } = await received(connection));
        await connection.write(command(5, response(0x8001, 1, 0)));
      });
      const association = await associate(peer);
      const context = association.context(SopClass.CtImageStorage);
      await using handle = await open(path);

      const dataset: DatasetSource = { kind: 'file', handle, offset: header.length, length };
      await all(association.request(context, { command: store, dataset }));

      expect(got!.equals(bytes)).toBe(true);
      association.abort();
    });
  });

  it('aborts when the file has become shorter, and says so', async () => {
    await withFile(pattern(3_000_000), async (path) => {
      await using peer = await peerThat(async () => {});
      const association = await associate(peer);
      const context = association.context(SopClass.CtImageStorage);
      await using handle = await open(path);
      await truncate(path, 2_000_000);

      const dataset: DatasetSource = { kind: 'file', handle, offset: 0, length: 3_000_000 };
      const failure = await failureFrom(all(association.request(context, { command: store, dataset })));

      expect(failure).toMatchObject({ step: 'file', cause: 'changed' });
      expect(await association.closed).toBeNull();
      expect(peer.after.at(-1)?.type).toBe(7);
    });
  });

  it('fails as aborted when the peer aborts in the middle of it', async () => {
    await using peer = await peerThat(async (connection) => {
      await connection.pdu();
      await connection.pdu();
      await connection.write(golden.abort);
    });
    const association = await associate(peer);
    const context = association.context(SopClass.CtImageStorage);

    const dataset: DatasetSource = { kind: 'bytes', bytes: Buffer.alloc(50_000_000) };
    const failure = await failureFrom(all(association.request(context, { command: store, dataset })));

    expect(failure).toEqual({ step: 'respond', cause: 'aborted' });
  });

  it('can be cancelled while the peer takes nothing', async () => {
    await using peer = await peerThat(async (connection) => {
      await connection.pdu();
      connection.socket.pause();
      await new Promise((resolve) => connection.socket.once('close', resolve));
    });
    const association = await associate(peer);
    const context = association.context(SopClass.CtImageStorage);
    const cancel = new AbortController();
    const dataset: DatasetSource = { kind: 'bytes', bytes: Buffer.alloc(50_000_000) };
    const sending = failureFrom(
      all(association.request(context, { command: store, dataset }, {}, cancel.signal)),
    );
    const started = performance.now();

    cancel.abort();

    expect(await sending).toEqual({ step: 'cancelled' });
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
