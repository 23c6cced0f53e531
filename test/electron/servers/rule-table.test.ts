import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkServers } from '../../../electron/contract/check-servers.ts';
import { FailureError } from '../../../electron/contract/failure.ts';
import { policyDefaults } from '../../../electron/contract/policy.ts';
import {
  emptyServerFields,
  fieldNames,
  type ServerField,
  type ServerFields,
} from '../../../electron/contract/server-fields.ts';
import { neighbourRules } from '../../../electron/contract/server-neighbours.ts';
import { serverRules, type Profile } from '../../../electron/contract/server-rules.ts';
import { serverDraft, ServerDraft, type ServerList } from '../../../electron/contract/server.ts';
import { planImport } from '../../../electron/servers/csv/plan-import.ts';
import { writeCsv } from '../../../electron/servers/csv/write-csv.ts';
import {
  loadAdminIni,
  mergeAdminFiles,
  openServerBook,
  readAdminIni,
  readReply,
  type ServerBook,
} from '../../../electron/servers/index.ts';
import { serverKeys } from '../../../electron/servers/server-keys.ts';
import { runCli } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** One way to be wrong: which field says so, and what was written. */
interface Wrong {
  readonly rule: string;
  readonly field: ServerField;
  readonly changes: Partial<ServerFields>;
  readonly profile?: Profile;
  /** A reply never yields such a value: what it finds is an address, or nothing. */
  readonly notByPaste?: true;
}

const good: ServerFields = {
  ...emptyServerFields,
  name: 'Main PACS',
  aeTitle: 'PACS1',
  host: '10.0.4.12',
  port: '104',
};
const web = { webUrl: 'https://pacs.example/rs', protocol: 'both' };
const strict = { role: 'scp' };

const wrongs: readonly Wrong[] = [
  { rule: 'name-missing', field: 'name', changes: { name: '' } },
  { rule: 'name-long', field: 'name', changes: { name: 'x'.repeat(65) } },
  { rule: 'ae-title-missing', field: 'aeTitle', changes: { aeTitle: '' }, notByPaste: true },
  { rule: 'ae-title-long', field: 'aeTitle', changes: { aeTitle: 'ABCDEFGHIJKLMNOPQ' } },
  { rule: 'ae-title-backslash', field: 'aeTitle', changes: { aeTitle: 'PACS\\1' } },
  { rule: 'ae-title-no-break-space', field: 'aeTitle', changes: { aeTitle: 'PACS\u00A01' } },
  { rule: 'ae-title-cyrillic', field: 'aeTitle', changes: { aeTitle: 'P\u0410CS1' } },
  { rule: 'ae-title-zero-width', field: 'aeTitle', changes: { aeTitle: 'PA\u200BCS1' } },
  { rule: 'host-missing', field: 'host', changes: { host: '' }, notByPaste: true },
  { rule: 'host-wrong', field: 'host', changes: { host: '10.0.4.256' }, notByPaste: true },
  { rule: 'port-missing', field: 'port', changes: { port: '' }, notByPaste: true },
  { rule: 'port-range', field: 'port', changes: { port: '70000' } },
  { rule: 'port-zero', field: 'port', changes: { port: '0' } },
  { rule: 'listen-port', field: 'listenPort', changes: { listenPort: '99999' } },
  { rule: 'compression', field: 'preferredCompression', changes: { preferredCompression: 'zip' } },
  { rule: 'description-long', field: 'description', changes: { description: 'x'.repeat(1025) } },
  { rule: 'role', field: 'role', changes: { role: 'server' } },
  { rule: 'protocol', field: 'protocol', changes: { protocol: 'ftp' } },
  { rule: 'calling-ae', field: 'callingAeTitle', changes: { callingAeTitle: 'P\u0410CS' } },
  { rule: 'url-missing', field: 'webUrl', changes: { protocol: 'dicomweb' }, notByPaste: true },
  { rule: 'url-wrong', field: 'webUrl', changes: { ...web, webUrl: 'ftp://pacs' }, notByPaste: true },
  { rule: 'username-missing', field: 'webUsername', changes: { ...web, webAuthentication: 'basic' } },
  { rule: 'authentication', field: 'webAuthentication', changes: { ...web, webAuthentication: 'oauth' } },
  { rule: 'method', field: 'retrieveMethod', changes: { retrieveMethod: 'ftp' } },
  {
    rule: 'method-without-dicom',
    field: 'retrieveMethod',
    changes: { protocol: 'dicomweb', webUrl: web.webUrl, retrieveMethod: 'c-move' },
  },
  { rule: 'method-without-web', field: 'retrieveMethod', changes: { retrieveMethod: 'dicomweb' } },
  { rule: 'modality-code', field: 'modalities', changes: { modalities: 'CT, M*R' } },
  { rule: 'used-for', field: 'abilities', changes: { abilities: 'query, fetch' } },
  { rule: 'status', field: 'lifecycle', changes: { lifecycle: 'gone' } },
  { rule: 'charset', field: 'queryCharacterSet', changes: { queryCharacterSet: 'UTF-8' } },
  { rule: 'decode-as', field: 'decodeAs', changes: { decodeAs: 'latin' } },
  { rule: 'associations', field: 'maxAssociations', changes: { maxAssociations: '17' } },
  { rule: 'time-out', field: 'connectSeconds', changes: { connectSeconds: '0.2' } },
  { rule: 'fingerprint', field: 'pinnedFingerprint', changes: { pinnedFingerprint: 'AB:CD' } },
  {
    rule: 'secret-in-clear',
    field: 'webUrl',
    changes: {
      ...strict,
      protocol: 'both',
      webUrl: 'http://pacs.example/rs',
      webAuthentication: 'basic',
      webUsername: 'x',
    },
    profile: 'strict',
  },
  { rule: 'role-undeclared', field: 'role', changes: {}, profile: 'strict' },
  { rule: 'modality-missing', field: 'modalities', changes: { role: 'both' }, profile: 'strict' },
];

