import type { CertificateList } from '../../../electron/contract/certificate.ts';
import type { TestResult, TestStep } from '../../../electron/contract/connection-test.ts';
import { noPolicies } from '../../../electron/contract/policy.ts';
import type { RunTest } from '../../../electron/contract/run-test.ts';
import { everyAction } from '../../../electron/contract/action.ts';
import { ServerDraft, ServerId, type Server, type ServerList } from '../../../electron/contract/server.ts';
import type { SettingsView } from '../../../electron/contract/settings.ts';
import {
  noCertificates,
  passingTest,
  rejectedTest,
  shutOutTest,
  someCertificates,
} from './connection-scenes.ts';
import { TransferId, type Transfer, type TransferState } from '../../../electron/contract/transfer.ts';

/** What the fake main process holds at the start. */
export interface Scene {
  readonly list: ServerList;
  readonly settings: SettingsView;
  readonly transfers: readonly Transfer[];
  readonly test: (question: RunTest) => readonly TestStep[];
  readonly results: readonly TestResult[];
  readonly certificates: CertificateList;
}

const ini = '/etc/gantry/servers.ini';
const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

const settings: SettingsView = {
  aeTitle: { value: 'GANTRY', origin: { kind: 'default' }, locked: false },
  listenPort: { value: 11112, origin: { kind: 'default' }, locked: false },
  listenAddress: { value: '127.0.0.1', origin: { kind: 'default' }, locked: false },
  listenTls: { value: false, origin: { kind: 'default' }, locked: false },
  unknownClasses: { value: true, origin: { kind: 'default' }, locked: false },
  listenCertificate: { value: null, origin: { kind: 'default' }, locked: false },
  archiveFolder: {
    value: '/home/radiology/.local/share/gantry/archive',
    origin: { kind: 'default' },
    locked: false,
  },
  listener: { kind: 'listening', address: '127.0.0.1', port: 11112, tls: false },
  refusedPeer: null,
  brokenSettingsKeptAs: null,
  localAddresses: ['10.0.4.7', 'fe80::1c2d:3e4f'],
  version: '0.1.0',
};

const locked = { origin: { kind: 'administrator', file: ini, line: 4 }, locked: true } as const;

const unruled = { links: [], policies: noPolicies, site: '', setAside: [] } as const;

export const scenes: Readonly<Record<string, Scene>> = {
  full: {
    list: { servers: manyServers(), adminFile: ini, problems: [], ...unruled },
    settings,
    transfers: [transfer('t1', { kind: 'running', phase: 'moving' }), transfer('t2', { kind: 'waiting' })],
    test: passingTest,
    results: manyResults(),
    certificates: noCertificates,
  },
  /** As the full one, behind a firewall. */
  shut: {
    list: { servers: manyServers(), adminFile: ini, problems: [], ...unruled },
    settings,
    transfers: [],
    test: shutOutTest,
    results: manyResults(),
    certificates: noCertificates,
  },
  empty: {
    list: { servers: [], adminFile: null, problems: [], ...unruled },
    settings,
    transfers: [],
    test: passingTest,
    results: [],
    certificates: noCertificates,
  },
  broken: {
    list: {
      servers: manyServers(),
      adminFile: ini,
      ...unruled,
      problems: [
        {
          severity: 'error',
          file: ini,
          line: 14,
          column: 6,
          key: 'port',
          reason: 'is not between 1 and 65535',
        },
        { severity: 'warning', file: ini, line: 22, column: 1, key: 'colour', reason: 'is not a known key' },
      ],
    },
    settings: {
      ...settings,
      aeTitle: { value: 'READING_ROOM_7', ...locked },
      listenPort: { value: 104, ...locked },
      listener: {
        kind: 'failed',
        failure: { step: 'listen', address: '127.0.0.1', port: 104, cause: 'denied' },
        retryInMs: 15_000,
      },
      refusedPeer: { remoteAddress: '10.0.4.12', cause: 'plain-peer', at: minutesAgo(2) },
      listenAddress: { value: '0.0.0.0', origin: { kind: 'user' }, locked: false },
      brokenSettingsKeptAs: 'settings.broken-2026-11-21T08-12-03.json',
      localAddresses: [],
    },
    transfers: [],
    test: rejectedTest,
    results: manyResults(),
    certificates: someCertificates,
  },
};

function manyServers(): readonly Server[] {
  return [
    server(
      'a',
      { name: 'Radiology PACS', aeTitle: 'RADPACS', host: 'pacs.example.org', tls: true },
      {
        origin: { kind: 'administrator', file: ini, line: 12 },
      },
    ),
    server('b', { name: 'Main PACS', aeTitle: 'PACS1', host: '10.0.4.12', port: 11112 }, {}),
    server(
      'c',
      { name: 'Teaching files of the Department of Paediatric Radiology, 7', aeTitle: 'TEACHING_FILES_7' },
      {},
    ),
    server('d', { name: '東京第二病院 放射線科', aeTitle: 'TOKYO2', host: '0:0:0:0:0:ffff:a00:40c' }),
    server('e', { name: 'مستشفى الملك', aeTitle: 'KFH' }),
    server(
      'f',
      { name: 'Demo archive', aeTitle: 'DEMO', host: '127.0.0.1', port: 11150 },
      {
        origin: { kind: 'demonstration' },
      },
    ),
  ];
}

function manyResults(): readonly TestResult[] {
  const proven = (minutes: number) => ({ kind: 'proven', at: minutesAgo(minutes) }) as const;
  const unknown = { kind: 'not-tested' } as const;
  return [
    {
      id: ServerId.parse('a'),
      at: minutesAgo(3),
      states: { reachable: proven(3), queryable: proven(3), retrieve: proven(2000) },
      localAddress: '10.0.4.7',
    },
    {
      id: ServerId.parse('b'),
      at: minutesAgo(190),
      states: { reachable: proven(190), queryable: proven(190), retrieve: unknown },
      localAddress: '10.0.4.7',
    },
    {
      id: ServerId.parse('c'),
      at: minutesAgo(2000),
      states: {
        reachable: {
          kind: 'failed',
          at: minutesAgo(2000),
          fault: { failure: { step: 'resolve', host: 'teaching' }, findings: [] },
        },
        queryable: unknown,
        retrieve: unknown,
      },
      localAddress: null,
    },
  ];
}

function server(id: string, draft: object, more: Partial<Server> = {}): Server {
  return {
    ...ServerDraft.parse({
      host: '10.0.4.20',
      port: 104,
      listenPort: null,
      preferredCompression: 'as-stored',
      description: '',
      tls: false,
      verifyCertificate: true,
      ...draft,
    }),
    id: ServerId.parse(id),
    origin: { kind: 'user' },
    actions: everyAction,
    ...more,
  };
}

function transfer(id: string, state: TransferState): Transfer {
  return {
    id: TransferId.parse(id),
    kind: 'retrieve',
    serverId: ServerId.parse('b'),
    serverName: 'Main PACS',
    patientName: 'DOE^JANE',
    studyDescription: 'CT chest',
    studyInstanceUid: '1.2.3',
    queuedAt: minutesAgo(2),
    endedAt: null,
    state,
    progress: {
      expected: state.kind === 'running' ? 512 : null,
      done: state.kind === 'running' ? 120 : 0,
      warnings: 0,
      refused: 0,
      failed: 0,
      bytes: state.kind === 'running' ? 63_000_000 : 0,
      bytesPerSecond: state.kind === 'running' ? 21_000_000 : 0,
    },
    notices: [],
  };
}
