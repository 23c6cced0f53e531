import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compose, type House } from '../../electron/compose.ts';
import { AeTitle } from '../../electron/contract/ae-title.ts';
import type { QueryFacts, TestStep } from '../../electron/contract/connection-test.ts';
import { connectionReport } from '../../electron/contract/connection-test-report.ts';
import { nameIn } from '../../electron/contract/describe-test-step.ts';
import { serverDraft, type ServerDraft } from '../../electron/contract/server.ts';
import type { FileChooser } from '../../electron/ipc/index.ts';
import { demoUrl, forkDemo } from '../support/fork-demo.ts';
import { keyring } from '../support/keyring.ts';
import { freePort, startDcmqrscp, startOrthanc, whichPeers } from '../support/peers/index.ts';
import { tapPort, type TappedPort } from '../support/tapped-port.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.ts';
import { writePerson, type Person } from '../support/write-person.ts';

const peers = whichPeers();
const { signal } = new AbortController();

const plain: Person = { id: 'plain', characterSet: 'ISO_IR 100', bytes: 'Doe^John' };
const russian: Person = {
  id: 'russian',
  characterSet: 'ISO_IR 144',
  bytes: '\xbb\xee\xda^\xcf\xda\xde\xd2',
};
/** In windows-1251, and it says otherwise. */
const liar: Person = { id: 'liar', characterSet: 'ISO_IR 100', bytes: '\xcb\xfe\xea' };
const japanese: Person = {
  id: 'japanese',
  characterSet: '\\ISO 2022 IR 87',
  bytes: 'Yamada^Tarou=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B=\x1b$B$d$^$@\x1b(B^\x1b$B$?$m$&\x1b(B',
};

let folder: TemporaryFolder;
let house: House;

beforeAll(async () => {
  folder = await temporaryFolder();
  const listenPort = await freePort();
  const kept = new Map<string, unknown>([
    ['settings', { aeTitle: 'GANTRY', listenPort, listenAddress: '127.0.0.1' }],
  ]);
  house = await compose({
    home: join(folder.path, 'home'),
    adminIniArgument: null,
    env: {},
    platform: process.platform,
    programFolder: folder.path,
    store: { get: (key) => kept.get(key), set: (key, value) => void kept.set(key, value) },
    brokenSettingsKeptAs: null,
    version: '0.0.0',
    demoUrl,
    launchDemo: forkDemo,
    files: {} as unknown as FileChooser,
    secretBox: keyring(),
  });
}, 30_000);

afterAll(async () => {
  await house?.close();
  await folder?.[Symbol.asyncDispose]();
});

async function fileOf(person: Person): Promise<string> {
  const path = join(folder.path, `${person.id}.dcm`);
  await writePerson(path, person);
  return path;
}

function draftAt(
  { port, aeTitle }: { readonly port: number; readonly aeTitle: string },
  letters: Partial<Pick<ServerDraft, 'queryCharacterSet' | 'decodeAs'>>,
): ServerDraft {
  return serverDraft({
    name: aeTitle,
    aeTitle: AeTitle.parse(aeTitle),
    host: '127.0.0.1',
    port,
    listenPort: null,
    preferredCompression: 'as-stored',
    description: '',
    tls: false,
    verifyCertificate: true,
    ...letters,
  });
}

interface Asked {
  readonly facts: QueryFacts;
  readonly step: TestStep;
  readonly report: string;
}

/** The query step of the test, as a window sees it, and the report that it would send away. */
async function askedOf(steps: AsyncIterable<TestStep>): Promise<Asked> {
  const taken: TestStep[] = [];
  for await (const step of steps) taken.push(step);
  const step = taken.find((each) => each.kind !== 'running' && each.step === 'query')!;
  const facts = 'facts' in step && step.facts?.step === 'query' ? step.facts : null;
  const parties = {
    server: 'PACS',
    ourAeTitle: 'GANTRY',
    serverAeTitle: 'QR',
    host: '127.0.0.1',
    port: 104,
    tls: false,
    ourAddress: null,
    listenPorts: [],
  };
  return { facts: facts!, step, report: connectionReport({ parties, steps: taken, at: 'now' }) };
}