const names = (profile: Profile | undefined): Profile => profile ?? 'plain';

/** The one sentence, by the judge itself. */
function sentence({ changes, field, profile }: Wrong): string {
  const [check] = checkServers([{ ...good, ...changes }], { profile: names(profile) });
  const problem = check!.problems.find((each) => each.field === field && each.severity === 'error');
  return problem?.message ?? 'nothing is wrong';
}

function iniOf(changes: Partial<ServerFields>): readonly string[] {
  const fields = { ...good, ...changes };
  return fieldNames
    .filter((field) => typeof fields[field] === 'string' && fields[field] !== '')
    .map((field) => `${serverKeys[field]}=${String(fields[field])}`);
}

function byIni({ changes, profile }: Wrong): readonly string[] {
  const policy = profile === 'strict' ? ['[policy]', 'strict=yes'] : [];
  const text = ['[file]', 'version=1', ...policy, '[server:a]', ...iniOf(changes)].join('\n');
  const { problems, servers } = readAdminIni('x.ini', text, {});
  expect(servers).toEqual([]);
  return problems.filter(({ severity }) => severity === 'error').map(({ reason }) => reason);
}

function byCsv({ changes, profile }: Wrong): readonly string[] {
  const fields = { ...good, ...changes };
  const texts = fieldNames.filter((field) => typeof fields[field] === 'string');
  const text = writeCsv([
    texts.map((field) => serverKeys[field]),
    texts.map((field) => String(fields[field])),
  ]);
  const [row] = planImport(text, listOf([], names(profile))).rows;
  return row?.kind === 'bad' ? row.problems.map(({ message }) => message) : [];
}

/** What a reply can hold is pasted; the rest is as the form has it. */
function byPaste({ changes, profile }: Wrong): readonly string[] {
  const fields = { ...good, ...changes };
  const text = [
    `Server: ${fields.name}`,
    `AE title: ${fields.aeTitle}`,
    `IP address: ${fields.host}`,
    `Port: ${fields.port}`,
    `Listen port: ${fields.listenPort}`,
    `Calling AE: ${fields.callingAeTitle}`,
    `URL: ${fields.webUrl}`,
  ].join('\n');
  const found = readReply(text).found.map(({ field, value }) => [field, value] as const);
  const filled = { ...fields, ...Object.fromEntries(found.filter(([field]) => field !== 'tls')) };
  const [check] = checkServers([filled], { profile: names(profile) });
  return check!.problems.filter(({ severity }) => severity === 'error').map(({ message }) => message);
}

