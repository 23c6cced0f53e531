import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FailureError } from '../../../electron/contract/failure.ts';
import { fieldsOf } from '../../../electron/contract/server-fields.ts';
import { draftOf, serverDraft, ServerId, type Server } from '../../../electron/contract/server.ts';
import { planGetContexts } from '../../../electron/dimse/index.ts';
import { listeningAsSet } from '../../../electron/ipc/index.ts';
import { noSecretBox, openCertificateBook } from '../../../electron/security/index.ts';
import { iniKeys } from '../../../electron/servers/ini-keys.ts';
import {
  effectiveConfiguration,
  loadAdminIni,
  mergeAdminFiles,
  openServerBook,
  ourCard,
  planAssociation,
  reachingBook,
} from '../../../electron/servers/index.ts';
import { openSettings } from '../../../electron/settings/index.ts';
import type { ListenTlsSource } from '../../../electron/transfers/index.ts';
import { serverText } from '../../../renderer/features/servers/server-text.ts';
import { temporaryFolder, type TemporaryFolder } from '../../support/temporary-folder.ts';
import { makeTlsIdentities, type TlsIdentities } from '../../support/tls-identities.ts';

type Section = keyof typeof iniKeys;
type World = Awaited<ReturnType<typeof worldOf>>;

/** One key: what it is set to, and what is otherwise then. */
interface Use {
  readonly key: string;
  readonly set: string;
  /** Lines that stand there either way. */
  readonly beside?: Readonly<Partial<Record<Section, readonly string[]>>>;
  readonly see: (world: World) => unknown;
  readonly to: unknown;
}

/** One key whose use needs a conversation, which is held elsewhere: in that file, by that test. */
interface Proven {
  readonly key: string;
  readonly by: readonly [file: string, title: string];
}

let folder: TemporaryFolder;
let made: TlsIdentities;

