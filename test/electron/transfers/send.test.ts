import { truncate } from 'node:fs/promises';
import { join } from 'node:path';
import {
  array,
  assert,
  asyncProperty,
  constant,
  constantFrom,
  integer,
  oneof,
  record,
  tuple,
} from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AeTitle } from '../../../electron/contract/ae-title.ts';
import type { InstanceReport } from '../../../electron/contract/transfer.ts';
import { readFileHeader } from '../../../electron/dataset/index.ts';
import { SopClass, TransferSyntax } from '../../../electron/dimse/index.ts';
import { Ledger } from '../../../electron/transfers/ledger.ts';
import { send, type FileToSend } from '../../../electron/transfers/send.ts';
import { buildDataset, uidFor, writeP10 } from '../../support/build-dataset.ts';
import { freePort } from '../../support/peers/index.ts';
import { temporaryFolder, type TemporaryFolder } from '../../support/temporary-folder.ts';
import {
  startTreacherousScp,
  type TreacherousScp,
  type Treatment,
  type Welcome,
} from '../../support/treacherous-scp.ts';

const never = new AbortController().signal;
const localLimit: Welcome = { kind: 'reject', words: [2, 3, 2] };

let folder: TemporaryFolder;
let files: readonly FileToSend[];
beforeAll(async () => {
  folder = await temporaryFolder();
  files = await Promise.all(Array.from({ length: 24 }, (_, index) => writeImage(`${index}`)));
});
afterAll(() => folder[Symbol.asyncDispose]());