/** As an earlier version, or a hand, may have left it in the settings. */
function storedOf(changes: Partial<ServerFields>): Readonly<Record<string, unknown>> {
  const fields = { ...good, ...changes };
  const number = (text: string): unknown => (text === '' ? null : Number(text));
  const optional = (text: string): unknown => (text === '' ? null : text);
  const { webUrl, webAuthentication, webUsername } = fields;
  return {
    ...fields,
    aeTitle: optional(fields.aeTitle),
    host: optional(fields.host),
    port: number(fields.port),
    listenPort: number(fields.listenPort),
    role: optional(fields.role),
    callingAeTitle: optional(fields.callingAeTitle),
    dicomweb:
      webUrl === '' ? null : { baseUrl: webUrl, authentication: webAuthentication, username: webUsername },
    modalities: fields.modalities === '' ? [] : fields.modalities.split(', '),
    abilities: fields.abilities === '' ? [] : fields.abilities.split(', '),
    replacedBy: null,
    decodeAs: optional(fields.decodeAs),
    maxAssociations: number(fields.maxAssociations),
    timeouts: { connectMs: fields.connectSeconds === '' ? null : Number(fields.connectSeconds) * 1000 },
    expectedName: null,
    authorities: null,
    clientCertificate: null,
    pinnedFingerprint: optional(fields.pinnedFingerprint),
    sendOptions: { associations: null },
  };
}

function byUpgrade({ changes }: Wrong): readonly string[] {
  const { book } = bookWith([{ id: 's1', origin: 'user', draft: storedOf(changes) }]);
  expect(book.list().servers).toEqual([]);
  return book.list().setAside.flatMap(({ problems }) => problems.map(({ message }) => message));
}

/** The border's schema, then the book. */
function bySave({ changes }: Wrong): readonly string[] {
  const parsed = ServerDraft.safeParse(storedOf(changes));
  if (!parsed.success) return parsed.error.issues.map(({ message }) => message);
  try {
    bookWith([]).book.save(null, parsed.data);
    return [];
  } catch (thrown) {
    const failure = thrown instanceof FailureError ? thrown.failure : null;
    return failure?.step === 'input' ? [failure.problem] : [];
  }
}

function bookWith(entries: readonly unknown[]): { readonly book: ServerBook } {
  let value: unknown = { version: 1, entries };
  const book = openServerBook({
    store: { get: () => value, set: (_, next) => void (value = next) },
    admin: () => mergeAdminFiles([]),
    newId: () => 'id',
  });
  return { book };
}

function listOf(drafts: readonly ServerDraft[], profile: Profile): ServerList {
  const { book } = bookWith(drafts.map((draft, index) => ({ id: `s${index}`, origin: 'user', draft })));
  const list = book.list();
  const strictly = { value: profile === 'strict', place: { file: 'x.ini', line: 3 } };
  return { ...list, policies: { ...list.policies, strict: strictly } };
}

