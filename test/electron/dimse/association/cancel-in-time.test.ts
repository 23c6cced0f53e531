import { describe, expect, it } from 'vitest';
import { FailureError } from '../../../../electron/contract/failure.ts';
import { find, get, move } from '../../../../electron/dimse/index.ts';
import type { Association, Timeouts } from '../../../../electron/dimse/index.ts';
import { associateWith } from '../../../support/associate-with.ts';
import { everyScu } from '../../../support/every-scu.ts';
import { golden } from '../../../support/golden-pdus.ts';
import type { RawConnection, RawMessage } from '../../../support/raw-connection.ts';
import { encodeCommand, encodeData, type RawCommand } from '../../../support/raw-pdu.ts';
import { acceptAssociation, scriptedPeer, type ScriptedPeer } from '../../../support/scripted-peer.ts';

const identifier = Buffer.from('10001000504e04005e582020', 'hex');

interface Flood {
  /** When the C-CANCEL-RQ had come, by `performance.now()`. */
  cancelledAt: number;
  /** How many responses were written by then, and in all. */
  before: number;
  written: number;
  /** Whether an A-ABORT came. */
  aborted: boolean;
}

/** Answers a request with this many pending responses, as fast as they are taken. */
async function floodingPeer(
  answers: number,
  whenCancelled: 'stops' | 'goes on',
): Promise<{ peer: ScriptedPeer; flood: Flood }> {
  const flood: Flood = { cancelledAt: 0, before: 0, written: 0, aborted: false };
  const peer = await scriptedPeer(async (connection) => {
    await acceptAssociation(connection);
    const request = await connection.message();
    if (request === null) return;
    const listening = listenFor(connection, flood);
    const pending = respond(request, { 0x900: 0xff00, 0x800: 1, 0x1020: 1, 0x1021: 1 }, identifier);
    const hundred = Buffer.concat(Array.from({ length: 100 }, () => pending));
    while (flood.written < answers && !connection.socket.destroyed) {
      if (flood.cancelledAt > 0 && whenCancelled === 'stops') break;
      await connection.write(hundred);
      flood.written += 100;
      await new Promise((resolve) => setImmediate(resolve));
    }
    const status = flood.cancelledAt > 0 ? 0xfe00 : 0;
    await connection.write(respond(request, { 0x900: status }));
    await listening;
  });
  return { peer, flood };
}

/** Hears the C-CANCEL-RQ, the A-ABORT and the end, while it floods. */
async function listenFor(connection: RawConnection, flood: Flood): Promise<void> {
  for (;;) {
    const message = await connection.message();
    if (message?.command[0x100] === 0x0fff) {
      flood.cancelledAt = performance.now();
      flood.before = flood.written;
    } else if (message === null) {
      flood.aborted = connection.last?.type === 7;
      if (connection.last?.type === 5) await connection.write(golden.releaseRp);
      return;
    }
  }
}

function respond({ contextId, command }: RawMessage, fields: RawCommand, dataset?: Buffer): Buffer {
  const response = {
    0x100: Number(command[0x100]) | 0x8000,
    0x120: command[0x110] ?? 0,
    0x800: 0x101,
    ...fields,
  };
  return Buffer.concat([
    ...encodeData(contextId, 'command', encodeCommand(response), 0),
    ...(dataset === undefined ? [] : encodeData(contextId, 'dataset', dataset, 0)),
  ]);
}

type Ask = (association: Association, signal: AbortSignal) => AsyncGenerator<unknown>;

const asks: Readonly<Record<string, Ask>> = {
  'C-FIND': (association, signal) => find(association, { identifier: Buffer.alloc(0) }, signal),
  'C-MOVE': (association, signal) =>
    move(association, { identifier: Buffer.alloc(0), destination: 'ELSEWHERE' }, signal),
  'C-GET': (association, signal) =>
    get(association, { identifier: Buffer.alloc(0), store: { begin: unexpected } }, signal),
};

function unexpected(): never {
  throw new Error('nothing is stored');
}

/** Cancels a request when it has had some of its answers. */
async function cancelAfter(
  taken: number,
  ask: Ask,
  peer: ScriptedPeer,
  timeouts: Partial<Timeouts>,
): Promise<{ outcome: unknown; cancelledAt: number; answers: number; association: Association }> {
  await using all = await everyScu();
  const association = await associateWith(peer, all.contexts, timeouts);
  const cancel = new AbortController();
  let [answers, cancelledAt] = [0, 0];
  try {
    for await (const _ of ask(association, cancel.signal)) {
      answers++;
      if (answers < taken) continue;
      cancelledAt ||= performance.now();
      cancel.abort();
    }
  } catch (thrown) {
    const outcome = thrown instanceof FailureError ? thrown.failure : thrown;
    return { outcome, cancelledAt, answers, association };
  }
  return { outcome: 'done', cancelledAt, answers, association };
}

describe.each(Object.keys(asks))('a %s of a hundred thousand answers that is cancelled', (name) => {
  it('says so to the peer while the answers go on, keeps what it has, and may ask again', async () => {
    const { peer, flood } = await floodingPeer(100_000, 'stops');
    await using _ = peer;

    const { outcome, cancelledAt, answers, association } = await cancelAfter(250, asks[name]!, peer, {});

    expect(outcome).toEqual({ step: 'cancelled' });
    expect(answers).toBe(250);
    expect(flood.cancelledAt - cancelledAt).toBeLessThan(1_000);
    // The peer was told long before it had said everything.
    expect(flood.before).toBeLessThan(100_000);
    await association.release();
    await expect.poll(() => peer.open).toBe(0);
    expect(flood.aborted).toBe(false);
  });

  it('is ended by an A-ABORT where the peer goes on regardless', async () => {
    const { peer, flood } = await floodingPeer(Infinity, 'goes on');
    await using _ = peer;

    const { outcome, association } = await cancelAfter(250, asks[name]!, peer, { cancelGraceMs: 300 });

    expect(outcome).toEqual({ step: 'cancelled' });
    expect(await association.closed).toBeNull();
    await expect.poll(() => peer.open).toBe(0);
    expect(flood.cancelledAt).toBeGreaterThan(0);
  });
});

describe('a hundred thousand answers', () => {
  it('are all taken where nobody cancels', async () => {
    const { peer } = await floodingPeer(100_000, 'stops');
    await using _ = peer;

    const { outcome, answers, association } = await cancelAfter(Infinity, asks['C-FIND']!, peer, {});

    expect([outcome, answers]).toEqual(['done', 100_000]);
    await association.release();
  });
});