describe('sending on several associations', () => {
  it('sends each file once, on four associations unless told', async () => {
    await using scp = await startTreacherousScp({ treat: waitFor(4) });

    const { outcomes } = await sendTo(scp, files);

    expect(outcomes).toEqual({ stored: files.length });
    expect(uidsIn(scp)).toEqual(uidsOf(files));
    expect(scp.mostAtOnce).toBe(4);
  });

  it('makes no more associations than there are files, nor than the server may have', async () => {
    await using few = await startTreacherousScp({ treat: waitFor(2) });
    await using one = await startTreacherousScp({});

    await sendTo(few, files.slice(0, 2), { associations: 8 });
    await sendTo(one, files, { associations: 1 });

    expect([few.asked, one.asked]).toEqual([2, 1]);
  });

  it('goes on with fewer where the server grants only two, and calls nothing failed', async () => {
    const welcome = (_index: number, open: number): Welcome => (open < 2 ? { kind: 'accept' } : localLimit);
    await using scp = await startTreacherousScp({ welcome, treat: waitFor(2) });

    const { outcomes, thrown } = await sendTo(scp, files);

    expect(thrown).toBeNull();
    expect(outcomes).toEqual({ stored: files.length });
    expect(scp.mostAtOnce).toBe(2);
    expect(scp.asked).toBe(4);
  });

  it('does not wait for an association that is not needed any more', async () => {
    const welcome = (index: number): Welcome => ({ kind: index === 0 ? 'accept' : 'silence' });
    await using scp = await startTreacherousScp({ welcome });
    const began = performance.now();

    const { outcomes } = await sendTo(scp, files);

    expect(outcomes).toEqual({ stored: files.length });
    // The associations that nobody answered would have been waited for ten seconds.
    expect(performance.now() - began).toBeLessThan(9_000);
    await expect.poll(() => scp.sockets).toBe(0);
  });

  it('loses only the file that was on an association when the peer aborted it', async () => {
    const victim = uidsOf(files)[5]!;
    await using scp = await startTreacherousScp({
      treat: (_, uid) => (uid === victim ? { kind: 'abort' } : { kind: 'answer', status: 0 }),
    });

    const { reports, thrown } = await sendTo(scp, files);

    expect(thrown).toBeNull();
    const failed = reports.filter(({ outcome }) => outcome !== 'stored');
    expect(failed).toMatchObject([
      { sopInstanceUid: victim, outcome: 'failed', failure: { step: 'respond', cause: 'aborted' } },
    ]);
    expect(uidsIn(scp)).toEqual(uidsOf(files));
  });

  it('loses no file to a peer that ends each association after an answer', async () => {
    await using scp = await startTreacherousScp({
      treat: () => ({ kind: 'answer-then-abort', status: 0 }),
    });

    const { reports } = await sendTo(scp, files, { associations: 1 });

    // What crossed its abort on the wire may be lost; most of it came through, each with its own answer.
    const stored = reports.filter(({ outcome }) => outcome === 'stored').map((each) => each.sopInstanceUid);
    expect(stored).toEqual(expect.arrayContaining(scp.received.map(({ sopInstanceUid }) => sopInstanceUid)));
    expect(reports).toHaveLength(files.length);
  });

  it('gives up on a peer that aborts whatever it is sent, without trying every file', async () => {
    await using scp = await startTreacherousScp({ treat: () => ({ kind: 'abort' }) });

    const { outcomes, thrown } = await sendTo(scp, files);

    expect(thrown).toBeNull();
    expect(outcomes).toEqual({ failed: files.length });
    // Two in a row on each of four.
    expect(scp.received.length).toBeLessThanOrEqual(8);
  });

  it('stops where the peer has no more room, and says so of what was not tried', async () => {
    await using scp = await startTreacherousScp({
      treat: (index) => ({ kind: 'answer', status: index < 6 ? 0 : 0xa700 }),
    });

    const { reports, outcomes } = await sendTo(scp, files);

    expect(outcomes).toEqual({ stored: 6, failed: files.length - 6 });
    for (const { failure } of reports.filter(({ outcome }) => outcome === 'failed')) {
      expect(failure).toMatchObject({ step: 'respond', cause: 'status', status: 0xa700 });
    }
    expect(scp.received.length).toBeLessThanOrEqual(10);
  });

  it('asks a server that refuses us once, and gives every file that refusal', async () => {
    await using scp = await startTreacherousScp({
      welcome: () => ({ kind: 'reject', words: [1, 1, 7] }),
    });

    const { reports, outcomes, thrown } = await sendTo(scp, files);

    const rejected = { step: 'associate', cause: 'rejected', result: 1, source: 1, reason: 7 };
    expect(thrown).toMatchObject({ failure: rejected });
    expect(outcomes).toEqual({ failed: files.length });
    expect(reports.every(({ failure }) => failure?.step === 'associate')).toBe(true);
    expect(scp.asked).toBe(1);
  });

  it('waits a little for a peer that has not yet let go of the association before', async () => {
    let rejected = 0;
    const welcome = (index: number): Welcome => {
      if (index === 0 || rejected === 2) return { kind: 'accept' };
      rejected += 1;
      return localLimit;
    };
    await using scp = await startTreacherousScp({
      welcome,
      treat: (index) => (index === 0 ? { kind: 'abort' } : { kind: 'answer', status: 0 }),
    });

    const { outcomes, thrown } = await sendTo(scp, files, { associations: 1 });

    expect(thrown).toBeNull();
    expect(outcomes).toEqual({ failed: 1, stored: files.length - 1 });
  });

  it('spreads more contexts than one association can have over several', async () => {
    const classes = Object.values(SopClass).slice(0, 65);
    const syntaxes = [TransferSyntax.ExplicitVrLittleEndian, TransferSyntax.ImplicitVrLittleEndian];
    const many = await Promise.all(
      classes.flatMap((sopClassUid) =>
        syntaxes.map((transferSyntaxUid) =>
          writeImage(`${sopClassUid}-${transferSyntaxUid}`, { sopClassUid, transferSyntaxUid }),
        ),
      ),
    );
    await using scp = await startTreacherousScp({});

    const { outcomes } = await sendTo(scp, many);

    expect(many).toHaveLength(130);
    expect(outcomes).toEqual({ stored: 130 });
    expect(uidsIn(scp)).toEqual(uidsOf(many));
  });

  it('never has two files of one SOP Instance UID under way at once', async () => {
    const underWay = new Set<string>();
    let met = 0;
    await using scp = await startTreacherousScp({
      treat: async (_, uid) => {
        if (underWay.has(uid)) met += 1;
        underWay.add(uid);
        await new Promise((resolve) => setImmediate(resolve));
        underWay.delete(uid);
        return { kind: 'answer', status: 0 };
      },
    });
    const twins = files.slice(0, 6).map((file) => ({ ...file, key: `${file.key} again` }));

    const { outcomes } = await sendTo(scp, [...files.slice(0, 6), ...twins]);

    expect(outcomes).toEqual({ stored: 12 });
    expect(met).toBe(0);
  });

  it('calls a file that was cut short since it was added failed, and only that one', async () => {
    const short = await writeImage('short');
    await truncate(short.path, short.header!.bytes - 10);
    await using scp = await startTreacherousScp({});

    const { reports, outcomes } = await sendTo(scp, [short, ...files]);

    expect(outcomes).toEqual({ stored: files.length, failed: 1 });
    expect(reports.find(({ outcome }) => outcome === 'failed')).toMatchObject({
      sopInstanceUid: short.header!.sopInstanceUid,
      failure: { step: 'file' },
    });
  });

  it('has let go of every association within a second of Cancel, whatever the peer does', async () => {
    const canceller = new AbortController();
    let taken = 0;
    await using scp = await startTreacherousScp({
      welcome: (index) => ({ kind: index === 3 ? 'silence' : 'accept' }),
      treat: () => {
        taken += 1;
        return { kind: 'silence' };
      },
    });
    const sending = sendTo(scp, files, { signal: canceller.signal });
    await expect.poll(() => [taken, scp.asked], { timeout: 10_000 }).toEqual([3, 4]);

    const began = performance.now();
    canceller.abort();
    const { reports, thrown } = await sending;

    expect(performance.now() - began).toBeLessThan(1_000);
    expect(thrown).toMatchObject({ failure: { step: 'cancelled' } });
    expect(reports).toHaveLength(files.length);
    await expect.poll(() => scp.sockets).toBe(0);
  });

  it(
    'gives every file one outcome, and the true one, whatever a peer does',
    { timeout: 120_000 },
    async () => {
      await assert(
        asyncProperty(scripts, async ({ count, associations, welcomes, treatments }) => {
          await using scp = await startTreacherousScp({
            welcome: (index) => welcomes[index % welcomes.length] ?? { kind: 'accept' },
            treat: (index) => treatments[index % treatments.length] ?? { kind: 'answer', status: 0 },
          });
          const sent = files.slice(0, count);

          const { reports } = await sendTo(scp, sent, { associations });

          expect(reports.map(({ sopInstanceUid }) => sopInstanceUid ?? '').toSorted()).toEqual(uidsOf(sent));
          expect(new Set(uidsIn(scp)).size).toBe(scp.received.length);
          const answers = new Map(scp.received.map(({ sopInstanceUid, status }) => [sopInstanceUid, status]));
          for (const report of reports) {
            expect(claimOf(report), JSON.stringify(report)).toBe(
              answers.get(report.sopInstanceUid ?? '') ?? null,
            );
          }
          expect(scp.mostAtOnce).toBeLessThanOrEqual(associations);
          await expect.poll(() => scp.sockets).toBe(0);
        }),
        { numRuns: 40 },
      );
    },
  );

  it('gives every file the failure where nothing listens', async () => {
    const nowhere = { host: '127.0.0.1', port: await freePort(), aeTitle: 'NOWHERE' };

    const { outcomes, thrown } = await sendTo(nowhere, files);

    expect(thrown).toMatchObject({ failure: { step: 'connect', cause: 'refused' } });
    expect(outcomes).toEqual({ failed: files.length });
  });
});