describe('one validator', () => {
  it('has every rule of a record in this table', () => {
    const inTable = wrongs.map(({ rule }) => rule);
    const ruled = serverRules.filter(({ severity }) => severity.strict === 'error').map(({ id }) => id);

    expect(ruled.filter((id) => !inTable.includes(id))).toEqual([]);
    expect(Object.keys(policyDefaults)).toContain('strict');
  });

  it.each(wrongs)('says $rule in the form', (wrong) => {
    expect(sentence(wrong)).toMatch(/^[\p{Lu}“].*\.$/u);
    expect(sentence(wrong)).not.toBe('nothing is wrong');
  });

  it.each(wrongs)('says $rule in the same words for an administrator’s file', (wrong) => {
    expect(byIni(wrong)).toContain(sentence(wrong));
  });

  it.each(wrongs)('says $rule in the same words for a list (CSV)', (wrong) => {
    expect(byCsv(wrong)).toContain(sentence(wrong));
  });

  it.each(wrongs.filter(({ notByPaste }) => notByPaste !== true))(
    'says $rule in the same words for a pasted reply',
    (wrong) => {
      expect(byPaste(wrong)).toContain(sentence(wrong));
    },
  );

  const upgradable = wrongs.filter(({ profile }) => profile !== 'strict');

  it.each(upgradable)('says $rule in the same words for a server that was saved before', (wrong) => {
    expect(byUpgrade(wrong)).toContain(sentence(wrong));
  });

  it.each(upgradable)('says $rule in the same words for a request of a window', (wrong) => {
    expect(bySave(wrong)).toContain(sentence(wrong));
  });

  it('says each of them on the command line, at the line that is wrong', async () => {
    await using folder = await temporaryFolder();
    for (const profile of ['plain', 'strict'] as const) {
      const chosen = wrongs.filter((wrong) => names(wrong.profile) === profile);
      const file = join(folder.path, `${profile}.ini`);
      const lines = ['[file]', 'version=1'];
      const from = chosen.map((wrong, index) => {
        lines.push(`[server:s${index}]`);
        const start = lines.length;
        lines.push(...iniOf(wrong.changes));
        return { wrong, start, end: lines.length };
      });
      await writeFile(file, lines.join('\n'));

      const { code, lines: told } = await runCli([
        ...['check', file, '--json'],
        ...(profile === 'strict' ? ['--strict'] : []),
      ]);

      expect(code).toBe(1);
      for (const { wrong, start, end } of from) {
        const within = told.filter(
          ({ severity, line }) => severity === 'error' && Number(line) >= start && Number(line) <= end,
        );
        expect(within.map(({ reason }) => reason)).toContain(sentence(wrong));
      }
    }
  });
});

describe('what a site allows of AE titles', () => {
  const sites = [
    ['capital_ae_titles', 'PACS-1', 'capital letters, digits and underscores only'],
    ['capital_ae_titles', 'Pacs1', 'capital letters, digits and underscores only'],
    ['simple_ae_titles', 'PACS 1', 'letters, digits, hyphens and underscores only'],
    ['simple_ae_titles', 'PACS.1', 'letters, digits, hyphens and underscores only'],
  ] as const;

  it.each(sites)('is said in the same words on every path: %s, %s', async (policy, title, words) => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'x.ini');
    const site = ['[file]', 'version=1', '[policy]', `${policy}=yes`];
    const policies = mergeAdminFiles([]).policies;
    const place = { file, line: 4 };
    const ruled = { ...policies, [policy]: { value: true, place } };
    const record = { ...good, aeTitle: title };
    const [judged] = checkServers([record], { profile: 'plain', policies: ruled });
    const message = judged!.problems.find(({ severity }) => severity === 'error')!.message;
    expect(judged!.draft).toBeNull();
    expect(message).toContain(words);

    await writeFile(file, [...site, '[server:a]', ...iniOf({ aeTitle: title })].join('\n'));
    const admin = readAdminIni(file, [...site, '[server:a]', ...iniOf({ aeTitle: title })].join('\n'), {});
    expect(admin.servers).toEqual([]);
    expect(admin.problems).toMatchObject([{ severity: 'error', line: 7, key: 'ae', reason: message }]);

    const csv = writeCsv([
      ['name', 'ae', 'host', 'port'],
      [record.name, title, record.host, record.port],
    ]);
    const [row] = planImport(csv, { ...listOf([], 'plain'), policies: ruled }).rows;
    expect(row).toMatchObject({ kind: 'bad', problems: [{ message }] });

    const { found } = readReply(`AE title: ${title}\nIP address: ${record.host}\nPort: ${record.port}`);
    const pasted = Object.fromEntries(found.map(({ field, value }) => [field, value]));
    expect(pasted['aeTitle']).toBe(title);
    const [filled] = checkServers([{ ...good, ...pasted }], { profile: 'plain', policies: ruled });
    expect(filled!.problems).toEqual(judged!.problems);

    const book = openServerBook({
      store: { get: () => undefined, set: () => undefined },
      admin: () => mergeAdminFiles([loadAdminIni(file, {})]),
      newId: () => 'id',
    });
    expect(() => book.save(null, ServerDraft.parse(storedOf({ aeTitle: title })))).toThrow(
      expect.objectContaining({ failure: { step: 'input', field: 'draft.aeTitle', problem: message } }),
    );

    const { code, lines } = await runCli(['check', file, '--json']);
    expect(code).toBe(1);
    expect(lines).toContainEqual(expect.objectContaining({ severity: 'error', line: 7, reason: message }));
  });

  it('is kept to by a title that it allows, and by no site at all without a policy', () => {
    const policies = mergeAdminFiles([]).policies;
    const capital = { ...policies, capital_ae_titles: { value: true, place: null } };

    expect(checkServers([good], { profile: 'plain', policies: capital })[0]!.problems).toEqual(
      checkServers([good], { profile: 'plain' })[0]!.problems,
    );
    const calling = { ...good, callingAeTitle: 'read-7' };
    expect(checkServers([calling], { profile: 'plain', policies: capital })[0]!.problems).toContainEqual(
      expect.objectContaining({ field: 'callingAeTitle', severity: 'error' }),
    );
  });
});

