import { describe, expect, it } from 'vitest';
import { AeTitle } from '../../../electron/contract/ae-title.ts';
import { StudyKeys, type StudyMatch } from '../../../electron/contract/study.ts';
import { parseDataset, textOf, type Attributes } from '../../../electron/dataset/index.ts';
import {
  findInstanceUids,
  findRaw,
  findSeries,
  findStudies,
  type QueryTarget,
} from '../../../electron/query/index.ts';
import { buildDataset, type BuiltElement } from '../../support/build-dataset.ts';
import { startScriptedScp, type ScriptedScp } from '../../support/scripted-scp.ts';

const never = new AbortController().signal;
const explicit = '1.2.840.10008.1.2.1';
const uid: BuiltElement = ['0020000D', 'UI', '1.1'];

interface Server extends ScriptedScp {
  /** The identifiers that it got, as bytes. */
  readonly asked: Buffer[];
}

/** A server that answers every query with these. */
async function startWith(answers: readonly Buffer[]): Promise<Server> {
  const asked: Buffer[] = [];
  const peer = await startScriptedScp({
    async onMessage(message, { respond }) {
      if (message.dataset === null) return;
      asked.push(Buffer.from(message.dataset));
      for (const answer of answers) await respond(message, { 0x0900: 0xff00 }, answer);
      await respond(message, { 0x0900: 0 });
    },
  });
  return { ...peer, asked, [Symbol.asyncDispose]: () => peer[Symbol.asyncDispose]() };
}

type Letters = Pick<QueryTarget, 'characterSet' | 'decodeAs'>;

function targetAt({ port }: { readonly port: number }, letters: Letters = {}): QueryTarget {
  const server = {
    host: '127.0.0.1',
    port,
    aeTitle: AeTitle.parse('PACS1'),
    tls: false,
    verifyCertificate: true,
  };
  return { server, callingAeTitle: 'GANTRY', ...letters };
}

/** Nobody listens there: who gets as far as a connection fails by it. */
const nobody = { port: 1 };

async function find(target: QueryTarget, keys: Partial<StudyKeys> = {}): Promise<readonly StudyMatch[]> {
  const matches: StudyMatch[] = [];
  for await (const item of findStudies(target, StudyKeys.parse(keys), 500, never)) {
    if (item.kind === 'matches') matches.push(...item.matches);
  }
  return matches;
}

async function findAnyway(target: QueryTarget, value: string): Promise<readonly Attributes[]> {
  const found: Attributes[] = [];
  const keys = [{ keyword: 'PatientName', value }];
  for await (const match of findRaw(target, { level: 'STUDY', keys }, never)) found.push(match);
  return found;
}

function labelOf(identifier: Buffer | undefined): string | null {
  const attributes = parseDataset(identifier ?? Buffer.alloc(0), explicit);
  return attributes.has('00080005') ? textOf(attributes, 'SpecificCharacterSet') : null;
}

