import { describe, expect, it } from 'vitest';
import type { ImportRow } from '../../../../../electron/contract/import-servers.ts';
import { serverDraft, ServerId } from '../../../../../electron/contract/server.ts';
import {
  countTaken,
  nothingLeftOut,
  toggled,
  withAll,
} from '../../../../../renderer/features/servers/import/left-out.ts';

const draft = serverDraft({
  name: 'New',
  aeTitle: 'NEW',
  host: '10.0.0.1',
  port: 104,
  listenPort: null,
  preferredCompression: 'as-stored',
  description: '',
  tls: false,
  verifyCertificate: true,
});
const added = (row: number): ImportRow => ({ kind: 'add', row, draft, warnings: [] });
const bad: ImportRow = { kind: 'bad', row: 9, name: 'Bad', problems: [] };
const same: ImportRow = { kind: 'same', row: 8, id: ServerId.parse('a'), name: 'Same' };
const rows = [added(2), added(3), same, bad];

describe('a row of a list', () => {
  it('is left out, and taken again', () => {
    const leftOut = toggled(nothingLeftOut, added(2));

    expect([...leftOut]).toEqual([2]);
    expect(countTaken({ rows }, leftOut)).toMatchObject({ add: 1, same: 1, bad: 1 });
    expect([...toggled(leftOut, added(2))]).toEqual([]);
  });

  it('that would change nothing is neither', () => {
    expect(toggled(nothingLeftOut, bad)).toBe(nothingLeftOut);
    expect(toggled(nothingLeftOut, same)).toBe(nothingLeftOut);
  });

  it('goes with all others that would change something, and no more', () => {
    const none = withAll(nothingLeftOut, rows, false);

    expect([...none]).toEqual([2, 3]);
    expect([...withAll(none, [added(3)], true)]).toEqual([2]);
  });
});
