import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  commitmentReports,
  listen,
  nEventReport,
  SopClass,
  WellKnownInstance,
  type CommitmentReport,
  type CommitmentRequest,
} from '../../../electron/dimse/index.ts';
import { encodeAttributes } from '../../../electron/dataset/index.ts';
import { openCommitmentBook, type CommitmentBook } from '../../../electron/transfers/commitment-book.ts';
import { associateWith } from '../../support/associate-with.ts';
import { temporaryFolder, type TemporaryFolder } from '../../support/temporary-folder.ts';

const ct = { sopClassUid: SopClass.CtImageStorage, sopInstanceUid: '1.2.3.1' };
const request: CommitmentRequest = { transactionUid: '1.2.3.99', instances: [ct] };
const report: CommitmentReport = {
  transactionUid: '1.2.3.99',
  reportedBy: 'ARCHIVE',
  instances: [{ ...ct, outcome: { kind: 'failed', reason: 0x0112 } }],
};

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder[Symbol.asyncDispose]());

describe('the book of commitments', () => {
  it('finds a request again after a restart, and keeps its report', async () => {
    await (await open('2026-04-01')).open(request);

    const again = await open('2026-04-03');

    expect(await again.find(request.transactionUid)).toEqual(request);
    await again.settle(report);
    expect(await (await open('2026-04-04')).records()).toEqual([
      { request, requestedAt: at('2026-04-01'), report, reportedAt: at('2026-04-03') },
    ]);
  });

  it('matches a report that comes after a restart, on an association of the peer', async () => {
    await (await open('2026-04-01')).open(request);

    const reports: CommitmentReport[] = [];
    const service = commitmentReports({
      store: await open('2026-04-02'),
      onReport: (one) => reports.push(one),
    });
    await using listener = await listen({ host: '127.0.0.1', port: 0, services: [service] });
    await reportTo(listener.port);

    expect(reports).toMatchObject([
      { transactionUid: '1.2.3.99', instances: [{ ...ct, outcome: { kind: 'committed' } }] },
    ]);
    expect(await (await open('2026-04-03')).records()).toMatchObject([{ report: reports[0] }]);
  });

  it('is one book for two programs at once', async () => {
    const [one, other] = [await open('2026-04-01'), await open('2026-04-01')];

    await one.open(request);
    await other.open({ ...request, transactionUid: '1.2.3.100' });

    expect(await other.find('1.2.3.99')).toEqual(request);
    expect(await one.records()).toHaveLength(2);
  });

  it('forgets what the peer refused, and what was settled a month ago, but nothing that is open', async () => {
    const book = await open('2026-04-01');
    for (const transactionUid of ['1.1', '1.2', '1.3']) await book.open({ ...request, transactionUid });
    await book.settle({ ...report, transactionUid: '1.2' });

    await book.forget('1.3');
    const later = await open('2026-08-01');

    expect((await later.records()).map((each) => each.request.transactionUid)).toEqual(['1.1']);
  });

  it('knows nothing of what is not a UID, wherever that would lead', async () => {
    await writeFile(join(folder.path, 'secret.json'), '{}');
    const book = await open('2026-04-01');

    for (const hostile of ['../secret', '', '1.2/3', 'x', '1.2.3\0'])
      expect(await book.find(hostile)).toBeNull();
  });

  it('opens beside a file that is damaged, leaves it, and fails only where it is asked for', async () => {
    const book = await open('2026-04-01');
    await book.open(request);
    const damaged = join(folder.path, 'commitments', '1.2.3.100.json');
    await writeFile(damaged, '{"version":1,"request":');

    const again = await open('2026-04-02');

    expect(await again.records()).toHaveLength(1);
    await expect(again.find('1.2.3.100')).rejects.toThrow(/JSON/);
    expect(await readFile(damaged, 'utf8')).toBe('{"version":1,"request":');
  });

  it('leaves nothing half written behind', async () => {
    const book = await open('2026-04-01');

    await Promise.all(Array.from({ length: 20 }, () => book.settle(report)));
    await book.open(request);
    await Promise.all(Array.from({ length: 20 }, () => book.settle(report)));

    expect(await readdir(join(folder.path, 'commitments'))).toEqual(['1.2.3.99.json']);
    expect(await book.records()).toMatchObject([{ report }]);
  });

  it('says so where a request can not be kept, before it is sent', async () => {
    const book = await open('2026-04-01');
    await mkdir(join(folder.path, 'commitments', '1.2.3.99.json'));

    await expect(book.open(request)).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
  });
});

function open(day: string): Promise<CommitmentBook> {
  return openCommitmentBook({ folder: join(folder.path, 'commitments'), now: () => new Date(at(day)) });
}

function at(day: string): string {
  return `${day}T12:00:00.000Z`;
}

async function reportTo(port: number): Promise<void> {
  const proposed = {
    abstractSyntaxUid: SopClass.StorageCommitmentPushModel,
    transferSyntaxUids: ['1.2.840.10008.1.2.1'],
    roles: { scu: false, scp: true },
  };
  await using association = await associateWith({ host: '127.0.0.1', port }, [proposed]);
  const information = encodeAttributes(
    [
      { keyword: 'TransactionUID', value: request.transactionUid },
      {
        keyword: 'ReferencedSOPSequence',
        value: [
          [
            { keyword: 'ReferencedSOPClassUID', value: ct.sopClassUid },
            { keyword: 'ReferencedSOPInstanceUID', value: ct.sopInstanceUid },
          ],
        ],
      },
    ],
    '1.2.840.10008.1.2.1',
  );
  const target = {
    context: association.context(SopClass.StorageCommitmentPushModel),
    sopClassUid: SopClass.StorageCommitmentPushModel,
    sopInstanceUid: WellKnownInstance.StorageCommitmentPushModel,
    eventTypeId: 1,
  };
  await nEventReport(association, target, information);
}
