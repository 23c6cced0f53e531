import { describe, expect, it } from 'vitest';
import { emptyServerFields } from '../../../electron/contract/server-fields.ts';
import {
  checkServerFields,
  type ServerFields,
  type ServerProblems,
} from '../../../electron/contract/check-server.ts';
import { serverDraft, ServerDraft } from '../../../electron/contract/server.ts';

const good: ServerFields = {
  ...emptyServerFields,
  name: 'Main PACS',
  aeTitle: 'PACS1',
  host: 'pacs.example.org',
  port: '104',
  listenPort: '',
  preferredCompression: 'as-stored',
  description: '',
  tls: false,
  verifyCertificate: true,
};

function problemsOf(changes: Partial<ServerFields>): ServerProblems {
  const checked = checkServerFields({ ...good, ...changes });
  return 'problems' in checked ? checked.problems : {};
}

function draftOf(changes: Partial<ServerFields>): ServerDraft | null {
  const checked = checkServerFields({ ...good, ...changes });
  return 'draft' in checked ? checked.draft : null;
}

describe('checkServerFields', () => {
  it('makes a draft of good fields, ports as numbers, an empty listen port as none', () => {
    expect(draftOf({})).toEqual(
      serverDraft({
        name: 'Main PACS',
        aeTitle: 'PACS1',
        host: 'pacs.example.org',
        port: 104,
        listenPort: null,
        preferredCompression: 'as-stored',
        description: '',
        tls: false,
        verifyCertificate: true,
      }),
    );
    expect(draftOf({ port: ' 0104 ', listenPort: ' 11112 ' })).toMatchObject({
      port: 104,
      listenPort: 11112,
    });
    expect(draftOf({ listenPort: '  ' })).toMatchObject({ listenPort: null });
  });

  it('makes a draft that passes the border unchanged', () => {
    const draft = draftOf({ name: ' x ', aeTitle: ' A B ', host: ' [::1] ' });

    expect(draft).toMatchObject({ name: 'x', aeTitle: 'A B', host: '::1' });
    expect(ServerDraft.parse(draft)).toEqual(draft);
  });

  it('has one sentence for each field that is wrong, naming the thing', () => {
    const problems = problemsOf({
      name: ' ',
      aeTitle: '   ',
      host: '',
      port: '',
      listenPort: '0',
      preferredCompression: 'zip',
      description: 'x'.repeat(1025),
    });

    expect(Object.keys(problems)).toEqual([
      'name',
      'aeTitle',
      'host',
      'port',
      'listenPort',
      'preferredCompression',
      'description',
    ]);
    for (const problem of Object.values(problems)) expect(problem).toMatch(/^[A-Z].{15,}\.$/);
    expect(problems.aeTitle).toContain('AE title');
    expect(problems.host).toContain('IP address or domain name');
  });

  it.each(['0', '65536', '-1', '+104', '1e3', '0x68', '104.0', '10 4', '１０４', '99999999999999999999'])(
    'refuses the port %j',
    (port) => {
      expect(problemsOf({ port })).toEqual({ port: 'A port is a whole number from 1 to 65535.' });
    },
  );

  it.each([
    ['17 characters', 'ABCDEFGHIJKLMNOPQ', '17 characters'],
    ['a backslash', 'A\\B', 'a backslash (character 2)'],
    ['a no-break space', 'PACS\u00A01', 'a no-break space (U+00A0) (character 5)'],
    ['a Cyrillic А', '\u0410RCHIVE', 'U+0410) (character 1)'],
    ['a line feed', 'A\nB', 'a control character (U+000A)'],
    ['a zero-width space', 'A\u200B', 'an invisible character (U+200B)'],
    ['a delete', 'A\u007F', 'a control character (U+007F)'],
  ])('refuses an AE title with %s and says which character it is', (_, aeTitle, said) => {
    expect(problemsOf({ aeTitle }).aeTitle).toContain(said);
  });

  it('keeps the case and the inner spaces of an AE title, and takes 16 characters', () => {
    expect(draftOf({ aeTitle: '  aB cD ' })?.aeTitle).toBe('aB cD');
    expect(draftOf({ aeTitle: 'ABCDEFGHIJKLMNOP' })?.aeTitle).toHaveLength(16);
    expect(draftOf({ aeTitle: '!"#$%&\'()*+,-./:' })).not.toBeNull();
  });

  it.each([
    '10.0.0.5',
    '::1',
    '[fe80::1%eth0]',
    '0:0:0:0:0:ffff:a00:40c',
    '::ffff:10.0.4.12',
    'pacs',
    'pacs.example.org.',
    'pacs_1.local',
    '1::',
    '1:2:3:4:5:6:7::',
  ])('takes %j for a host', (host) => {
    expect(problemsOf({ host })).toEqual({});
  });

  it.each([
    '10.0.0',
    '10.0.0.256',
    '999',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    'fe80::1%',
    '::10.0.0.999',
    'http://pacs',
    'pacs:104',
    'pa cs',
    '-pacs',
    'pacs..org',
    'a'.repeat(64),
    'pacs\u0000',
  ])('refuses %j as a host', (host) => {
    expect(problemsOf({ host })).toHaveProperty('host');
  });

  it('refuses control characters in a name', () => {
    expect(problemsOf({ name: 'Main\u0000PACS' })).toHaveProperty('name');
  });
});