const test = (draft: ServerDraft): Promise<Asked> =>
  askedOf(house.handlers.connectionTest.run({ id: null, draft, sendOneImage: false }, signal));

/** What we said. */
const heardIn = ({ pieces }: TappedPort): Buffer =>
  Buffer.concat(pieces.filter(({ from }) => from === 'caller').map(({ bytes }) => bytes));

describe.skipIf(!peers.dcmtk)('the connection test at dcmqrscp', () => {
  it('asks in the character set of the record, and shows a name in it', async () => {
    await using peer = await startDcmqrscp({
      aeTitle: 'QR',
      files: [await fileOf(plain), await fileOf(russian)],
      moveDestinations: [],
    });
    await using tap = await tapPort(peer.port);

    const { facts, report } = await test(
      draftAt({ port: tap.port, aeTitle: 'QR' }, { queryCharacterSet: 'ISO_IR 144' }),
    );

    expect(facts).toMatchObject({
      matches: 0,
      letters: { asked: 'ISO_IR 144', decodeAs: null, told: 'ISO_IR 144', name: 'Люк^Яков' },
    });
    expect(nameIn(facts)).toBe('Люк^Яков');
    expect(heardIn(tap).toString('latin1')).toContain('ISO_IR 144');
    expect(report).toContain('asked in ISO_IR 144, names read as ISO_IR 144, as it says');
    expect(report).not.toContain('Люк');
  });

  it('reads names as the record says, whatever the server claims', async () => {
    await using peer = await startDcmqrscp({
      aeTitle: 'QR',
      files: [await fileOf(liar)],
      moveDestinations: [],
    });

    const asked = await test(draftAt(peer, { decodeAs: 'windows-1251' }));
    const wrong = await test(draftAt(peer, { decodeAs: 'ISO_IR 192' }));

    expect(asked.facts.letters).toEqual({
      asked: null,
      decodeAs: 'windows-1251',
      told: 'ISO_IR 100',
      name: 'Люк',
    });
    expect(asked.step.kind).toBe('passed');
    expect(wrong.step).toMatchObject({
      kind: 'warned',
      findings: [{ kind: 'name-unreadable', told: 'ISO_IR 100', decodeAs: 'ISO_IR 192' }],
    });
    expect(wrong.report).toContain('Choose another character set under “Read its text as”');
  });

  it('asks for no name where the record says nothing of letters, nor in a test of all', async () => {
    await using peer = await startDcmqrscp({
      aeTitle: 'QR',
      files: [await fileOf(russian)],
      moveDestinations: [],
    });
    await using tap = await tapPort(peer.port);
    const usual = draftAt({ port: tap.port, aeTitle: 'QR' }, {});
    const special = { ...usual, decodeAs: 'windows-1251' };
    const { id } = await house.handlers.servers.save({ id: null, draft: special }, signal);

    const { facts } = await test(usual);
    const all: TestStep[] = [];
    for await (const each of house.handlers.connectionTest.runAll([id], signal)) {
      if (each.kind === 'step') all.push(each.step);
    }

    expect(facts).toEqual({ step: 'query', model: 'study-root', matches: 0, letters: null });
    expect(all).toContainEqual(
      expect.objectContaining({ kind: 'passed', facts: expect.objectContaining({ letters: null }) }),
    );
    const patientName = Buffer.from([0x10, 0x00, 0x10, 0x00]);
    expect(heardIn(tap).includes(patientName)).toBe(false);
  });
});

describe.skipIf(!peers.dcmtk || !peers.orthanc)('the connection test at Orthanc', () => {
  it('asks in two character sets, and shows a name in the letters of the answer', async () => {
    await using peer = await startOrthanc({
      aeTitle: 'ORTHANC',
      files: [await fileOf(japanese)],
      modalities: [],
      configuration: { DefaultEncoding: 'Utf8' },
    });

    const { facts } = await test(draftAt(peer, { queryCharacterSet: '\\ISO 2022 IR 87' }));

    expect(facts.letters).toEqual({
      asked: '\\ISO 2022 IR 87',
      decodeAs: null,
      told: 'ISO_IR 192',
      name: 'Yamada^Tarou=山田^太郎=やまだ^たろう',
    });
  });
});