beforeAll(async () => {
  folder = await temporaryFolder();
  made = await makeTlsIdentities();
  await writeFile(join(folder.path, 'ca.pem'), made.trusted.cert);
  await writeFile(join(folder.path, 'ours.pem'), made.good.cert + made.good.key);
  await writeFile(join(folder.path, 'alone.pem'), made.good.cert);
  await writeFile(join(folder.path, 'alone.key'), made.good.key);
}, 30_000);
afterAll(async () => {
  await made[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const usual: Readonly<Record<Section, readonly string[]>> = {
  file: ['version=1'],
  policy: [],
  local: [],
  server: ['name=Main', 'ae=MAIN', 'host=127.0.0.1', 'port=104'],
  link: [],
};

/** The file with these lines over the usual ones, as everything that obeys it has it. */
async function worldOf(lines: Readonly<Partial<Record<Section, readonly string[]>>>) {
  const file = join(folder.path, 'x.ini');
  const section = (name: Section): readonly string[] => withOver(usual[name], lines[name] ?? []);
  const link = section('link');
  const text = [
    ...['[file]', ...section('file'), '[policy]', ...section('policy'), '[local]', ...section('local')],
    ...['[server:main]', ...section('server')],
    ...['[server:next]', 'name=Next', 'ae=NEXT', 'host=127.0.0.2', 'port=104'],
    ...(link.length === 0 ? [] : ['[link:l]', ...link]),
  ];
  await writeFile(file, text.join('\n'));
  const record = mergeAdminFiles([loadAdminIni(file, {})]);
  const store = { get: () => undefined, set: () => undefined };
  const settings = openSettings({
    store,
    admin: () => record.local,
    defaultArchiveFolder: '/home/archive',
    brokenSettingsKeptAs: null,
  });
  const book = openServerBook({ store, admin: () => record, newId: () => 'id' });
  const certificates = await openCertificateBook({
    folder: join(folder.path, 'certificates'),
    box: noSecretBox,
    newId: () => 'c',
    now: () => new Date(),
  });
  certificates.manage(record.certificates);
  const reaching = reachingBook(book, { certificates, secrets: { get: () => 'secret' } });
  const main = (): Server => book.get(ServerId.parse('main'));
  const plan = () => {
    const reached = reaching.sending(main().id);
    return planAssociation(reached, 'GANTRY', []);
  };
  const web = () => {
    const reached = reaching.querying(main().id);
    return 'web' in reached ? reached.web : null;
  };
  return { record, settings, book, certificates, reaching, main, plan, web };
}

/** Each key once, as it was said last. */
function withOver(before: readonly string[], over: readonly string[]): readonly string[] {
  const keyOf = (line: string): string => line.slice(0, line.indexOf('='));
  const said = new Set(over.map(keyOf));
  return [...before.filter((line) => !said.has(keyOf(line))), ...over];
}

const never = new AbortController().signal;
const everyLetter = ({ main }: World): string => serverText(fieldsOf(draftOf(main())));
const fileOf = ({ record, settings, book }: World) =>
  effectiveConfiguration(record, settings.view(), book.list()).files[0];
const ours = { aeTitle: 'GANTRY', listenPort: 11112, tls: false, addresses: [], hostName: 'here' };
const web = { server: ['protocol=dicomweb', 'url=https://pacs.example/rs'] };
const linked = { link: ['source=local', 'target=main', 'direction=pull'] };

/** The step and what else names the failure; `null`: there is none. */
function refusalOf(work: () => unknown): string | null {
  try {
    work();
    return null;
  } catch (thrown) {
    if (!(thrown instanceof FailureError)) throw thrown;
    const { failure } = thrown;
    return failure.step === 'policy' ? failure.policy : failure.step;
  }
}

/** What our listener would show. */
function shown({ settings, certificates }: World): string {
  let found = 'nothing';
  const start = async (_address: string, _port: number, tls: ListenTlsSource = () => null) => {
    found = refusalOf(tls) ?? tls()?.identity.cert ?? 'plain';
  };
  void listeningAsSet({ start }, settings, certificates).start();
  return found;
}

const mine = serverDraft({
  name: 'Mine',
  aeTitle: 'MINE',
  host: '10.0.0.9',
  port: 104,
  listenPort: null,
  preferredCompression: 'as-stored',
  description: '',
  tls: false,
  verifyCertificate: true,
});

const uses: Readonly<Record<Section, readonly (Use | Proven)[]>> = {
  file: [
    { key: 'version', set: '2', see: ({ record }) => record.problems.map(({ key }) => key), to: ['version'] },
    { key: 'site', set: 'St Elsewhere', see: (w) => fileOf(w)?.site, to: 'St Elsewhere' },
    { key: 'issued', set: '2026-09-01', see: (w) => fileOf(w)?.issued, to: '2026-09-01' },
    { key: 'contact', set: 'pacs@site', see: (w) => fileOf(w)?.contact, to: 'pacs@site' },
  ],
  policy: [
    {
      key: 'allow_user_servers',
      set: 'no',
      see: ({ book }) => refusalOf(() => book.save(null, mine)),
      to: 'allow_user_servers',
    },
    {
      key: 'lock_local_ae',
      set: 'yes',
      beside: { local: ['ae_title=READ7'] },
      see: ({ settings }) => refusalOf(() => settings.refuseLocked('aeTitle')),
      to: 'managed',
    },
    {
      key: 'lock_listener',
      set: 'yes',
      beside: { local: ['listen_port=104'] },
      see: ({ settings }) => refusalOf(() => settings.refuseLocked('listenPort')),
      to: 'managed',
    },
    {
      key: 'locked',
      set: 'archive_folder',
      beside: { local: ['archive_folder=/srv'] },
      see: ({ settings }) => refusalOf(() => settings.setArchiveFolder('/elsewhere')),
      to: 'managed',
    },
    { key: 'require_tls', set: 'yes', see: (w) => refusalOf(w.plan), to: 'require_tls' },
    {
      key: 'require_verification',
      set: 'yes',
      beside: { server: ['tls=anonymous', 'verify=no'] },
      see: (w) => refusalOf(w.plan),
      to: 'require_verification',
    },
    { key: 'hide_send', set: 'yes', see: (w) => refusalOf(w.plan), to: 'hide_send' },
    {
      key: 'lossy_allowed',
      set: 'no',
      beside: { server: ['compression=jpeg-lossy'] },
      see: ({ main }) => main().preferredCompression,
      to: 'as-stored',
    },
    {
      key: 'simple_ae_titles',
      set: 'yes',
      beside: { server: ['ae=MAIN.1'] },
      see: ({ book }) => book.list().servers.map(({ name }) => name),
      to: ['Next'],
    },
    {
      key: 'capital_ae_titles',
      set: 'yes',
      beside: { server: ['ae=Main-1'] },
      see: ({ book }) => book.list().servers.map(({ name }) => name),
      to: ['Next'],
    },
    { key: 'strict', set: 'yes', see: ({ book }) => book.list().servers.length, to: 0 },
  ],
  local: [
    { key: 'ae_title', set: 'READ7', see: ({ settings }) => settings.current().aeTitle, to: 'READ7' },
    { key: 'listen_port', set: '4242', see: ({ settings }) => settings.current().listenPort, to: 4242 },
    {
      key: 'listen_address',
      set: '0.0.0.0',
      see: ({ settings }) => settings.current().listenAddress,
      to: '0.0.0.0',
    },
    { key: 'listen_tls', set: 'yes', see: shown, to: 'listen' },
    {
      key: 'listen_cert',
      set: 'ours.pem',
      beside: { local: ['listen_tls=yes'] },
      see: shown,
      to: expect.stringContaining('BEGIN CERTIFICATE'),
    },
    {
      key: 'listen_key',
      set: 'alone.key',
      beside: { local: ['listen_tls=yes', 'listen_cert=alone.pem'] },
      see: shown,
      to: expect.stringContaining('BEGIN CERTIFICATE'),
    },
    {
      key: 'unknown_classes',
      set: 'no',
      see: ({ settings }) => settings.current().unknownClasses,
      to: false,
    },
    {
      key: 'archive_folder',
      set: '/srv/dicom',
      see: ({ settings }) => settings.current().archiveFolder,
      to: '/srv/dicom',
    },
  ],
  server: [
    { key: 'name', set: 'Other', see: ({ main }) => main().name, to: 'Other' },
    { key: 'ae', set: 'OTHER', see: ({ plan }) => plan().calledAeTitle, to: 'OTHER' },
    { key: 'host', set: '10.0.0.5', see: ({ plan }) => plan().host, to: '10.0.0.5' },
    { key: 'port', set: '4242', see: ({ plan }) => plan().port, to: 4242 },
    {
      key: 'listen_port',
      set: '11113',
      see: async ({ main }) => (await ourCard(ours, main(), never)).ports,
      to: [11113, 11112],
    },
    {
      key: 'compression',
      set: 'j2k-lossless',
      see: ({ main }) =>
        planGetContexts({
          sopClassUids: ['1.2.840.10008.5.1.4.1.1.2'],
          preferred: main().preferredCompression,
        })[1]?.transferSyntaxUids,
      to: expect.arrayContaining(['1.2.840.10008.1.2.4.90']),
    },
    { key: 'description', set: 'By night', see: everyLetter, to: expect.stringContaining('By night') },
    { key: 'tls', set: 'anonymous', see: ({ plan }) => plan().tls !== null, to: true },
    {
      key: 'verify',
      set: 'no',
      beside: { server: ['tls=anonymous'] },
      see: ({ plan }) => plan().tls?.verify,
      to: false,
    },
    { key: 'contact', set: 'pacs@site', see: everyLetter, to: expect.stringContaining('pacs@site') },
    { key: 'group', set: 'Radiology', see: everyLetter, to: expect.stringContaining('Radiology') },
    { key: 'organisation', set: 'North', see: everyLetter, to: expect.stringContaining('North') },
    { key: 'role', set: 'scu', see: (w) => refusalOf(w.plan), to: 'blocked' },
    {
      key: 'protocol',
      set: 'dicomweb',
      beside: { server: ['url=https://pacs.example/rs'] },
      see: (w) => w.web() !== null,
      to: true,
    },
    {
      key: 'calling_ae',
      set: 'READ7',
      see: async ({ main }) => (await ourCard(ours, main(), never)).aeTitle,
      to: 'READ7',
    },
    {
      key: 'url',
      set: 'https://other.example/rs',
      beside: web,
      see: (w) => w.web()?.baseUrl,
      to: 'https://other.example/rs',
    },
    { key: 'qido_path', set: '/q', beside: web, see: (w) => w.web()?.qidoPath, to: '/q' },
    { key: 'wado_path', set: '/w', beside: web, see: (w) => w.web()?.wadoPath, to: '/w' },
    { key: 'stow_path', set: '/s', beside: web, see: (w) => w.web()?.stowPath, to: '/s' },
    {
      key: 'authentication',
      set: 'bearer',
      beside: web,
      see: (w) => w.web()?.authentication,
      to: { kind: 'bearer', token: 'secret' },
    },
    {
      key: 'username',
      set: 'viewer',
      beside: { server: [...web.server, 'authentication=basic'] },
      see: (w) => refusalOf(w.main) ?? w.web()?.authentication,
      to: { kind: 'basic', username: 'viewer', password: 'secret' },
    },
    {
      key: 'modality',
      set: 'CT',
      beside: { policy: ['strict=yes'], server: ['role=both'] },
      see: ({ book }) => book.list().servers.map(({ name }) => name),
      to: ['Main'],
    },
    { key: 'roles', set: 'query', see: (w) => refusalOf(w.plan), to: 'blocked' },
    { key: 'status', set: 'planned', see: (w) => refusalOf(w.plan), to: 'blocked' },
    {
      key: 'replaced_by',
      set: 'next',
      beside: { server: ['status=deprecated'] },
      see: ({ main }) => main().actions.deprecated?.replacedBy,
      to: 'Next',
    },
    {
      key: 'charset',
      by: ['test/interop/connection-test-charset.test.ts', 'asks in the character set of the record'],
    },
    {
      key: 'decode_as',
      by: ['test/interop/connection-test-charset.test.ts', 'reads names as the record says'],
    },
    {
      key: 'retrieve',
      set: 'dicomweb',
      beside: { server: ['protocol=both', 'url=https://pacs.example/rs'] },
      see: ({ reaching, main }) => 'web' in reaching.retrieving(main().id),
      to: true,
    },
    {
      key: 'max_associations',
      by: ['test/electron/transfers/plans.test.ts', 'keeps to what the server may have'],
    },
    {
      key: 'send_associations',
      by: ['test/electron/transfers/plans.test.ts', 'keeps to what the server may have'],
    },
    { key: 'connect_timeout', set: '2', see: (w) => w.plan().timeouts?.connectMs, to: 2_000 },
    { key: 'associate_timeout', set: '3', see: (w) => w.plan().timeouts?.associateMs, to: 3_000 },
    { key: 'response_timeout', set: '4', see: (w) => w.plan().timeouts?.responseMs, to: 4_000 },
    {
      key: 'expected_name',
      set: 'pacs.example',
      beside: { server: ['tls=anonymous'] },
      see: (w) => w.plan().tls?.expectedName,
      to: 'pacs.example',
    },
    {
      key: 'ca',
      set: 'ca.pem',
      beside: { server: ['tls=anonymous'] },
      see: (w) => w.plan().tls?.ca?.length,
      to: 1,
    },
    {
      key: 'client_cert',
      set: 'ours.pem',
      beside: { server: ['tls=yes'] },
      see: (w) => w.plan().tls?.identity?.cert,
      to: expect.stringContaining('BEGIN CERTIFICATE'),
    },
    {
      key: 'client_key',
      set: 'alone.key',
      beside: { server: ['tls=mutual', 'client_cert=alone.pem'] },
      see: (w) => refusalOf(w.plan) ?? w.plan().tls?.identity?.cert,
      to: expect.stringContaining('BEGIN CERTIFICATE'),
    },
    {
      key: 'fingerprint',
      set: Array.from({ length: 32 }, () => 'AB').join(':'),
      beside: { server: ['tls=anonymous'] },
      see: (w) => w.plan().tls?.pinnedFingerprint,
      to: expect.stringMatching(/^AB:AB/),
    },
  ],
  link: [
    { key: 'source', set: 'next', beside: linked, see: (w) => refusalOf(w.plan), to: null },
    { key: 'target', set: 'next', beside: linked, see: (w) => refusalOf(w.plan), to: null },
    { key: 'direction', set: 'push', beside: linked, see: (w) => refusalOf(w.plan), to: null },
    {
      key: 'status',
      set: 'planned',
      beside: linked,
      see: (w) => refusalOf(() => w.book.permit(w.main().id, 'query')),
      to: 'blocked',
    },
    {
      key: 'organisation',
      set: 'North',
      beside: linked,
      see: ({ book }) => book.list().links[0]?.organisation,
      to: 'North',
    },
    {
      key: 'description',
      set: 'By night',
      beside: linked,
      see: ({ book }) => book.list().links[0]?.description,
      to: 'By night',
    },
  ],
};

const sections = Object.keys(iniKeys) as readonly Section[];

describe('every key of the administrator’s file', () => {
  it.each(sections)('is in this table: [%s]', (section) => {
    expect(uses[section].map(({ key }) => key).toSorted()).toEqual([...iniKeys[section]].toSorted());
  });

  const each = sections.flatMap((section) =>
    uses[section].map((use) => ({ name: `[${section}] ${use.key}`, section, use })),
  );
  const seen = each.flatMap(({ use, ...rest }) => ('by' in use ? [] : [{ ...rest, use }]));
  const proven = each.flatMap(({ use, name }) => ('by' in use ? [{ name, by: use.by }] : []));

  it.each(seen)('makes a difference to somebody: $name', async ({ section, use }) => {
    const { key, set, beside = {}, see, to } = use;
    const over = { ...beside, [section]: withOver(beside[section] ?? [], [`${key}=${set}`]) };

    const without = await see(await worldOf(beside));
    const withIt = await see(await worldOf(over));

    expect(withIt).toEqual(to);
    expect(without).not.toEqual(to);
  });

  it.each(proven)('has its use held by a test of its own: $name', ({ by: [file, title] }) => {
    expect(readFileSync(join(import.meta.dirname, '../../..', file), 'utf8')).toContain(title);
  });
});