const welcomes = oneof(
  { weight: 6, arbitrary: constant<Welcome>({ kind: 'accept' }) },
  constantFrom<Welcome>(
    { kind: 'accept', refusedSopClassUid: SopClass.CtImageStorage },
    localLimit,
    { kind: 'reject', words: [1, 1, 3] },
    { kind: 'abort' },
    { kind: 'hang-up' },
    { kind: 'garbage' },
  ),
);

const treatments = oneof(
  { weight: 8, arbitrary: constant<Treatment>({ kind: 'answer', status: 0 }) },
  {
    weight: 3,
    arbitrary: tuple(
      constantFrom('answer' as const, 'answer-then-abort' as const, 'answer-then-hang-up' as const),
      constantFrom(0, 0xb000, 0xb007, 0x0122, 0xa900, 0xc123, 0xa700),
    ).map(([kind, status]): Treatment => ({ kind, status })),
  },
  constantFrom<Treatment>(
    { kind: 'abort' },
    { kind: 'hang-up' },
    { kind: 'garbage' },
    { kind: 'wrong-message-id' },
  ),
);

const scripts = record({
  count: integer({ min: 0, max: 24 }),
  associations: integer({ min: 1, max: 6 }),
  welcomes: array(welcomes, { minLength: 1, maxLength: 6 }),
  treatments: array(treatments, { minLength: 1, maxLength: 12 }),
});

