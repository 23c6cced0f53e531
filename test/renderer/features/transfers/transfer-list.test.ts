import { describe, expect, it } from 'vitest';
import { ServerId } from '../../../../electron/contract/server.ts';
import { TransferId, type Transfer } from '../../../../electron/contract/transfer.ts';
import {
  canRetry,
  newestFirst,
  nextTransfers,
  noTransfers,
  type TransfersEvent,
} from '../../../../renderer/features/transfers/transfer-list.ts';
import { noticeWords } from '../../../../renderer/features/transfers/notice-words.ts';

function transfer(id: string, fields: Partial<Transfer> = {}): Transfer {
  return {
    id: TransferId.parse(id),
    kind: 'retrieve',
    serverId: ServerId.parse('a'),
    serverName: 'Main PACS',
    patientName: 'DOE^JANE',
    studyDescription: '',
    studyInstanceUid: '1.2',
    queuedAt: '2026-11-20T12:00:00Z',
    endedAt: null,
    state: { kind: 'waiting' },
    progress: { expected: 10, done: 0, warnings: 0, refused: 0, failed: 0, bytes: 0, bytesPerSecond: 0 },
    notices: [],
    ...fields,
  };
}

const idsAfter = (...events: readonly TransfersEvent[]): string[] =>
  newestFirst(events.reduce(nextTransfers, noTransfers)).map(({ id }) => id);

describe('the list of transfers', () => {
  it('has the newest on top', () => {
    const old = transfer('a', { queuedAt: '2026-11-20T11:00:00Z' });
    expect(idsAfter({ kind: 'listed', transfers: [old, transfer('b')] })).toEqual(['b', 'a']);
  });

  it('takes news for newer than a list that comes after it', () => {
    const done = transfer('a', { state: { kind: 'done' } });
    const events: readonly TransfersEvent[] = [
      { kind: 'changed', transfer: done },
      { kind: 'listed', transfers: [transfer('a'), transfer('b')] },
    ];
    const transfers = events.reduce(nextTransfers, noTransfers);
    expect(transfers.get(done.id)).toBe(done);
    expect(transfers.size).toBe(2);
  });

  it('loses what was cleared, and nothing else', () => {
    const listed: TransfersEvent = { kind: 'listed', transfers: [transfer('a'), transfer('b')] };
    expect(idsAfter(listed, { kind: 'cleared', ids: [TransferId.parse('a')] })).toEqual(['b']);
  });
});

describe('trying again', () => {
  const progress = transfer('a').progress;

  it('is for what failed, in part or whole, and for what was cancelled before its end', () => {
    const states: readonly Transfer['state'][] = [
      { kind: 'incomplete', failure: null },
      { kind: 'failed', failure: { step: 'resolve', host: 'pacs' } },
      { kind: 'cancelled' },
    ];
    expect(states.map((state) => canRetry(transfer('a', { state })))).toEqual([true, true, true]);
  });

  it('is not for what goes on or is done', () => {
    const states: readonly Transfer['state'][] = [
      { kind: 'waiting' },
      { kind: 'running', phase: 'moving' },
      { kind: 'done' },
    ];
    expect(states.map((state) => canRetry(transfer('a', { state })))).toEqual([false, false, false]);
    expect(
      canRetry(transfer('a', { state: { kind: 'cancelled' }, progress: { ...progress, done: 10 } })),
    ).toBe(false);
  });
});

describe('a notice', () => {
  const who = { server: 'Main PACS', ourAeTitle: 'GANTRY' };

  it('says that a port could not be listened on, and that it went on with the shared one', () => {
    const failure = { step: 'listen', address: '0.0.0.0', port: 104, cause: 'denied' } as const;
    const { title } = noticeWords({ kind: 'listen-port-unavailable', port: 104, failure }, who);
    expect(title).toBe('Port 104 could not be listened on; it went on with the shared listen port.');
  });

  it('says both counts when they differ', () => {
    const { title } = noticeWords({ kind: 'counters-differ', counted: 1512, arrived: 1 }, who);
    expect(title).toMatch(/^Main PACS counted 1.512 instances, 1 arrived here\.$/);
  });

  it('says why a study came by another way than the usual', () => {
    const failure = {
      step: 'respond',
      cause: 'status',
      command: 'C-MOVE',
      status: 0xa801,
      comment: null,
      offendingElements: [],
    } as const;
    const { title, explanation } = noticeWords({ kind: 'other-way', way: 'c-get', failure }, who);
    expect(title).toBe('It came by C-GET, because the usual way was refused.');
    expect(explanation).toContain('A801H');
  });

  it('says on what completeness rests without a list', () => {
    const { explanation } = noticeWords({ kind: 'list-unavailable', failure: null }, who);
    expect(explanation).toBe('Whether all of it is here rests on what the server counted.');
  });
});
