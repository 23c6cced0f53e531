import type { ConnectionCard } from '../../../electron/contract/connection-card.ts';
import type { NameFacts } from '../../../electron/contract/connection-test.ts';
import type { EffectiveConfiguration } from '../../../electron/contract/effective-configuration.ts';
import { ImportId, type ImportDone, type ImportPreview } from '../../../electron/contract/import-servers.ts';
import { LinkId, type Link, type LinkDraft } from '../../../electron/contract/link.ts';
import type { PortClash } from '../../../electron/contract/port-clash.ts';
import type { ReadReply } from '../../../electron/contract/read-reply.ts';
import { serverDraft, type ServerId, type ServerList } from '../../../electron/contract/server.ts';

interface Book {
  readonly list: () => ServerList;
  readonly setList: (list: ServerList) => void;
}

const draft = serverDraft({
  name: 'Cardiology archive',
  aeTitle: 'CARDIO',
  host: '10.0.7.3',
  port: 104,
  listenPort: null,
  preferredCompression: 'as-stored',
  description: '',
  tls: false,
  verifyCertificate: true,
});

const card: ConnectionCard = {
  aeTitle: 'GANTRY',
  addresses: ['10.0.4.7', 'fe80::1c2d:3e4f'],
  towardsServer: '10.0.4.7',
  hostName: 'reading-room-7',
  ports: [11112],
  tls: false,
  transferSyntaxUids: ['1.2.840.10008.1.2', '1.2.840.10008.1.2.4.80'],
  csv: 'name,ae,host,port\r\nreading-room-7,GANTRY,10.0.4.7,11112\r\n',
};

export const effective: EffectiveConfiguration = {
  files: [
    {
      file: '/etc/gantry/servers.ini',
      sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      signature: 'verified',
      site: 'St Elsewhere',
      issued: '2026-09-01',
      contact: 'pacs@st-elsewhere.example',
      errors: 0,
      warnings: 1,
      problems: [
        {
          severity: 'warning',
          file: '/etc/gantry/servers.ini',
          line: 1,
          column: 1,
          key: '',
          reason:
            'Everybody on this computer may change this file. Take the right to write from them (chmod o-w).',
        },
      ],
    },
  ],
  values: [
    {
      section: 'local',
      key: 'ae_title',
      value: 'READING_ROOM_7',
      origin: { kind: 'administrator', file: '/etc/gantry/servers.ini', line: 4 },
      locked: true,
    },
    { section: 'local', key: 'listen_port', value: '11112', origin: { kind: 'default' }, locked: false },
    { section: 'local', key: 'archive', value: '', origin: { kind: 'user' }, locked: false },
    {
      section: 'server:main',
      key: 'host',
      value: 'pacs.example.org',
      origin: { kind: 'administrator', file: '/etc/gantry/servers.ini', line: 12 },
      locked: true,
    },
  ],
};

/** Links, lists, replies and the card, of a main process in memory. */
export function registryHandlers({ list, setList }: Book) {
  let before: ServerList | null = null;
  let lastLink = 0;
  return {
    'servers.saveLink': ({ id, draft: link }: { id: LinkId | null; draft: LinkDraft }): Link => {
      const saved: Link = {
        ...link,
        id: id ?? LinkId.parse(`l${(lastLink += 1)}`),
        origin: { kind: 'user' },
      };
      const others = list().links.filter((each) => each.id !== saved.id);
      setList({ ...list(), links: [...others, saved] });
      return saved;
    },
    'servers.deleteLink': (id: LinkId) => {
      setList({ ...list(), links: list().links.filter((each) => each.id !== id) });
      return null;
    },
    'servers.previewImport': (): ImportPreview => ({
      id: ImportId.parse('i1'),
      rows: [
        { kind: 'add', row: 2, draft, warnings: [] },
        { kind: 'same', row: 3, id: list().servers[1]!.id, name: 'Main PACS' },
        {
          kind: 'conflict',
          row: 4,
          name: 'Radiology PACS',
          file: '/etc/gantry/servers.ini',
          line: 12,
        },
        {
          kind: 'bad',
          row: 5,
          name: 'Ward 3',
          problems: [{ column: 'port', message: 'A port is a whole number from 1 to 65535.' }],
        },
      ],
      missing: [{ id: list().servers[2]!.id, name: list().servers[2]!.name }],
      problems: [{ column: 'floor', message: 'Nobody knows the column “floor”; it is passed over.' }],
    }),
    'servers.applyImport': (): ImportDone => {
      before = list();
      return { added: 1, changed: 0, removed: 0, list: list() };
    },
    'servers.undoImport': (): ServerList => before ?? list(),
    'servers.exportCsv': () => 'name,ae\r\n',
    'servers.exportIni': () => '[file]\nversion=1\n',
    'servers.readReply': (text: string): ReadReply => ({
      found: text.includes('PACS9')
        ? [
            { field: 'aeTitle', value: 'PACS9', from: 'AE title: PACS9', at: 0, isCertain: true, why: null },
            {
              field: 'port',
              value: '11112',
              from: 'listens at 11112',
              at: 16,
              isCertain: false,
              why: 'It does not say that this is the port',
            },
          ]
        : [],
      remarks: text.includes('PACS9') ? ['There is no address in it.'] : [],
    }),
    'servers.connectionCard': (_id: ServerId | null) => card,
    'servers.portClashes': ({ port }: { port: number }): readonly PortClash[] =>
      port < 1024
        ? [
            {
              kind: 'taken',
              failure: { step: 'listen', address: '127.0.0.1', port, cause: 'denied' },
              program: null,
            },
          ]
        : [],
    'connectionTest.resolveName': (host: string): NameFacts => ({
      step: 'name',
      host,
      lookups: [{ record: 'A', addresses: ['10.0.4.12'], ms: 3 }],
    }),
    'settings.effective': () => effective,
  };
}