describe('what two servers must not have in common', () => {
  const one = serverDraft({
    name: 'One',
    aeTitle: 'PACS1',
    host: '10.0.4.12',
    port: 104,
    listenPort: null,
    preferredCompression: 'as-stored',
    description: '',
    tls: false,
    verifyCertificate: true,
    role: 'scp',
    protocol: 'both',
    dicomweb: { baseUrl: 'https://pacs.example/rs' },
  });
  const other = { ...good, name: 'Other', aeTitle: 'OTHER', host: '10.0.4.99', role: 'scp', ...web };

  const clashes: readonly (readonly [rule: string, field: ServerField, changes: Partial<ServerFields>])[] = [
    ['name-taken', 'name', { name: 'one', webUrl: 'https://other.example/rs' }],
    ['ae-title-taken', 'aeTitle', { aeTitle: 'PACS1', webUrl: 'https://other.example/rs' }],
    ['ae-title-look-alike', 'aeTitle', { aeTitle: 'PACSl', webUrl: 'https://other.example/rs' }],
    ['address-taken', 'port', { host: '10.0.4.12', webUrl: 'https://other.example/rs' }],
    ['url-taken', 'webUrl', {}],
  ];

  it('is all in this table', () => {
    expect(clashes.map(([rule]) => rule)).toEqual(neighbourRules.map(({ id }) => id));
  });

  it.each(clashes)('%s names the other one, for form, file and list alike', (rule, field, changes) => {
    const severity = neighbourRules.find(({ id }) => id === rule)!.severity;
    for (const profile of ['plain', 'strict'] as const) {
      const [check] = checkServers([{ ...other, ...changes }], { profile, others: [one] });

      expect(check!.problems).toEqual([
        { severity: severity[profile], field, message: expect.stringMatching(/“One”/) },
      ]);
      expect(check!.draft === null).toBe(severity[profile] === 'error');
    }
  });

  it.each(clashes)('%s is no matter between two organisations, but for the name', (rule, _field, changes) => {
    const fields = { ...other, organisation: 'Elsewhere', ...changes };
    const [check] = checkServers([fields], { profile: 'strict', others: [one] });

    expect(check!.problems.length).toBe(rule === 'name-taken' ? 1 : 0);
  });

  it('is said for rows of one list, for sections of one file, and for a server that is saved', () => {
    const twin = iniOf({ name: 'Twin' });
    const text = ['[file]', 'version=1', '[server:a]', ...iniOf({}), '[server:b]', ...twin].join('\n');

    const { problems, servers } = readAdminIni('x.ini', text, {});

    expect(servers).toHaveLength(2);
    expect(problems.map(({ severity, key }) => `${severity} ${key}`)).toEqual(['warning ae', 'warning port']);
    expect(problems[0]!.reason).toContain('“Main PACS” has this AE title too');
  });
});
