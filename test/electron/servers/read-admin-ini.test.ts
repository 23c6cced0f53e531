import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { array, assert, constantFrom, nat, oneof, property, string, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { policyNames } from '../../../electron/contract/policy.ts';
import { serverDraft, ServerDraft } from '../../../electron/contract/server.ts';
import {
  loadAdminIni,
  readAdminIni,
  type AdminFile,
  type LoadedAdminFile,
} from '../../../electron/servers/index.ts';
import { noAdminLocal } from '../../../electron/settings/index.ts';
import { serverKeys } from '../../../electron/servers/server-keys.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const example = join(import.meta.dirname, '../../../admin-ini/servers.ini.example');
const other = ['name=B', 'ae=PACS2', 'host=10.0.0.6', 'port=104'];
const good = ['[file]', 'version=1', '[server:a]', 'name=A', 'ae=PACS1', 'host=10.0.0.5', 'port=104'];

function read(lines: readonly string[], env: Record<string, string | undefined> = {}): AdminFile {
  return readAdminIni('servers.ini', lines.join('\n'), env);
}

/** With nothing but these lines below `[file]`, so from line 3. */
function below(...lines: readonly string[]): AdminFile {
  return read(['[file]', 'version=1', ...lines]);
}

/** A file that can be read, as it lies on the disk. */
function load(file: string, env: Record<string, string | undefined> = {}): AdminFile {
  const loaded: LoadedAdminFile = loadAdminIni(file, env);
  return loaded.content!;
}

function said({ problems }: AdminFile): readonly string[] {
  return problems.map(({ severity, line, key }) => `${line} ${severity} ${key}`);
}

/** What comes of one more line in the good server's section, which is line 8. */
function withLine(
  line: string,
  env: Record<string, string | undefined> = {},
): { draft: ServerDraft | null; file: AdminFile } {
  const file = read([...good, line], env);
  return { draft: file.servers[0]?.draft ?? null, file };
}

describe('the example of the administrator’s file', () => {
  it('is read without a problem', () => {
    const { problems, servers, local, links, policies, about } = load(example);

    expect(problems).toEqual([]);
    expect(about).toEqual({
      site: 'St Elsewhere',
      issued: '2026-09-01',
      contact: 'pacs@st-elsewhere.example',
    });
    expect(policies.allow_user_servers).toMatchObject({ value: true });
    expect(links.map(({ draft }) => [draft.source, draft.target, draft.direction])).toEqual([
      ['local', 'teaching', 'pull'],
    ]);
    expect(servers.map(({ id, draft }) => [id, draft.name, draft.host, draft.listenPort, draft.tls])).toEqual(
      [
        ['main', 'Main PACS', 'pacs.st-elsewhere.example', 11113, false],
        ['teaching', 'Teaching files; read only', 'fd12:3456:789a::5', null, true],
        ['web', 'Cloud archive', null, null, false],
      ],
    );
    expect(servers[0]!.draft).toMatchObject({
      preferredCompression: 'j2k-lossless',
      description: 'Radiology archive. Questions: extension 1234',
    });
    expect(local).toMatchObject({
      aeTitle: { value: 'GANTRY', locked: false },
      listenPort: { value: 11112, locked: true },
      listenAddress: { value: '0.0.0.0', locked: true },
    });
  });

  it('tells of every key the program reads', async () => {
    const text = await readFile(example, 'utf8');
    const keys = [
      ...['version', 'site', 'issued', 'contact', 'locked', 'ae_title', 'listen_port', 'listen_address'],
      ...[
        'archive_folder',
        'listen_tls',
        'listen_cert',
        'listen_key',
        'unknown_classes',
        'source',
        'target',
        'direction',
        'client_key',
      ],
      ...policyNames,
      ...Object.values(serverKeys),
    ];

    for (const key of keys) expect(text).toMatch(new RegExp(`^${key}=|^; .*\\b${key}\\b`, 'm'));
  });

  it('stands on the lines that are said', async () => {
    const lines = (await readFile(example, 'utf8')).split('\n');

    for (const { id, line } of load(example).servers) expect(lines[line - 1]).toBe(`[server:${id}]`);
  });
});

describe('a server in the file', () => {
  it('needs no more than name, AE title, host and port', () => {
    expect(read(good)).toMatchObject({
      file: 'servers.ini',
      servers: [
        {
          id: 'a',
          file: 'servers.ini',
          line: 3,
          draft: serverDraft({
            name: 'A',
            aeTitle: 'PACS1',
            host: '10.0.0.5',
            port: 104,
            listenPort: null,
            preferredCompression: 'as-stored',
            description: '',
            tls: false,
            verifyCertificate: true,
          }),
          lines: { name: 4, aeTitle: 5, host: 6, port: 7 },
        },
      ],
      links: [],
      local: noAdminLocal,
      policies: {},
      problems: [],
    });
  });

  it.each(['name', 'ae', 'host', 'port'])('says that %s is missing, at its heading', (key) => {
    const file = read(good.filter((line) => !line.startsWith(`${key}=`)));

    expect(file.servers).toEqual([]);
    expect(said(file)).toEqual([`3 error ${key}`]);
    expect(file.problems[0]!.reason).toMatch(/missing/);
  });

  it.each([
    ['name', ''],
    ['ae', 'ABCDEFGHIJKLMNOPQ'],
    ['host', 'http://pacs'],
    ['port', '0'],
    ['listen_port', 'x'],
    ['compression', 'zip'],
    ['tls', 'perhaps'],
    ['tls', 'mutual'],
    ['calling_ae', 'ABCDEFGHIJKLMNOPQ'],
    ['retrieve', 'ftp'],
    ['charset', 'UTF-8'],
    ['max_associations', '17'],
    ['connect_timeout', '0.5'],
    ['status', 'gone'],
    ['role', 'server'],
    ['protocol', 'http'],
    ['ca', '../ca.pem'],
    ['client_cert', 'store:CN=me'],
    ['fingerprint', 'AB:CD'],
    ['verify', 'perhaps'],
    ['description', 'x'.repeat(1025)],
  ])('with a bad %s (%s) is not used, and the others are', (key, value) => {
    const file = read([
      ...good.filter((line) => !line.startsWith(`${key}=`)),
      `${key}=${value}`,
      '[server:b]',
      ...other,
    ]);

    expect(file.servers.map(({ id }) => id)).toEqual(['b']);
    expect(file.problems).toEqual([expect.objectContaining({ severity: 'error', key, file: 'servers.ini' })]);
    expect(file.problems[0]!.line).toBe(good.some((line) => line.startsWith(`${key}=`)) ? 7 : 8);
  });

  it('says all that is wrong with it at once', () => {
    const file = read([
      '[file]',
      'version=1',
      '[server:a]',
      'ae=a\\b',
      'port=x',
      'tls=mutual',
      'verify=perhaps',
    ]);

    expect(said(file)).toEqual([
      '3 error name',
      '3 error host',
      '4 error ae',
      '5 error port',
      '6 error tls',
      '7 error verify',
    ]);
  });

  it('needs a certificate of ours for mutual TLS, and takes one by the name of a file beside it', () => {
    expect(withLine('tls=mutual').file.problems[0]!.reason).toContain('needs a certificate of ours');

    const { file, draft } = {
      file: read([...good, 'tls=mutual', 'client_cert=me.p12', 'ca=ca.pem']),
      draft: read([...good, 'tls=mutual', 'client_cert=me.p12', 'ca=ca.pem']).servers[0]?.draft,
    };

    expect(file.problems).toEqual([]);
    expect(draft).toMatchObject({ clientCertificate: 'admin:me.p12', authorities: 'admin:ca.pem' });
    expect(file.certificates.map(({ name, kind, line }) => [name, kind, line])).toEqual([
      ['ca.pem', 'authorities', 10],
      ['me.p12', 'identity', 9],
    ]);
  });

  it('is read in all its keys', () => {
    const lines = [
      'calling_ae=READ7',
      'contact=pacs@site',
      'group=Radiology',
      'organisation=North',
      'role=both',
      'modality=ct, mr',
      'url=https://pacs.example/dicom-web/',
      'qido_path=rs',
      'authentication=basic',
      'username=viewer',
      'status=deprecated',
      'replaced_by=b',
      'charset=ISO_IR 100',
      'decode_as=windows-1252',
      'retrieve=cget',
      'max_associations=2',
      'connect_timeout=2.5',
      'tls=anonymous',
      'expected_name=pacs.example',
      'send_associations=1',
    ];
    const file = read([...good, ...lines]);

    expect(file.problems).toEqual([]);
    expect(file.servers[0]!.draft).toMatchObject({
      callingAeTitle: 'READ7',
      contact: 'pacs@site',
      group: 'Radiology',
      organisation: 'North',
      role: 'both',
      modalities: ['CT', 'MR'],
      protocol: 'both',
      dicomweb: {
        baseUrl: 'https://pacs.example/dicom-web',
        qidoPath: '/rs',
        authentication: 'basic',
        username: 'viewer',
      },
      lifecycle: 'deprecated',
      replacedBy: 'b',
      queryCharacterSet: 'ISO_IR 100',
      decodeAs: 'windows-1252',
      retrieveMethod: 'c-get',
      maxAssociations: 2,
      timeouts: { connectMs: 2500, associateMs: null, responseMs: null },
      tls: true,
      expectedName: 'pacs.example',
      sendOptions: { associations: 1 },
    });
  });

  it('may be asked by DICOMweb only, and then needs no AE title, host and port', () => {
    const file = below('[server:w]', 'name=Web', 'url=https://pacs.example/rs');

    expect(file.problems).toEqual([]);
    expect(file.servers[0]!.draft).toMatchObject({
      protocol: 'dicomweb',
      aeTitle: null,
      host: null,
      port: null,
    });
  });

  it('names line and column of what is wrong', () => {
    const { file } = withLine('  listen_port =  x');

    expect(file.problems[0]).toMatchObject({ line: 8, column: 18, key: 'listen_port' });
    expect(withLine('  prot=1').file.problems[0]).toMatchObject({ line: 8, column: 3 });
  });

  it.each([
    ['off', false],
    ['', false],
    ['Anonymous', true],
    ['yes', true],
    ['no', false],
  ])('takes tls=%s', (value, tls) => {
    expect(withLine(`tls=${value}`).draft?.tls).toBe(tls);
  });

  it.each(['yes', 'TRUE', 'on', '1', ''])('takes verify=%s for yes', (value) => {
    expect(withLine(`verify=${value}`).draft?.verifyCertificate).toBe(true);
  });

  it.each(['no', 'False', 'off', '0'])('takes verify=%s for no', (value) => {
    expect(withLine(`verify=${value}`).draft?.verifyCertificate).toBe(false);
  });

  it.each(['password', 'client_password', 'passphrase', 'SECRET', 'token', 'private_key', 'pin'])(
    'is refused with a %s, whose value is not repeated',
    (key) => {
      const { draft, file } = withLine(`${key}=hunter2`);

      expect(draft).toBeNull();
      expect(said(file)).toEqual([`8 error ${key.toLowerCase()}`]);
      expect(JSON.stringify(file)).not.toContain('hunter2');
    },
  );

  it.each([
    ['', []],
    ['query', ['query']],
    ['MWL, send;query  query', ['query', 'send', 'mwl']],
    ['query,retrieve,send,mwl,commit,print', ['query', 'retrieve', 'send', 'mwl', 'commit', 'print']],
  ])('takes roles=%s', (value, abilities) => {
    const { draft, file } = withLine(`roles=${value}`);

    expect(file.problems).toEqual([]);
    expect(draft?.abilities).toEqual(abilities);
  });

  it('is not used with a role that nobody knows', () => {
    const { draft, file } = withLine('roles=query, fetch');

    expect(draft).toBeNull();
    expect(said(file)).toEqual(['8 error roles']);
    expect(file.problems[0]!.reason).toContain('query, retrieve, send, mwl, commit, print');
  });

  it('is used in spite of an unknown key, which is said', () => {
    const { draft, file } = withLine('prot=105');

    expect(draft?.port).toBe(104);
    expect(said(file)).toEqual(['8 warning prot']);
  });

  it('is not used when a key stands twice', () => {
    const { draft, file } = withLine('port=105');

    expect(draft).toBeNull();
    expect(said(file)).toEqual(['8 error port']);
    expect(file.problems[0]!.reason).toContain('line 7');
  });

  it('is not used when one of its lines can’t be read', () => {
    const { draft, file } = withLine('verify no');

    expect(draft).toBeNull();
    expect(said(file)).toEqual(['8 error ']);
  });

  it('needs an ID of plain characters', () => {
    for (const id of ['', 'ä', 'a b', 'local', 'x'.repeat(65)]) {
      const file = read(['[file]', 'version=1', `[server:${id}]`, ...good.slice(3)]);

      expect(file.servers).toEqual([]);
      expect(said(file)).toEqual([`3 error ${`server:${id}`.slice(0, 64)}`]);
    }
  });

  it('counts once; a second of the same ID is said and not mixed in', () => {
    const file = read([...good, '[Server : a]', 'name=B', 'port=105']);

    expect(file.servers.map(({ draft }) => draft.port)).toEqual([104]);
    expect(said(file)).toEqual(['8 error server:a']);
    expect(file.problems[0]!.reason).toContain('line 3');
  });

  it('of an ID in another case is another server', () => {
    expect(read([...good, '[server:A]', ...other]).servers.map(({ id }) => id)).toEqual(['a', 'A']);
  });
});

describe('the lines of the file', () => {
  it.each([
    ['CRLF', '\r\n'],
    ['LF', '\n'],
    ['CR', '\r'],
  ])('may end in %s', (_, end) => {
    const file = readAdminIni('servers.ini', [...good, 'port=x'].join(end), {});

    expect(said(file)).toEqual(['8 error port']);
  });

  it('may have spaces anywhere around them, and keys in any case', () => {
    const file = read([
      '\t[ file ]  ; comment',
      '  Version = 1 ',
      '[ SERVER:a ]',
      'NAME = A B ',
      ' ae =PACS1',
      'Host= h',
      'port = 104 # plain',
    ]);

    expect(file.problems).toEqual([]);
    expect(file.servers[0]!.draft).toMatchObject({ name: 'A B', port: 104 });
  });

  it.each([
    ['plain', 'plain'],
    ['a;b#c', 'a;b#c'],
    ['a ; comment', 'a'],
    ['a # comment', 'a'],
    ['; comment', ''],
    ['"a ; b"', 'a ; b'],
    ['"a" ; b', 'a'],
    ['"say ""hi"""', 'say "hi"'],
    ['""', ''],
    ['a "quoted" word', 'a "quoted" word'],
    ['a=b', 'a=b'],
    ["'single'", "'single'"],
  ])('description=%s is %j', (written, meant) => {
    expect(withLine(`description=${written}`).draft?.description).toBe(meant);
  });

  it.each(['"open', '"closed" early', '"'])('description=%s is refused', (written) => {
    const { draft, file } = withLine(`description=${written}`);

    expect(draft).toBeNull();
    expect(said(file)).toEqual(['8 error description']);
  });

  it('put environment variables in the place of %NAME%', () => {
    const env = { COMPUTERNAME: 'CT7', Empty: '', 'ProgramFiles(x86)': 'p' };

    expect(withLine('description=%COMPUTERNAME%-%computername%%Empty%!', env).draft?.description).toBe(
      'CT7-CT7!',
    );
    expect(withLine('description=%ProgramFiles(x86)%', env).draft?.description).toBe('p');
    expect(withLine('description=100%% of 5% and %%COMPUTERNAME%%', env).draft?.description).toBe(
      '100% of 5% and %COMPUTERNAME%',
    );
    expect(withLine('description=%A%', { A: '%B%', B: 'never' }).draft?.description).toBe('%B%');
  });

  it('leave the zone of an IPv6 address alone', () => {
    const file = read(good.map((line) => (line.startsWith('host') ? 'host=fe80::1%eth0' : line)));

    expect(file.servers[0]!.draft.host).toBe('fe80::1%eth0');
  });

  it.each(['%NOPE%', '%toString%', '%__proto__%'])('refuse the unknown variable %s', (variable) => {
    const { draft, file } = withLine(`description=${variable}`);

    expect(draft).toBeNull();
    expect(said(file)).toEqual(['8 error description']);
    expect(file.problems[0]!.reason).toContain(variable.replaceAll('%', ''));
  });

  it('before the first section, below a broken heading and in unknown sections are not used, which is said', () => {
    const file = read(['x=1', '[file]', 'version=1', '[server:a', 'name=A', '[]', 'y=1', '[sever:b]', 'z=1']);

    expect(file.servers).toEqual([]);
    expect(said(file)).toEqual(['1 error x', '4 error ', '6 error ', '8 warning sever:b']);
  });

  it('that are not text give no more than 200 problems and how many more', () => {
    const { problems } = read(Array.from({ length: 1000 }, () => '\u0000\u0001'));

    expect(problems).toHaveLength(201);
    expect(problems.at(-1)!.reason).toContain('801 further problems');
  });
});

describe('what the file says of itself', () => {
  it('may lack its version, which is said', () => {
    expect(said(read(good.slice(2)))).toEqual(['1 warning version']);
    expect(said(read(['[file]', 'site=X', ...good.slice(2)]))).toEqual(['1 warning version']);
  });

  it('is an error where the version is another, and what is known of it is used', () => {
    const file = read(['[file]', 'version=2', ...good.slice(2)]);

    expect(said(file)).toEqual(['2 error version']);
    expect(file.servers).toHaveLength(1);
  });
});

describe('[local] and [policy]', () => {
  it('give defaults, or lock them', () => {
    const lines = [
      '[local]',
      'ae_title=%NAME%',
      'listen_port=104',
      'listen_address=0.0.0.0',
      '[policy]',
      'lock_listener=yes',
    ];

    expect(read(['[file]', 'version=1', ...lines], { NAME: 'CT7' })).toMatchObject({
      problems: [],
      local: {
        aeTitle: { value: 'CT7', line: 4, locked: false },
        listenPort: { value: 104, line: 5, locked: true },
        listenAddress: { value: '0.0.0.0', line: 6, locked: true },
      },
    });
  });

  it('lose only what is wrong', () => {
    const { local, problems } = below(
      '[local]',
      'ae_title=ABCDEFGHIJKLMNOPQ',
      'listen_port=104',
      '[policy]',
      'lock_listener=maybe',
    );

    expect(local.aeTitle).toBeNull();
    expect(local.listenPort).toEqual({ value: 104, file: 'servers.ini', line: 5, locked: false });
    expect(problems.map(({ line, key }) => `${line} ${key}`)).toEqual(['4 ae_title', '7 lock_listener']);
  });

  it('say what they would but do not do', () => {
    const file = below(
      '[local]',
      'listen_tls=yes',
      '[policy]',
      'lock_local_ae=yes',
      'lock_listener=yes',
      'locked=archive_folder, colour',
    );

    expect(said(file)).toEqual(['4 warning listen_tls', '6 warning lock_local_ae', '8 error locked']);
    expect(said(below('[policy]', 'lock_listener=yes'))).toEqual(['4 warning lock_listener']);
  });

  it('tell whether we listen in TLS, what is shown, and lock both with the rest of the listener', () => {
    const lines = ['[local]', 'listen_tls=On', 'listen_cert=ours.pem', 'listen_key=ours.key'];
    const { local, certificates, problems } = below(...lines, '[policy]', 'lock_listener=yes');

    expect(problems).toEqual([]);
    expect(local).toMatchObject({
      listenTls: { value: true, line: 4, locked: true },
      listenCertificate: { value: 'admin:ours.pem', line: 5, locked: true },
    });
    expect(certificates).toEqual([
      {
        name: 'ours.pem',
        kind: 'identity',
        purpose: 'server',
        keyFile: 'ours.key',
        file: 'servers.ini',
        line: 5,
      },
    ]);
    expect(below(...lines).local.listenTls).toMatchObject({ locked: false });
  });

  it('take no path for a certificate, and neither yes nor no for nothing', () => {
    const file = below('[local]', 'listen_tls=perhaps', 'listen_cert=/etc/ssl/ours.pem');

    expect(said(file)).toEqual(['4 error listen_tls', '5 error listen_cert']);
    expect(file.local).toEqual(noAdminLocal);
    expect(file.certificates).toEqual([]);
  });

  it('lock single keys by name, and know the archive folder by its whole path', () => {
    const lines = ['[local]', 'ae_title=A', 'listen_port=104', 'archive_folder=%DATA%/dicom', '[policy]'];
    const { local, problems } = read(['[file]', 'version=1', ...lines, 'locked=listen_port archive_folder'], {
      DATA: '/srv',
    });

    expect(problems).toEqual([]);
    expect(local).toMatchObject({
      aeTitle: { locked: false },
      listenPort: { locked: true },
      archiveFolder: { value: '/srv/dicom', line: 6, locked: true },
    });
    expect(said(below('[local]', 'archive_folder=dicom'))).toEqual(['4 error archive_folder']);
  });

  it('give the policies with the lines that decide them', () => {
    const file = below(
      '[policy]',
      'allow_user_servers=no',
      'require_tls=yes',
      'hide_send=on',
      'lossy_allowed=0',
    );

    expect(file.problems).toEqual([]);
    expect(file.policies).toEqual({
      allow_user_servers: { value: false, place: { file: 'servers.ini', line: 4 } },
      require_tls: { value: true, place: { file: 'servers.ini', line: 5 } },
      hide_send: { value: true, place: { file: 'servers.ini', line: 6 } },
      lossy_allowed: { value: false, place: { file: 'servers.ini', line: 7 } },
    });
  });

  it('judge the servers as a register does where the policy is strict', () => {
    const file = read(['[policy]', 'strict=yes', ...good]);

    expect(file.servers).toEqual([]);
    expect(said(file)).toEqual(['5 error role']);
  });

  it('refuse secrets too', () => {
    expect(said(below('[local]', 'tls_password=x'))).toEqual(['4 error tls_password']);
  });
});

describe('a link in the file', () => {
  const link = ['[link:l1]', 'source=local', 'target=a', 'direction=PULL'];

  it('joins this viewer and a server, with status and description', () => {
    const file = read([...good, ...link, 'status=planned', 'description=from May']);

    expect(file.problems).toEqual([]);
    expect(file.links).toEqual([
      {
        id: 'admin:l1',
        file: 'servers.ini',
        line: 8,
        draft: {
          source: 'local',
          target: 'a',
          direction: 'pull',
          status: 'planned',
          organisation: '',
          description: 'from May',
        },
      },
    ]);
  });

  it.each(['source', 'target', 'direction'])('needs a %s', (key) => {
    const file = read([...good, ...link.filter((line) => !line.startsWith(key))]);

    expect(file.links).toEqual([]);
    expect(said(file)).toEqual([`8 error ${key}`]);
  });

  it('says which of its values is wrong', () => {
    const file = read([...good, ...link.slice(0, 3), 'direction=sideways', 'status=gone', 'colour=red']);

    expect(file.links).toEqual([]);
    expect(said(file)).toEqual(['11 error direction', '12 error status', '13 warning colour']);
  });
});

describe('loadAdminIni', () => {
  const text = [...good, 'description=Größe 画像'].join('\r\n');
  const utf16be = (): Buffer =>
    Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, 'utf16le').swap16()]);

  it.each([
    ['UTF-8', (): Buffer => Buffer.from(text)],
    ['UTF-8 with a byte order mark', (): Buffer => Buffer.from(`\uFEFF${text}`)],
    ['UTF-16 LE', (): Buffer => Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16 BE', utf16be],
  ])('reads %s', async (_, bytes) => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'servers.ini');
    await writeFile(file, bytes());

    const loaded = load(file);

    expect(loaded.problems).toEqual([]);
    expect(loaded.servers[0]!.draft.description).toBe('Größe 画像');
  });

  it('says which line is not UTF-8, and uses the other servers', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'servers.ini');
    await writeFile(
      file,
      Buffer.from([...good, 'description=Größe', '[server:b]', ...other].join('\n'), 'latin1'),
    );

    const loaded = load(file);

    expect(said(loaded)).toEqual(['8 error description']);
    expect(loaded.problems[0]!.reason).toContain('UTF-8');
    expect(loaded.servers.map(({ id }) => id)).toEqual(['b']);
  });

  it('says why a file can’t be read', async () => {
    await using folder = await temporaryFolder();
    const huge = join(folder.path, 'huge.ini');
    await writeFile(huge, Buffer.alloc(1024 * 1024 + 1));
    const inside = join(folder.path, 'folder');
    await mkdir(inside);

    expect(loadAdminIni(join(folder.path, 'typo.ini'), {}).problems[0]!.reason).toContain('no such file');
    expect(loadAdminIni(huge, {}).problems[0]!.reason).toContain('more than 1 MB');
    expect(loadAdminIni(inside, {}).problems[0]!.reason).toContain('folder');
  });
});

