import { describe, expect, it } from 'vitest';
import { ServerId } from '../../../../electron/contract/server.ts';
import { StudyKeys, type StudyMatch } from '../../../../electron/contract/study.ts';
import { selectOnly } from '../../../../renderer/components/index.ts';
import {
  activeRow,
  nextBrowsing,
  nothingBrowsed,
  selectedRows,
  type Browsing,
  type BrowsingEvent,
} from '../../../../renderer/features/query/browsing.ts';
import { searchWords } from '../../../../renderer/features/query/search-words.ts';
import { rowsOf, type Asked } from '../../../../renderer/features/query/study-search.ts';

const asked: Asked = {
  serverId: ServerId.parse('a'),
  serverName: 'Main PACS',
  keys: StudyKeys.parse({ patientName: 'doe*' }),
  limit: 500,
};
const busy = { step: 'respond', cause: 'closed' } as const;
const ended = { kind: 'ended', limitReached: false, keysIgnored: false, at: 1400 } as const;

function match(uid: string): StudyMatch {
  return {
    studyInstanceUid: uid,
    patientName: 'DOE^JANE',
    patientId: '',
    patientBirthDate: '',
    patientSex: '',
    studyDate: '',
    studyTime: '',
    modalities: [],
    studyDescription: '',
    accessionNumber: '',
    referringPhysicianName: '',
    studyId: '',
    seriesCount: null,
    instanceCount: null,
  };
}

function after(...events: readonly BrowsingEvent[]): Browsing {
  return events.reduce(nextBrowsing, nothingBrowsed);
}

const start: BrowsingEvent = { kind: 'asked', asked, at: 1000 };
const two: BrowsingEvent = { kind: 'found', matches: [match('1.1'), match('1.2')] };
const wordsAfter = (...events: readonly BrowsingEvent[]): string =>
  searchWords(after(...events).search, 0).text;

describe('a search', () => {
  it('shows rows as they arrive, and keeps a study that is answered twice', () => {
    const { search } = after(start, two, two, ended);
    expect(rowsOf(search).map(({ match: { studyInstanceUid } }) => studyInstanceUid)).toEqual([
      '1.1',
      '1.2',
      '1.1',
      '1.2',
    ]);
    expect(new Set(rowsOf(search).map(({ key }) => key)).size).toBe(4);
  });

  it('is failed and not empty when it fails, and keeps what came before', () => {
    const none = after(start, { kind: 'failed', failure: busy, at: 1100 });
    const some = after(start, two, { kind: 'failed', failure: busy, at: 1100 });
    expect(none.search.kind).toBe('failed');
    expect(rowsOf(some.search)).toHaveLength(2);
    expect(searchWords(some.search, 0)).toEqual({
      text: 'Incomplete: 2 studies came before it failed · 0.1 s',
      tone: 'warning',
    });
    expect(searchWords(none.search, 0).text).not.toContain('0 studies');
  });

  it('hears nothing more once it is stopped', () => {
    const stopped = after(start, two, { kind: 'stopped', at: 1200 });
    expect(nextBrowsing(stopped, two)).toEqual(stopped);
    expect(nextBrowsing(stopped, ended)).toEqual(stopped);
    expect(searchWords(stopped.search, 0).text).toBe('Stopped · 2 studies so far · 0.2 s');
  });

  it('begins with no rows and nothing selected', () => {
    const again = after(start, two, { kind: 'selected', selection: selectOnly('0 1.1') }, ended, start);
    expect(rowsOf(again.search)).toEqual([]);
    expect(selectedRows(again)).toEqual([]);
  });

  it('that can not be asked shows its reason in place of the rows', () => {
    const failure = { step: 'input', field: 'Limit', problem: 'is not between 1 and 10,000' } as const;
    expect(after(start, two, { kind: 'refused', failure }).search).toEqual({ kind: 'refused', failure });
  });
});

describe('the words of a search', () => {
  it('say how many, how long and what limit', () => {
    expect(wordsAfter(start, two, ended)).toBe('2 studies · 0.4 s · limit 500 · asked for patient name doe*');
    expect(wordsAfter(start, ended)).toBe('0 studies · 0.4 s · limit 500 · asked for patient name doe*');
  });

  it('say that there are more when the limit cut', () => {
    expect(wordsAfter(start, two, { ...ended, limitReached: true })).toContain(
      'limit 500 reached: there are more; narrow the search or raise the limit',
    );
  });

  it('say that a field was ignored', () => {
    expect(wordsAfter(start, two, { ...ended, keysIgnored: true })).toContain('does not support every field');
  });

  it('count while it runs', () => {
    expect(searchWords(after(start, two).search, 3).text).toBe('Asking Main PACS · 2 studies so far · 3 s');
  });
});

describe('the order of rows', () => {
  it('is that of arrival until the last one is there', () => {
    expect(after(start, two).order).toBe('arrived');
    expect(after(start, two, ended).order).toBe('sorted');
  });

  it('stays when someone is at work in the rows', () => {
    const selected: BrowsingEvent = { kind: 'selected', selection: selectOnly('0 1.1') };
    expect(after(start, two, selected, ended).order).toBe('arrived');
  });

  it('is what a person chose, at once', () => {
    const sorted: BrowsingEvent = {
      kind: 'sorted',
      sort: { columnId: 'patientName', direction: 'ascending' },
    };
    expect(after(start, two, sorted)).toMatchObject({ order: 'sorted', sort: sorted.sort });
  });
});

it('knows the row of the keyboard and the selected ones', () => {
  const browsing = after(start, two, {
    kind: 'selected',
    selection: { activeKey: '1 1.2', anchorKey: null, keys: new Set(['0 1.1', '1 1.2']) },
  });
  expect(activeRow(browsing)?.match.studyInstanceUid).toBe('1.2');
  expect(selectedRows(browsing)).toHaveLength(2);
  expect(activeRow(after(start, two))).toBeNull();
});