describe('a query in the character set of its server', () => {
  it.each([
    ['ISO_IR 100', 'Müller*', 'M\xfcller*'],
    ['ISO_IR 144', 'Люк*', '\xbb\xee\xda*'],
    ['GB18030', '王*', '\xcd\xf5*'],
    ['\\ISO 2022 IR 149', '*=홍*', '*=\x1b$)C\xc8\xab*'],
    ['ISO 2022 IR 13\\ISO 2022 IR 87', 'ﾔﾏﾀﾞ*=山田*', '\xd4\xcf\xc0\xde*=\x1b$B;3ED\x1b(J*'],
  ])('is sent in its bytes, and says so: %s', async (characterSet, patientName, bytes) => {
    await using peer = await startWith([]);

    await find(targetAt(peer, { characterSet }), { patientName });

    const [asked] = peer.asked;
    expect(asked?.includes(Buffer.from(bytes, 'latin1'))).toBe(true);
    expect(labelOf(asked)).toBe(characterSet);
    expect(textOf(parseDataset(asked ?? Buffer.alloc(0), explicit), 'PatientName')).toBe(patientName);
  });

  it('says its character set in plain ASCII too, at every level', async () => {
    await using peer = await startWith([buildDataset([['0020000E', 'UI', '1.1.1']])]);
    const target = targetAt(peer, { characterSet: 'ISO_IR 100' });

    await find(target, { patientName: 'DOE*' });
    await findSeries(target, '1.1', never);
    await findInstanceUids(target, '1.1', null, never);
    await findAnyway(target, 'DOE*');

    expect(peer.asked.map(labelOf)).toEqual(Array.from({ length: 5 }, () => 'ISO_IR 100'));
  });

  it('says none where none is set and none is needed', async () => {
    await using peer = await startWith([]);

    await find(targetAt(peer), { patientName: 'DOE*' });
    await find(targetAt(peer), { patientName: 'Müller*' });
    await find(targetAt(peer, { characterSet: 'ISO_IR 6' }), { patientName: 'DOE*' });

    expect(peer.asked.map(labelOf)).toEqual([null, 'ISO_IR 192', null]);
  });

  it('begins with an empty value where its set is for extensions only', async () => {
    await using peer = await startWith([]);

    await find(targetAt(peer, { characterSet: 'ISO 2022 IR 87' }), { patientName: '*=山*' });

    expect(labelOf(peer.asked[0])).toBe('\\ISO 2022 IR 87');
  });

  it('is refused by attribute and character before anybody is called', async () => {
    const asking = [
      find(targetAt(nobody, { characterSet: 'ISO_IR 100' }), { patientName: 'Müller 山' }),
      findAnyway(targetAt(nobody, { characterSet: 'ISO_IR 100' }), 'Müller 山'),
    ];

    for (const asked of asking) {
      await expect(asked).rejects.toMatchObject({
        failure: {
          step: 'input',
          field: 'PatientName',
          problem: 'has “山” (U+5C71), which ISO_IR 100 can’t carry',
        },
      });
    }
  });

  it.each([
    [{ characterSet: 'ISO_IR 999' }, 'characterSet'],
    [{ characterSet: 'windows-1251' }, 'characterSet'],
    [{ decodeAs: 'EBCDIC' }, 'decodeAs'],
  ])('is refused where that is none: %o', async (letters, field) => {
    const target = targetAt(nobody, letters);

    for (const asked of [find(target), findAnyway(target, ''), findSeries(target, '1.1', never)]) {
      await expect(asked).rejects.toMatchObject({ failure: { step: 'input', field } });
    }
    await expect(findInstanceUids(target, '1.1', '1.1.1', never)).rejects.toMatchObject({
      failure: { step: 'input', field },
    });
  });
});

describe('answers that say the wrong character set, or none', () => {
  const russian: BuiltElement = ['00100010', 'PN', Buffer.from('\xcb\xfe\xea ', 'latin1')];
  const japanese: BuiltElement = ['00100010', 'PN', Buffer.from('=\x1b$B;3ED\x1b(B', 'latin1')];

  it('are read in the one that is set for their server', async () => {
    await using peer = await startWith([
      buildDataset([uid, russian, ['00080005', 'CS', 'ISO_IR 100']]),
      buildDataset([['0020000D', 'UI', '1.2'], russian]),
    ]);
    const target = targetAt(peer, { decodeAs: 'windows-1251' });

    expect((await find(target)).map(({ patientName }) => patientName)).toEqual(['Люк', 'Люк']);
    expect((await findAnyway(target, '')).map((match) => textOf(match, 'PatientName'))).toEqual([
      'Люк',
      'Люк',
    ]);
  });

  it('are read with code extensions where those are set', async () => {
    await using peer = await startWith([buildDataset([uid, japanese, ['00080005', 'CS', 'ISO_IR 192']])]);

    expect((await find(targetAt(peer)))[0]?.patientName).not.toBe('=山田');
    expect((await find(targetAt(peer, { decodeAs: 'ISO 2022 IR 87' })))[0]?.patientName).toBe('=山田');
  });

  it('are read as they say where nothing is set', async () => {
    await using peer = await startWith([buildDataset([uid, russian, ['00080005', 'CS', 'ISO_IR 100']])]);

    expect((await find(targetAt(peer)))[0]?.patientName).toBe('Ëþê');
  });
});
