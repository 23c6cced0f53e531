import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestStep } from '../../electron/contract/connection-test.ts';
import type { CommandSet, Rejection } from '../../electron/dimse/index.ts';
import type { ConnectionTestOptions, OurSide, PeerAddress } from '../../electron/servers/index.ts';
import {
  ourAeTitle,
  ourSideAt,
  portOf,
  runTest,
  serverAt,
  tested,
  testOptions,
  type Tested,
} from '../support/connection-testing.ts';
import { rowOf, tableOf, type Fault, type Row } from '../support/fault-matrix.ts';
import { startOpensslServer } from '../support/openssl-peer.ts';
import {
  freePort,
  mustRun,
  pathOf,
  startDcmqrscp,
  startStorescp,
  whichPeers,
} from '../support/peers/index.ts';
import { startStagedArchive, type StagedArchiveOptions } from '../support/staged-archive.ts';
import { oneSyntaxPerClass, writeMixedSet } from '../support/synthetic-study.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startTlsFront } from '../support/tls-front.ts';
import { makeTlsIdentities, type TlsIdentities } from '../support/tls-identities.ts';
import { portThat } from '../support/port-that.ts';

const peers = whichPeers();
const canStage = peers.dcmtk && peers.openssl;

interface Stage {
  readonly them: TlsIdentities;
  /** Of an archive's images. */
  readonly files: readonly string[];
}

let stage: Stage & AsyncDisposable;

