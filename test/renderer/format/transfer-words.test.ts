import { describe, expect, it } from 'vitest';
import { ServerId } from '../../../electron/contract/server.ts';
import { TransferId, type Transfer, type TransferProgress } from '../../../electron/contract/transfer.ts';
import {
  progressCount,
  reportWords,
  timeLeftMs,
  timeLeftWords,
  transferStateWords,
  transferSubject,
} from '../../../renderer/format/index.ts';

const progress: TransferProgress = {
  expected: 512,
  done: 128,
  warnings: 0,
  refused: 0,
  failed: 0,
  bytes: 64_000_000,
  bytesPerSecond: 16_000_000,
};

const transfer: Transfer = {
  id: TransferId.parse('a'),
  kind: 'retrieve',
  serverId: ServerId.parse('a'),
  serverName: 'Main PACS',
  patientName: 'DOE^JANE',
  studyDescription: '',
  studyInstanceUid: '1.2',
  queuedAt: '2026-11-20T12:00:00Z',
  endedAt: null,
  state: { kind: 'running', phase: 'moving' },
  progress,
  notices: [],
};

const stateWords = (fields: Partial<Transfer>): string => transferStateWords({ ...transfer, ...fields });

describe('how far a transfer is', () => {
  it('is said as n of m, as n, or not at all', () => {
    expect(progressCount(progress)).toBe('128 of 512');
    expect(progressCount({ ...progress, expected: null })).toBe('128');
    expect(progressCount({ ...progress, expected: null, done: 0 })).toBe('');
  });

  it('is guessed in time from what has come', () => {
    expect(timeLeftMs(progress)).toBe(12_000);
    expect(timeLeftWords(progress)).toBe('12 s left');
    expect(timeLeftWords({ ...progress, done: 511, bytes: 255_500_000 })).toBe('1 s left');
  });

  it('is not guessed from nothing', () => {
    expect(timeLeftWords({ ...progress, bytesPerSecond: 0 })).toBe('');
    expect(timeLeftWords({ ...progress, expected: null })).toBe('');
    expect(timeLeftWords({ ...progress, done: 0, bytes: 0 })).toBe('');
  });
});

describe('the state of a transfer', () => {
  it('says who is asked and what goes on', () => {
    expect(stateWords({ state: { kind: 'running', phase: 'asking' } })).toBe('Asking Main PACS');
    expect([stateWords({}), stateWords({ kind: 'send' })]).toEqual(['Receiving', 'Sending']);
  });

  it('says how much of it did not work', () => {
    const state = { kind: 'incomplete', failure: null } as const;
    expect(stateWords({ state, progress: { ...progress, done: 507, failed: 5 } })).toBe('5 failed');
    expect(stateWords({ state, progress: { ...progress, done: 500 } })).toBe('12 missing');
  });

  it('counts warnings of what is done', () => {
    const done = { kind: 'done' } as const;
    expect(stateWords({ state: done, progress: { ...progress, warnings: 2 } })).toBe('All here, 2 warnings');
    expect(stateWords({ kind: 'send', state: done })).toBe('All stored');
  });
});

it('names a retrieve by its patient and a send by its files', () => {
  expect(transferSubject(transfer)).toBe('DOE, JANE');
  expect(transferSubject({ ...transfer, patientName: '' })).toBe('No name');
  expect(transferSubject({ ...transfer, kind: 'send' })).toBe('512 files');
  expect(transferSubject({ ...transfer, kind: 'send', progress: { ...progress, expected: null } })).toBe(
    'Files',
  );
});

describe('the report of an instance', () => {
  const who = { server: 'Main PACS', ourAeTitle: 'GANTRY' };
  const report = { sopInstanceUid: '1.2', file: 'a.dcm', outcome: 'warning', failure: null } as const;

  it('says what a warning status of the standard means', () => {
    expect(reportWords({ ...report, status: 0xb007 }, who)).toContain('does not match its SOP class');
    expect(reportWords({ ...report, status: 0xb123 }, who)).toContain('B123H');
  });

  it('has no words for what was simply stored', () => {
    expect(reportWords({ ...report, outcome: 'stored', status: 0 }, who)).toBe('');
  });

  it('says why something failed', () => {
    const failure = { step: 'file', cause: 'not-dicom', detail: '' } as const;
    expect(reportWords({ ...report, outcome: 'failed', status: null, failure }, who)).toContain('DICOM');
  });
});
