import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SendItemId, type SendItem } from '../../../../electron/contract/send.ts';
import { ServerId } from '../../../../electron/contract/server.ts';
import { TransferId, type InstanceReport, type Transfer } from '../../../../electron/contract/transfer.ts';
import { sendTree } from '../../../../renderer/features/send/branches.ts';
import { ledgerOf, sumOf } from '../../../../renderer/features/send/ledger.ts';
import {
  attemptsAt,
  isSending,
  nextSending,
  nothingToSend,
  type Sending,
  type SendingEvent,
} from '../../../../renderer/features/send/sending.ts';

function item(name: string, fields: Partial<SendItem> = {}): SendItem {
  return {
    id: SendItemId.parse(name),
    file: `cd/${name}`,
    bytes: 100,
    failure: null,
    patientName: 'DOE^JANE',
    patientId: 'A1',
    studyInstanceUid: '1.1',
    studyDescription: 'CT Chest',
    seriesInstanceUid: '1.1.1',
    modality: 'CT',
    sopInstanceUid: `1.1.1.${name.length}`,
    sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
    transferSyntaxUid: '1.2.840.10008.1.2.1',
    ...fields,
  };
}

const notDicom = item('readme', {
  failure: { step: 'file', cause: 'not-dicom', detail: '' },
  sopInstanceUid: '',
});

function report(of: SendItem, outcome: InstanceReport['outcome']): InstanceReport {
  const failure = outcome === 'failed' || outcome === 'refused' ? ({ step: 'cancelled' } as const) : null;
  return {
    sopInstanceUid: of.failure === null ? of.sopInstanceUid : null,
    file: of.file,
    outcome,
    status: null,
    failure,
  };
}

describe('the ledger', () => {
  it('has a row for every file, and counts what is not DICOM among the failed', () => {
    const rows = ledgerOf([item('a'), notDicom], []);
    expect(rows.map(({ outcome }) => outcome)).toEqual(['to-send', 'failed']);
  });

  it('takes the newest word about a file', () => {
    const [a, b] = [item('a'), item('bb')];
    const first = [report(a, 'stored'), report(b, 'refused')];
    const rows = ledgerOf([a, b], [first, [report(b, 'warning')]]);
    expect(rows.map(({ outcome }) => outcome)).toEqual(['stored', 'warning']);
  });

  it('gives two files of one name a report each', () => {
    const twins = [item('a'), { ...item('a'), id: SendItemId.parse('again') }];
    const rows = ledgerOf(twins, [[report(twins[0]!, 'stored'), report(twins[1]!, 'failed')]]);
    expect(rows.map(({ outcome }) => outcome)).toEqual(['stored', 'failed']);
  });

  it('takes the report of a file that is not DICOM, which has no SOP Instance UID', () => {
    const [row] = ledgerOf([notDicom], [[report(notDicom, 'failed')]]);
    expect(row?.report).not.toBeNull();
  });

  it('always adds up to what was added', () => {
    const outcomes = fc.constantFrom('stored', 'warning', 'refused', 'failed', null);
    fc.assert(
      fc.property(fc.array(fc.tuple(outcomes, fc.boolean())), (files) => {
        const items = files.map(([, isDicom], n) =>
          isDicom ? item(`f${n}`) : { ...notDicom, id: SendItemId.parse(`n${n}`), file: `n${n}` },
        );
        const reports = items.flatMap((each, n) => {
          const outcome = files[n]![0];
          return outcome === null ? [] : [report(each, outcome)];
        });
        const sum = Object.values(sumOf(ledgerOf(items, [reports]))).reduce((all, one) => all + one, 0);
        expect(sum).toBe(items.length);
      }),
    );
  });
});

describe('what is to be sent', () => {
  it('is shown by patient, study and series, without what can not be sent', () => {
    const tree = sendTree([
      item('a'),
      item('b', { seriesInstanceUid: '1.1.2', modality: 'SR' }),
      item('c', { studyInstanceUid: '1.2' }),
      item('d', { patientId: 'A2', studyInstanceUid: '2.1' }),
      notDicom,
    ]);
    expect(tree.map(({ ids, studies }) => [ids.length, studies.length])).toEqual([
      [3, 2],
      [1, 1],
    ]);
    expect(tree[0]?.studies[0]).toMatchObject({ modalities: ['CT', 'SR'], bytes: 200 });
    expect(tree[0]?.studies[0]?.series).toHaveLength(2);
  });

  it('keeps two patients of one name apart', () => {
    expect(sendTree([item('a'), item('b', { patientId: 'A2' })])).toHaveLength(2);
  });
});

const after = (...events: readonly SendingEvent[]): Sending => events.reduce(nextSending, nothingToSend);

describe('sending', () => {
  const [main, other] = [ServerId.parse('main'), ServerId.parse('other')];
  const queued = (id: string, serverId = main, anew = false): SendingEvent => ({
    kind: 'queued',
    id: TransferId.parse(id),
    serverId,
    anew,
  });
  const heard = (id: string, state: Transfer['state']): SendingEvent => ({
    kind: 'heard',
    transfer: {
      id: TransferId.parse(id),
      kind: 'send',
      serverId: main,
      serverName: 'Main PACS',
      patientName: '',
      studyDescription: '',
      studyInstanceUid: null,
      queuedAt: '2026-11-20T12:00:00Z',
      endedAt: null,
      state,
      progress: { expected: 1, done: 0, warnings: 0, refused: 0, failed: 0, bytes: 0, bytesPerSecond: 0 },
      notices: [],
    },
  });

  it('goes on from being queued until its transfer has ended', () => {
    const running = after(queued('t1'), heard('t1', { kind: 'running', phase: 'moving' }));
    expect(isSending(attemptsAt(after(), main))).toBe(false);
    expect(isSending(attemptsAt(after(queued('t1')), main))).toBe(true);
    expect(isSending(attemptsAt(running, main))).toBe(true);
    expect(isSending(attemptsAt(nextSending(running, heard('t1', { kind: 'cancelled' })), main))).toBe(false);
  });

  it('keeps apart what was sent to which server', () => {
    const both = after(queued('t1'), queued('t2', other));
    expect(attemptsAt(both, main).map(({ id }) => id)).toEqual(['t1']);
    expect(attemptsAt(both, null)).toEqual([]);
  });

  it('forgets earlier outcomes at a server when all is sent there anew', () => {
    const anew = after(queued('t1'), queued('t2', other), queued('t3', main, true));
    expect(anew.attempts.map(({ id }) => id)).toEqual(['t2', 't3']);
  });

  it('hears nothing about transfers it did not ask for', () => {
    const before = after(queued('t1'));
    expect(nextSending(before, heard('else', { kind: 'done' })).attempts).toEqual(before.attempts);
  });

  it('looks as long as any of its looks goes on', () => {
    const looking = after({ kind: 'looking' }, { kind: 'looking' }, { kind: 'looked', failure: null });
    expect(looking.looking).toBe(1);
  });

  it('keeps the reason why a look failed', () => {
    const failure = { step: 'file', cause: 'denied', detail: '' } as const;
    const looked = after(
      { kind: 'looking' },
      { kind: 'looked', failure },
      { kind: 'found', items: [item('a')] },
    );
    expect(looked).toMatchObject({ failure, looking: 0 });
  });

  it('begins anew when everything is removed', () => {
    const a = item('a');
    const emptied = after({ kind: 'found', items: [a] }, queued('t1'), { kind: 'removed', ids: [a.id] });
    expect(emptied).toMatchObject({ items: [], attempts: [] });
  });
});