beforeAll(async () => {
  if (!canStage) return;
  const folder = await temporaryFolder();
  const them = await makeTlsIdentities();
  const files = (await writeMixedSet(folder.path, oneSyntaxPerClass)).map(({ path }) => path);
  stage = {
    them,
    files,
    async [Symbol.asyncDispose]() {
      await them[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
});

afterAll(() => stage?.[Symbol.asyncDispose]());

const soon = { connectMs: 4_000, associateMs: 4_000, responseMs: 10_000 };

/** The test of a server, with a listening side of ours that is there as it should be. */
async function testOf(server: PeerAddress, changes: Partial<ConnectionTestOptions> = {}): Promise<Tested> {
  await using ours = await ourSideAt();
  return await runTest(server, testOptions(ours, { timeouts: soon, ...changes }));
}

function refusing(rejection: (asked: { callingAeTitle: string }) => Rejection | null): Promise<Tested> {
  return archiveThat({ accept: rejection });
}

async function archiveThat(
  options: StagedArchiveOptions,
  changes: Partial<ConnectionTestOptions> = {},
): Promise<Tested> {
  await using peer = await startStagedArchive(options);
  return await testOf(serverAt(peer), changes);
}

/** A real archive whose table has us at `destination`, and one image is asked for. */
async function imageFrom(destination: (ours: OurSide) => { aeTitle: string; port: number }): Promise<Tested> {
  await using ours = await ourSideAt();
  const moveDestinations = [{ host: '127.0.0.1', ...destination(ours) }];
  await using peer = await startDcmqrscp({ aeTitle: 'QR', files: stage.files, moveDestinations });
  return await runTest(serverAt(peer), testOptions(ours, { sendOneImage: true }));
}

/** A front with this TLS before a server that answers, called as `tlsOptions` say. */
async function throughTls(
  front: Parameters<typeof startTlsFront>[1],
  tlsOptions: PeerAddress['tlsOptions'] = {},
): Promise<Tested> {
  await using inside = await startStagedArchive();
  await using peer = await startTlsFront(inside.port, front);
  const server = serverAt(peer, { tls: true, tlsOptions: { ca: [stage.them.trusted.cert], ...tlsOptions } });
  return await testOf(server);
}

const pair = ({ cert, key }: { readonly cert: string; readonly key: string }) => ({ cert, key });

async function opensslThat(args: readonly string[]): Promise<Tested> {
  const { certFile, keyFile } = stage.them.rsa;
  await using peer = await startOpensslServer(['-cert', certFile, '-key', keyFile, ...args]);
  return await testOf(serverAt(peer, { tls: true, tlsOptions: { ca: [stage.them.trusted.cert] } }));
}

const faults: readonly Fault[] = [
  {
    name: 'wrong host name',
    expected: 'the name is not known',
    step: 'name',
    cause: /name no-such-host\.invalid is not known/,
    owner: 'you',
    stage: () => testOf(serverAt({ host: 'no-such-host.invalid', port: 104 })),
  },
  {
    name: 'closed port',
    expected: 'nothing listens there',
    step: 'tcp',
    cause: /Nothing listens at 127\.0\.0\.1/,
    owner: 'administrator',
    stage: async () => testOf(serverAt({ port: await freePort() })),
  },
  {
    name: 'firewall on the way that drops',
    expected: 'nobody answers: a firewall, or off',
    step: 'tcp',
    cause: /Nobody answers at /,
    owner: 'network',
    stage: beyondFirewall,
  },
  {
    name: 'TLS not ticked, port has TLS',
    expected: 'it expects TLS',
    step: 'association',
    cause: /expects TLS at this port, and TLS is not ticked/,
    owner: 'you',
    stage: async () => {
      await using inside = await startStagedArchive();
      await using peer = await startTlsFront(inside.port, pair(stage.them.good));
      return await testOf(serverAt(peer));
    },
  },
  {
    name: 'TLS ticked, port has none (DCMTK)',
    expected: 'it speaks plain DICOM',
    step: 'tls',
    cause: /speaks plain DICOM at this port, and TLS is ticked/,
    owner: 'you',
    stage: async () => {
      await using peer = await startStorescp();
      return await testOf(serverAt(peer, { tls: true }));
    },
  },
  {
    name: 'certificate expired',
    expected: 'it has expired',
    step: 'tls',
    cause: /certificate of Main PACS has expired/,
    owner: 'administrator',
    stage: () => throughTls(pair(stage.them.expired)),
  },
  {
    name: 'certificate not valid yet',
    expected: 'it is not valid yet',
    step: 'tls',
    cause: /not valid yet/,
    owner: 'administrator',
    stage: () => throughTls(pair(stage.them.notYetValid)),
  },
  {
    name: 'certificate for another name',
    expected: 'it is made out to another name',
    step: 'tls',
    cause: /made out to another name/,
    owner: 'administrator',
    stage: () => throughTls(pair(stage.them.named)),
  },
  {
    name: 'certificate of an unknown authority',
    expected: 'its authority is unknown',
    step: 'tls',
    cause: /authority this computer does not know/,
    owner: 'administrator',
    stage: () => throughTls(pair(stage.them.unknownCa)),
  },
  {
    name: 'certificate signed by itself',
    expected: 'it is signed by nobody else',
    step: 'tls',
    cause: /signed by nobody but itself/,
    owner: 'administrator',
    stage: () => throughTls(pair(stage.them.selfSigned)),
  },
  {
    name: 'client certificate missing (TLS 1.3)',
    expected: 'it asks for ours',
    step: 'tls',
    cause: /asks for a certificate of this viewer/,
    owner: 'you',
    stage: () => throughTls({ ...pair(stage.them.good), requestCert: true, ca: stage.them.trusted.cert }),
  },
  {
    name: 'client certificate missing (TLS 1.2)',
    expected: 'it asks for ours',
    step: 'tls',
    cause: /asks for a certificate of this viewer/,
    owner: 'you',
    stage: () => {
      const asks = { requestCert: true, ca: stage.them.trusted.cert, maxVersion: 'TLSv1.2' } as const;
      return throughTls({ ...pair(stage.them.good), ...asks });
    },
  },
  {
    name: 'client certificate of another authority',
    expected: 'ours is not accepted',
    step: 'tls',
    cause: /does not accept the certificate of this viewer/,
    owner: 'administrator',
    stage: () =>
      throughTls(
        { ...pair(stage.them.good), requestCert: true, ca: stage.them.trusted.cert },
        { identity: pair(stage.them.unknownCa) },
      ),
  },
  {
    name: 'TLS 1.1 only',
    expected: 'no version in common',
    step: 'tls',
    cause: /no TLS version in common/,
    owner: 'administrator',
    stage: () => opensslThat(['-tls1_1', '-cipher', 'ALL@SECLEVEL=0']),
  },
  {
    name: 'no suite of ours',
    expected: 'no encryption in common',
    step: 'tls',
    cause: /no encryption in common/,
    owner: 'administrator',
    stage: () => opensslThat(['-tls1_2', '-cipher', 'AES128-SHA']),
  },
  {
    name: 'called AE title unknown (dcmqrscp)',
    expected: 'it goes by another AE title',
    step: 'association',
    cause: /called AE title not recognised/,
    owner: 'you',
    stage: async () => {
      await using peer = await startDcmqrscp({ aeTitle: 'QR', files: [], moveDestinations: [] });
      return await testOf(serverAt({ ...peer, aeTitle: 'OTHER' }));
    },
  },
  {
    name: 'called AE title in other letters (dcmqrscp)',
    expected: 'it answers to QR',
    step: 'association',
    cause: /answers to “QR”, in other letters than “qr”/,
    owner: 'you',
    stage: async () => {
      await using peer = await startDcmqrscp({ aeTitle: 'QR', files: [], moveDestinations: [] });
      return await testOf(serverAt({ ...peer, aeTitle: 'qr' }));
    },
  },
  {
    name: 'calling AE title unknown',
    expected: 'it does not know us',
    step: 'association',
    cause: /calling AE title not recognised/,
    owner: 'administrator',
    stage: () => refusing(() => ({ result: 1, source: 1, reason: 3 })),
  },
  {
    name: 'calling AE title known in other letters',
    expected: 'it knows gantry',
    step: 'association',
    cause: /knows “gantry”, in other letters than your “GANTRY”/,
    owner: 'you',
    stage: () =>
      refusing(({ callingAeTitle }) =>
        callingAeTitle === 'gantry' ? null : { result: 1, source: 1, reason: 3 },
      ),
  },
  {
    name: 'congestion',
    expected: 'it is too busy',
    step: 'association',
    cause: /temporary congestion/,
    owner: 'administrator',
    stage: () => refusing(() => ({ result: 2, source: 3, reason: 1 })),
  },
  {
    name: 'too many associations',
    expected: 'its limit is reached',
    step: 'association',
    cause: /local limit exceeded/,
    owner: 'administrator',
    stage: () => refusing(() => ({ result: 2, source: 3, reason: 2 })),
  },
  {
    name: 'refused without a reason (storescp)',
    expected: 'no reason given',
    step: 'association',
    cause: /no reason given/,
    owner: 'administrator',
    stage: async () => {
      await using peer = await startStorescp({ args: ['--refuse'] });
      return await testOf(serverAt(peer));
    },
  },
  {
    name: 'silent peer',
    expected: 'it does not answer',
    step: 'association',
    cause: /did not answer the association request/,
    owner: 'administrator',
    stage: async () => {
      await using peer = await portThat(() => {});
      return await testOf(serverAt(peer));
    },
  },
  {
    name: 'peer that hangs up',
    expected: 'it hung up',
    step: 'association',
    cause: /hung up before it answered/,
    owner: 'administrator',
    stage: async () => {
      await using peer = await portThat((socket) => socket.once('data', () => socket.end()));
      return await testOf(serverAt(peer));
    },
  },
  {
    name: 'garbage',
    expected: 'it is not DICOM',
    step: 'association',
    cause: /something that is not DICOM/,
    owner: 'you',
    stage: async () => {
      await using peer = await portThat((socket) =>
        socket.once('data', () => socket.end('220 mail.example ESMTP\r\n')),
      );
      return await testOf(serverAt(peer));
    },
  },
  {
    name: 'a web server',
    expected: 'it speaks HTTP',
    step: 'association',
    cause: /web server answers at 127\.0\.0\.1, port \d+, not DICOM/,
    owner: 'you',
    stage: async () => {
      const web = createHttpServer((_, response) => response.setHeader('Server', 'nginx').end('hello'));
      web.listen(0, '127.0.0.1');
      await once(web, 'listening');
      try {
        return await testOf(serverAt({ port: (web.address() as AddressInfo).port }));
      } finally {
        web.closeAllConnections();
        web.close();
      }
    },
  },
  {
    name: 'echo refused',
    expected: 'C-ECHO is not confirmed',
    step: 'echo',
    cause: /did not confirm the echo/,
    owner: 'administrator',
    stage: () => archiveThat({ echoStatus: 0x0122 }),
  },
  {
    name: 'queries not offered (storescp)',
    expected: 'no FIND',
    step: 'query',
    cause: /does not accept queries/,
    owner: 'administrator',
    stage: async () => {
      await using peer = await startStorescp();
      return await testOf(serverAt(peer));
    },
  },
  {
    name: 'FIND refused',
    expected: 'the query is not answered',
    step: 'query',
    cause: /could not answer the query/,
    owner: 'administrator',
    stage: () => archiveThat({ findStatus: 0xa700 }),
  },
  {
    name: 'keys ignored',
    expected: 'it ignores what it is asked',
    step: 'query',
    cause: /ignores what it is asked for/,
    owner: 'administrator',
    stage: () => archiveThat({ ignoresKeys: true }),
  },
  {
    name: 'move destination unknown, told at once',
    expected: 'it does not know our AE title',
    step: 'return-path',
    cause: /could not send the study: .*destination/i,
    owner: 'administrator',
    stage: () => archiveThat({ emptyMoveStatus: 0xa801 }),
  },
  {
    name: 'move destination unknown (dcmqrscp)',
    expected: 'it does not know our AE title',
    step: 'return-path',
    cause: /could not send the study: .*destination/i,
    owner: 'administrator',
    stage: () => imageFrom((ours) => ({ aeTitle: 'SOMEONE', port: portOf(ours) })),
  },
  {
    name: 'our listen port taken',
    expected: 'the port is in use here',
    step: 'our-side',
    cause: /Port \d+ is already in use on this computer/,
    owner: 'you',
    stage: async () => {
      await using taken = await portThat(() => {});
      await using ours = await ourSideAt(taken.port);
      await using peer = await startStagedArchive();
      return await runTest(serverAt(peer), testOptions(ours));
    },
  },
  {
    name: 'its own listen port taken',
    expected: 'the port is in use here',
    step: 'our-side',
    cause: /Port \d+ is already in use on this computer/,
    owner: 'you',
    stage: async () => {
      await using taken = await portThat(() => {});
      return await archiveThat({}, { listenPort: taken.port });
    },
  },
  {
    name: 'wrong return port (dcmqrscp)',
    expected: 'it can’t reach us: address or port',
    step: 'return-path',
    cause: /could not bring the image here/,
    owner: 'administrator',
    stage: async () => {
      const nobody = await freePort();
      return await imageFrom(() => ({ aeTitle: ourAeTitle, port: nobody }));
    },
  },
  {
    name: 'wrong return port, a usual one (dcmqrscp)',
    expected: 'it sends to the other port',
    step: 'return-path',
    cause: /sends to port \d+ of this computer, not to \d+/,
    owner: 'administrator',
    stage: toAnotherPort,
  },
  {
    name: 'sends to another host (dcmqrscp)',
    expected: 'somebody else has it now',
    step: 'return-path',
    cause: /says that it delivered the image, and it did not come here/,
    owner: 'administrator',
    stage: async () => {
      await using other = await startStorescp({ aeTitle: ourAeTitle });
      return await imageFrom(() => ({ aeTitle: ourAeTitle, port: other.port }));
    },
  },
  {
    name: 'calls us by another AE title (storescu)',
    expected: 'it calls us VIEWER9',
    step: 'return-path',
    cause: /calls this viewer “VIEWER9”, and it is GANTRY/,
    owner: 'administrator',
    stage: () => delivering('VIEWER9'),
  },
  {
    name: 'another computer has our AE title',
    expected: 'its address',
    step: 'our-side',
    cause: /Another computer, 10\.4\.0\.99, calls itself GANTRY too/,
    owner: 'network',
    stage: async () => {
      await using ours = await ourSideAt();
      const at = new Date().toISOString();
      const call = {
        callingAeTitle: ourAeTitle,
        calledAeTitle: ourAeTitle,
        port: portOf(ours),
        accepted: true,
      };
      ours.reception.log.note({ ...call, remoteAddress: '10.4.0.99', at });
      await using peer = await startStagedArchive();
      return await runTest(serverAt(peer), testOptions(ours));
    },
  },
  {
    name: 'our address has changed',
    expected: 'old and new address',
    step: 'our-side',
    cause: /address was 10\.4\.0\.12 and is 127\.0\.0\.1 now/,
    owner: 'administrator',
    stage: () => archiveThat({}, { lastLocalAddress: '10.4.0.12' }),
  },
];

/** A firewall's silence, in a network namespace whose only neighbour takes everything and answers nothing. */
async function beyondFirewall(): Promise<Tested> {
  const host = '10.99.0.2';
  const script = join(import.meta.dirname, '../support/test-beyond-firewall.ts');
  const { stdout } = await promisify(execFile)('unshare', [
    '-n',
    'sh',
    '-c',
    `${silentNeighbour(host)} && exec "$0" "$@"`,
    process.execPath,
    script,
    host,
    '104',
  ]);
  const steps = stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as TestStep);
  return tested(steps, serverAt({ host, port: 104 }), 0);
}

function silentNeighbour(host: string): string {
  return [
    'ip link set lo up',
    'ip link add near type veth peer name far',
    'ip addr add 10.99.0.1/24 dev near',
    'ip link set near up',
    'ip link set far up',
    `ip neigh add ${host} lladdr 02:00:00:00:00:02 dev near`,
  ].join(' && ');
}

async function canMakeNamespaces(): Promise<boolean> {
  if (pathOf('unshare') === null || pathOf('ip') === null) return false;
  return await promisify(execFile)('unshare', ['-n', 'sh', '-c', silentNeighbour('10.99.0.2')]).then(
    () => true,
    () => false,
  );
}

async function toAnotherPort(): Promise<Tested> {
  const other = await freePort();
  await using ours = await ourSideAt();
  const moveDestinations = [{ aeTitle: ourAeTitle, host: '127.0.0.1', port: other }];
  await using peer = await startDcmqrscp({ aeTitle: 'QR', files: stage.files, moveDestinations });
  return await runTest(serverAt(peer), testOptions(ours, { sendOneImage: true, otherPorts: [other] }));
}

/** An archive that sends with DCMTK's storescu, calling us as it likes. */
async function delivering(calledAeTitle: string): Promise<Tested> {
  await using ours = await ourSideAt();
  const [file = ''] = stage.files;
  const deliver = async (): Promise<Partial<CommandSet>> => {
    const sent = await mustRun('storescu', [
      '-aec',
      calledAeTitle,
      '127.0.0.1',
      `${portOf(ours)}`,
      file,
    ]).catch(() => null);
    return sent === null ? { status: 0xb000, failed: 1, completed: 0 } : { status: 0, completed: 1 };
  };
  await using peer = await startStagedArchive({ deliver });
  return await runTest(serverAt(peer), testOptions(ours, { sendOneImage: true }));
}

const hasIpv6 = Object.values(networkInterfaces())
  .flat()
  .some((each) => each?.address === '::1');

/** No fault, though some take it for one: a server that is there by IPv6 alone. */
async function rowOfIpv6(): Promise<Row> {
  await using peer = await startStagedArchive({ host: '::1' });
  const found = await testOf(serverAt({ host: '::1', port: peer.port }));
  const { address } = found.facts('tcp');
  const right = address === '::1' && found.summary.includes('query passed');
  const named = right
    ? `tcp: open at ${address}; nothing is wrong`
    : (found.advice()?.advice.cause ?? address);
  return { fault: 'IPv6 only', expected: 'it works, at ::1', named, right };
}

describe.skipIf(!canStage)('the connection test', () => {
  it('names every staged fault, whose it is, and says what to send to whom', async () => {
    const firewall = await canMakeNamespaces();
    if (!firewall) console.log('not root, so no firewall can be staged: that row is left out');
    const rows: Row[] = [];

    for (const fault of faults) {
      if (fault.stage === beyondFirewall && !firewall) continue;
      rows.push(await rowOf(fault));
    }

    if (hasIpv6) rows.push(await rowOfIpv6());

    console.log(tableOf(rows));
    const right = rows.filter((row) => row.right).length;
    console.log(`${right} of ${rows.length} named right`);
    expect(rows.filter((row) => !row.right)).toEqual([]);
    expect(rows.length).toBeGreaterThan(30);
  });
});