/** The status that a report says the peer gave; `null`: none. */
function claimOf({ outcome, status }: InstanceReport): number | null {
  return outcome === 'stored' ? 0 : status;
}

/** Answers nobody until so many objects are there at once. */
function waitFor(count: number): () => Promise<Treatment> {
  let arrived = 0;
  let open: () => void = () => {};
  const gate = new Promise<void>((resolve) => (open = resolve));
  return async () => {
    arrived += 1;
    if (arrived === count) open();
    await gate;
    return { kind: 'answer', status: 0 };
  };
}

interface Place {
  readonly host: string;
  readonly port: number;
  readonly aeTitle: string;
}

async function sendTo(
  { host, port, aeTitle }: Place,
  toSend: readonly FileToSend[],
  { signal = never, ...options }: { associations?: number; signal?: AbortSignal } = {},
) {
  const reports: InstanceReport[] = [];
  const ledger = new Ledger({
    now: () => performance.now(),
    onChange: () => {},
    onReport: (report) => reports.push(report),
  });
  const server = { host, port, aeTitle: AeTitle.parse(aeTitle), tls: false, verifyCertificate: false };
  const request = { server, callingAeTitle: 'GANTRY', files: toSend, ...options };
  let thrown: unknown = null;
  try {
    await send(request, { ledger, phase: () => {} }, signal);
  } catch (error) {
    thrown = error;
  }
  const outcomes: Record<string, number> = {};
  for (const { outcome } of reports) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  return { reports, outcomes, thrown };
}

async function writeImage(
  name: string,
  kind: { readonly sopClassUid?: string; readonly transferSyntaxUid?: string } = {},
): Promise<FileToSend> {
  const { sopClassUid = SopClass.CtImageStorage } = kind;
  const { transferSyntaxUid = TransferSyntax.ExplicitVrLittleEndian } = kind;
  const path = join(folder.path, `${name}.dcm`);
  const sopInstanceUid = uidFor('send', name);
  const dataset = buildDataset([
    ['00080016', 'UI', sopClassUid],
    ['00080018', 'UI', sopInstanceUid],
    ['7FE00010', 'OW', Buffer.alloc(20_000)],
  ]);
  await writeP10(path, { sopClassUid, sopInstanceUid, transferSyntaxUid }, dataset);
  const header = { ...(await readFileHeader(path)), path };
  return { key: name, path, file: name, header, failure: null };
}

function uidsOf(those: readonly FileToSend[]): readonly string[] {
  return those.map(({ header }) => header!.sopInstanceUid).sort();
}

function uidsIn({ received }: TreacherousScp): readonly string[] {
  return received.map(({ sopInstanceUid }) => sopInstanceUid).sort();
}