describe('readAdminIni', () => {
  it('never throws, whatever the text', () => {
    const word = constantFrom(
      '[',
      ']',
      'server:',
      'file',
      'local',
      'policy',
      '=',
      '"',
      ';',
      '#',
      '%',
      '\r',
      '\n',
      '\t',
      ' ',
      '\0',
      '\uFEFF',
      '\uD800',
      'name',
      'ae',
      'host',
      'port',
      'tls',
      'verify',
      'link:',
      'source',
      'target',
      'direction',
      'client_cert',
      'url',
      'password',
      'lock_local_ae',
      'ae_title',
      'yes',
      '104',
      'A',
      '__proto__',
      '%HOME%',
    );
    const scraps = array(word, { maxLength: 60 }).map((words) => words.join(''));

    const reading = property(oneof(scraps, string({ unit: 'binary', maxLength: 200 })), (text) =>
      expectSound(readAdminIni('x', text, { HOME: '/h\n[server:x]' }), text),
    );

    expect(() => assert(reading, { numRuns: 2000 })).not.toThrow();
  });

  it('survives 500 mutations of the example, and uses no server it also complains about', async () => {
    const text = await readFile(example, 'utf8');
    const place = nat({ max: text.length - 1 });
    const piece = oneof(
      constantFrom('[', ']', '=', '"', '\n', ' ;', '%X%', '\0', 'port=1\n'),
      string({ maxLength: 3 }),
    );

    assert(
      property(array(tuple(place, nat({ max: 30 }), piece), { minLength: 1, maxLength: 3 }), (changes) => {
        const mutated = changes.reduce(
          (whole, [at, removed, put]) => whole.slice(0, at) + put + whole.slice(at + removed),
          text,
        );

        const read = readAdminIni('x', mutated, {});

        expectSound(read, mutated);
        const lines = mutated.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
        for (const { line } of read.servers) {
          const next = lines.findIndex((each, index) => index >= line && each.trim().startsWith('['));
          const end = next < 0 ? lines.length : next;
          const within = read.problems.filter(
            (problem) => problem.severity === 'error' && problem.line >= line && problem.line <= end,
          );
          expect(within).toEqual([]);
        }
      }),
      { numRuns: 500, seed: 12 },
    );
  });
});

/** What holds of every reading of every text. */
function expectSound({ servers, problems }: AdminFile, text: string): void {
  const lineCount = text.split(/\r\n|\n|\r/).length;
  for (const { draft, line } of servers) {
    expect(ServerDraft.parse(draft)).toEqual(draft);
    expect(line).toBeGreaterThanOrEqual(1);
  }
  for (const { line, column, reason, key } of problems) {
    expect(column).toBeGreaterThanOrEqual(1);
    expect(line).toBeGreaterThanOrEqual(1);
    expect(line).toBeLessThanOrEqual(lineCount);
    expect(reason).toMatch(/^[\p{Lu}[“].*[.…]$/u);
    expect(key).not.toMatch(/\p{Cc}/u);
  }
  expect(new Set(servers.map(({ id }) => id)).size).toBe(servers.length);
}
