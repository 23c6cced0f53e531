import { describe, expect, it } from 'vitest';
import type { ImportRow } from '../../../../electron/contract/import-servers.ts';
import { serverDraft } from '../../../../electron/contract/server.ts';
import { countKinds, rowName, rowWords } from '../../../../renderer/features/servers/import/import-words.ts';

const draft = serverDraft({
  name: 'Main',
  aeTitle: 'PACS1',
  host: '10.0.4.12',
  port: 104,
  listenPort: null,
  preferredCompression: 'as-stored',
  description: '',
  tls: false,
  verifyCertificate: true,
});

const rows: readonly ImportRow[] = [
  { kind: 'add', row: 2, draft, warnings: [{ column: 'ae', message: 'Looks like PACSI.' }] },
  {
    kind: 'bad',
    row: 3,
    name: 'Broken',
    problems: [
      { column: 'port', message: 'A port is a whole number from 1 to 65535.' },
      { column: '', message: 'The row has 9 cells.' },
    ],
  },
  { kind: 'conflict', row: 4, name: 'Archive', file: 'site.ini', line: 12 },
];

describe('a row of a list that is imported', () => {
  it('says what would come of it', () => {
    expect(rowName(rows[0]!)).toBe('Main');
    expect(rowWords(rows[0]!)).toBe('PACS1 at 10.0.4.12:104 · Looks like PACSI.');
    expect(rowWords(rows[2]!)).toContain('site.ini, line 12');
  });

  it('that is bad gives every reason, each at its column', () => {
    expect(rowWords(rows[1]!)).toBe('port: A port is a whole number from 1 to 65535. The row has 9 cells.');
  });

  it('is counted by its kind', () => {
    expect(countKinds({ rows })).toEqual({ add: 1, change: 0, same: 0, conflict: 1, bad: 1 });
  });
});
