import { describe, expect, it } from 'vitest';
import { originWords } from '../../../../../renderer/features/servers/list/origin-words.ts';
import { found, grouped, type Listed } from '../../../../../renderer/features/servers/list/server-groups.ts';
import { movedBy, movedTo } from '../../../../../renderer/features/servers/list/server-order.ts';

const a = listed('a', { name: 'Main PACS', group: 'Radiology' });
const b = listed('b', { name: 'Échographie', aeTitle: 'ECHO1', host: 'us.example.org' });
const c = listed('c', { name: 'Archive', group: 'Cardiology', description: 'night shift only' });
const d = listed('d', { name: 'Spare', group: 'Radiology', port: 4242 });
const all = [a, b, c, d];

describe('the list of servers', () => {
  it('stands in groups, in the order of their first server, those without last', () => {
    expect(grouped(all).map(({ name, servers }) => [name, servers.map(({ id }) => id).join('')])).toEqual([
      ['Radiology', 'ad'],
      ['Cardiology', 'c'],
      ['', 'b'],
    ]);
  });

  it.each([
    ['echo', 'b'],
    ['ECHO1 us', 'b'],
    ['radiology', 'ad'],
    ['4242', 'd'],
    ['night', 'c'],
    ['  ', 'abcd'],
    ['radiology 4242 x', ''],
  ])('finds %j', (search, ids) => {
    expect(
      found(all, search)
        .map(({ id }) => id)
        .join(''),
    ).toBe(ids);
  });
});

describe('the order of the servers', () => {
  it('changes by a place within the group', () => {
    expect(movedBy(all, 'd', 'up')?.join('')).toBe('dabc');
    expect(movedBy(all, 'a', 'down')?.join('')).toBe('bcda');
  });

  it('does not change at the ends of a group', () => {
    expect(movedBy(all, 'a', 'up')).toBeNull();
    expect(movedBy(all, 'd', 'down')).toBeNull();
    expect(movedBy(all, 'gone', 'up')).toBeNull();
  });

  it('takes a dragged one to where it is dropped', () => {
    const ids = all.map(({ id }) => id);

    expect(movedTo(ids, 'd', 'b', 'before').join('')).toBe('adbc');
    expect(movedTo(ids, 'a', 'c', 'after').join('')).toBe('bcad');
    expect(movedTo(ids, 'a', 'a', 'after')).toBe(ids);
    expect(movedTo(ids, 'a', 'gone', 'after')).toBe(ids);
  });
});

function listed(id: string, said: Partial<Listed>): Listed {
  return {
    id,
    name: id,
    aeTitle: 'AE',
    host: '10.0.0.1',
    port: 104,
    description: '',
    organisation: '',
    group: '',
    ...said,
  };
}

describe('where a server comes from', () => {
  it('is a word, and for an administrator’s the line of his file', () => {
    expect(originWords({ kind: 'user' })).toEqual({ word: 'user', place: null });
    expect(originWords({ kind: 'csv' })).toEqual({ word: 'CSV', place: null });
    expect(originWords({ kind: 'administrator', file: '/etc/gantry/site.ini', line: 12 })).toEqual({
      word: 'administrator',
      place: 'site.ini:12',
    });
  });
});
