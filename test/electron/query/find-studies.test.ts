import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { AeTitle } from '../../../electron/contract/ae-title.ts';
import { StudyKeys, type FoundStudies, type StudyMatch } from '../../../electron/contract/study.ts';
import { parseDataset, textOf, type Attributes } from '../../../electron/dataset/index.ts';
import {
  findInstanceUids,
  findRaw,
  findSeries,
  findStudies,
  type QueryTarget,
} from '../../../electron/query/index.ts';
import { buildDataset, type BuiltElement } from '../../support/build-dataset.ts';
import type { RawMessage } from '../../support/raw-connection.ts';
import { startScriptedScp, type Conversation, type ScriptedScp } from '../../support/scripted-scp.ts';

const never = new AbortController().signal;
const success = { 0x0900: 0 };
const pending = { 0x0900: 0xff00 };
const cancelRequest = 0x0fff;

function targetAt({ host, port }: ScriptedScp): QueryTarget {
  const server = { host, port, aeTitle: AeTitle.parse('PACS1'), tls: false, verifyCertificate: true };
  return { server, callingAeTitle: 'GANTRY' };
}

function study(uid: string, more: readonly BuiltElement[] = [], characterSet = ''): Buffer {
  return buildDataset([['0020000D', 'UI', uid], ...more], characterSet);
}

/** A server with these studies for whoever asks; keeps what it was asked. */
async function startServer(
  answer: (asked: Attributes, message: RawMessage, conversation: Conversation) => Promise<void>,
): Promise<ScriptedScp & { readonly asked: Attributes[] }> {
  const asked: Attributes[] = [];
  const peer = await startScriptedScp({
    async onMessage(message, conversation) {
      if (message.command[0x0100] === cancelRequest || message.dataset === null) return;
      const identifier = parseDataset(message.dataset, '1.2.840.10008.1.2.1');
      asked.push(identifier);
      await answer(identifier, message, conversation);
    },
  });
  return { ...peer, asked, [Symbol.asyncDispose]: () => peer[Symbol.asyncDispose]() };
}

async function startWith(studies: readonly Buffer[]): ReturnType<typeof startServer> {
  return startServer(async (_, message, { respond }) => {
    for (const dataset of studies) await respond(message, pending, dataset);
    await respond(message, success);
  });
}

interface Found {
  readonly matches: readonly StudyMatch[];
  readonly end: FoundStudies | undefined;
}

async function find(target: QueryTarget, keys: Partial<StudyKeys> = {}, limit = 500): Promise<Found> {
  const items: FoundStudies[] = [];
  for await (const item of findStudies(target, StudyKeys.parse(keys), limit, never)) items.push(item);
  const matches = items.flatMap((item) => (item.kind === 'matches' ? item.matches : []));
  return { matches, end: items.at(-1) };
}

describe('findStudies', () => {
  it('yields what the server answers, decoded by the answer’s character set', async () => {
    await using peer = await startWith([
      study(
        '1.2.1',
        [
          ['00100010', 'PN', 'Yamada^Tarou=山田^太郎'],
          ['00100020', 'LO', 'J1'],
          ['00080020', 'DA', '20260301'],
          ['00080061', 'CS', 'CT\\SR'],
          ['00201206', 'IS', '2'],
          ['00201208', 'IS', '61 '],
        ],
        'ISO_IR 192',
      ),
      study('1.2.2'),
    ]);

    const { matches, end } = await find(targetAt(peer));

    expect(matches[0]).toMatchObject({
      studyInstanceUid: '1.2.1',
      patientName: 'Yamada^Tarou=山田^太郎',
      patientId: 'J1',
      studyDate: '20260301',
      modalities: ['CT', 'SR'],
      seriesCount: 2,
      instanceCount: 61,
    });
    expect(matches[1]).toEqual({
      studyInstanceUid: '1.2.2',
      patientName: '',
      patientId: '',
      patientBirthDate: '',
      patientSex: '',
      studyDate: '',
      studyTime: '',
      modalities: [],
      studyDescription: '',
      accessionNumber: '',
      referringPhysicianName: '',
      studyId: '',
      seriesCount: null,
      instanceCount: null,
    });
    expect(end).toEqual({ kind: 'end', count: 2, limitReached: false, keysIgnored: false });
  });

  it('asks at study level with the keys as typed, in UTF-8 where they are not ASCII', async () => {
    await using peer = await startWith([]);

    await find(targetAt(peer), { patientName: 'Größe*', studyDateFrom: '20260101' });

    const [asked] = peer.asked;
    expect(textOf(asked!, 'QueryRetrieveLevel')).toBe('STUDY');
    expect(textOf(asked!, 'SpecificCharacterSet')).toBe('ISO_IR 192');
    expect(textOf(asked!, 'PatientName')).toBe('Größe*');
    expect(textOf(asked!, 'StudyDate')).toBe('20260101-');
  });

  it('tells matches while the server still searches', async () => {
    const gate = new AbortController();
    await using peer = await startServer(async (_, message, { respond }) => {
      await respond(message, pending, study('1.1'));
      await once(gate.signal, 'abort');
      await respond(message, success);
    });
    const items = findStudies(targetAt(peer), StudyKeys.parse({}), 500, never);

    const first = await items.next();
    gate.abort();

    expect(first.value).toMatchObject({ kind: 'matches', matches: [{ studyInstanceUid: '1.1' }] });
    expect((await items.next()).value).toMatchObject({ kind: 'end', count: 1 });
  });

  it('asks once for each modality and tells each study once', async () => {
    await using peer = await startServer(async (asked, message, { respond }) => {
      const modality = textOf(asked, 'ModalitiesInStudy');
      const both: BuiltElement = ['00080061', 'CS', 'CT\\MR'];
      await respond(message, pending, study('1.1', [both]));
      await respond(message, pending, study(`1.2.${modality.length}`, [both]));
      await respond(message, success);
    });

    const { matches, end } = await find(targetAt(peer), { modalities: ['CT', 'MR'] });

    expect(peer.asked.map((asked) => textOf(asked, 'ModalitiesInStudy'))).toEqual(['CT', 'MR']);
    expect(matches.map(({ studyInstanceUid }) => studyInstanceUid)).toEqual(['1.1', '1.2.2']);
    expect(end).toMatchObject({ count: 2, keysIgnored: false });
  });

  it('says that keys were ignored when the server says so, or sends modalities nobody asked for', async () => {
    await using told = await startServer(async (_, message, { respond }) => {
      await respond(message, { 0x0900: 0xff01 }, study('1.1'));
      await respond(message, success);
    });
    await using shown = await startWith([study('1.1', [['00080061', 'CS', 'MR']])]);

    expect((await find(targetAt(told))).end).toMatchObject({ keysIgnored: true });
    expect((await find(targetAt(shown), { modalities: ['CT'] })).end).toMatchObject({ keysIgnored: true });
    expect((await find(targetAt(shown), { modalities: ['MR', 'CT'] })).end).toMatchObject({
      keysIgnored: false,
    });
  });

  it('takes Modality where a server does not send Modalities in Study', async () => {
    await using peer = await startWith([study('1.1', [['00080060', 'CS', 'US']])]);

    expect((await find(targetAt(peer))).matches[0]!.modalities).toEqual(['US']);
  });

  it('leaves out an answer without a Study UID, and says that keys were ignored', async () => {
    await using peer = await startWith([study(''), study('1.1')]);

    expect((await find(targetAt(peer))).end).toMatchObject({ count: 1, keysIgnored: true });
  });

  it('ends at the limit, cancels the rest at the server and says that there was more', async () => {
    let cancelled = false;
    await using peer = await startScriptedScp({
      async onMessage(message, { respond }) {
        if (message.command[0x0100] === cancelRequest) {
          cancelled = true;
          await respond(
            { ...message, command: { 0x0110: message.command[0x0120]!, 0x0100: 0x0020 } },
            { 0x0900: 0xfe00 },
          );
        } else {
          for (let number = 1; number <= 4; number += 1)
            await respond(message, pending, study(`1.${number}`));
        }
      },
    });

    const { matches, end } = await find(targetAt(peer), {}, 3);

    expect(matches).toHaveLength(3);
    expect(end).toEqual({ kind: 'end', count: 3, limitReached: true, keysIgnored: false });
    expect(cancelled).toBe(true);
  });

  it('ends at the limit even where the server goes on in spite of the cancel', async () => {
    await using peer = await startScriptedScp({
      async onMessage(message, { respond, connection }) {
        if (message.command[0x0100] === cancelRequest) return;
        for (let number = 1; number <= 100_000 && !connection.socket.destroyed; number += 1) {
          await respond(message, pending, study(`1.${number}`));
        }
      },
    });

    const { matches, end } = await find(targetAt(peer), {}, 3);

    expect(matches).toHaveLength(3);
    expect(end).toMatchObject({ limitReached: true });
  });

  it('does not say that there was more when there were exactly as many as the limit', async () => {
    await using peer = await startWith([study('1.1'), study('1.2'), study('1.1')]);

    expect((await find(targetAt(peer), {}, 2)).end).toMatchObject({ count: 2, limitReached: false });
  });

  it('never takes a failure for an empty answer', async () => {
    await using peer = await startServer((_, message, { respond }) =>
      respond(message, { 0x0900: 0xa700, 0x0902: 'full' }),
    );

    await expect(find(targetAt(peer))).rejects.toMatchObject({
      failure: { step: 'respond', cause: 'status', command: 'C-FIND', status: 0xa700, comment: 'full' },
    });
  });

  it('tells what came before the server broke off, then fails', async () => {
    await using peer = await startServer(async (_, message, { respond, connection }) => {
      await respond(message, pending, study('1.1'));
      connection.socket.end();
    });
    const got: FoundStudies[] = [];

    const asking = (async () => {
      for await (const item of findStudies(targetAt(peer), StudyKeys.parse({}), 500, never)) got.push(item);
    })();

    await expect(asking).rejects.toMatchObject({ failure: { step: 'respond' } });
    expect(got).toMatchObject([{ kind: 'matches', matches: [{ studyInstanceUid: '1.1' }] }]);
  });

  it('calls an answer that can’t be read malformed', async () => {
    await using peer = await startWith([Buffer.from([0x20, 0, 0x0d, 0, 0x55, 0x49, 0xff, 0x7f, 0x31])]);

    await expect(find(targetAt(peer))).rejects.toMatchObject({
      failure: { step: 'respond', cause: 'malformed' },
    });
  });

  it('is cancelled at a silent server when its grace is over', async () => {
    const canceller = new AbortController();
    await using peer = await startServer(async (_, message, { respond }) =>
      respond(message, pending, study('1.1')),
    );
    const items = findStudies(targetAt(peer), StudyKeys.parse({}), 500, canceller.signal);
    await items.next();

    const begun = performance.now();
    canceller.abort();

    await expect(items.next()).rejects.toMatchObject({ failure: { step: 'cancelled' } });
    expect(performance.now() - begun).toBeLessThan(4500);
  });

  it('refuses keys that can’t be asked without calling anybody', async () => {
    const server = {
      host: '127.0.0.1',
      port: 1,
      aeTitle: AeTitle.parse('X'),
      tls: false,
      verifyCertificate: true,
    };

    await expect(find({ server, callingAeTitle: 'GANTRY' }, { patientName: 'A\\B' })).rejects.toMatchObject({
      failure: { step: 'input', field: 'patientName' },
    });
  });
});

describe('findSeries', () => {
  it('tells the series of a study once each', async () => {
    const series = buildDataset([
      ['0020000E', 'UI', '1.1.1'],
      ['00080060', 'CS', 'CT'],
      ['00200011', 'IS', '3'],
      ['0008103E', 'LO', 'AXIAL'],
      ['00201209', 'IS', '60'],
    ]);
    await using peer = await startWith([series, series]);

    const found = await findSeries(targetAt(peer), '1.1', never);

    expect(found).toEqual([
      {
        seriesInstanceUid: '1.1.1',
        modality: 'CT',
        seriesNumber: '3',
        seriesDescription: 'AXIAL',
        instanceCount: 60,
      },
    ]);
    expect(textOf(peer.asked[0]!, 'QueryRetrieveLevel')).toBe('SERIES');
    expect(textOf(peer.asked[0]!, 'StudyInstanceUID')).toBe('1.1');
  });
});

describe('findInstanceUids', () => {
  it('asks for the series, then for the instances of each with all the keys above', async () => {
    await using peer = await startWithSeries();

    const found = await findInstanceUids(targetAt(peer), '1.1', null, never);

    expect(found.map(({ sopInstanceUid }) => sopInstanceUid)).toEqual([
      '1.1.1.1',
      '1.1.1.2',
      '1.1.2.1',
      '1.1.2.2',
    ]);
    expect(found[0]).toEqual({
      sopInstanceUid: '1.1.1.1',
      sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
      seriesInstanceUid: '1.1.1',
    });
    expect(peer.asked.map((asked) => textOf(asked, 'StudyInstanceUID'))).toEqual(['1.1', '1.1', '1.1']);
  });

  it('asks only for the instances where the series is known', async () => {
    await using peer = await startWithSeries();

    const found = await findInstanceUids(targetAt(peer), '1.1', '1.1.2', never);

    expect(found.map(({ sopInstanceUid }) => sopInstanceUid)).toEqual(['1.1.2.1', '1.1.2.2']);
    expect(peer.asked).toHaveLength(1);
  });
});

describe('findRaw', () => {
  it('asks only what it is told, at the level it is told', async () => {
    await using peer = await startWith([study('1.1')]);
    const got: string[] = [];

    const question = { level: 'IMAGE', keys: [{ keyword: 'PatientID', value: 'A1' }] } as const;
    for await (const match of findRaw(targetAt(peer), question, never)) {
      got.push(textOf(match, 'StudyInstanceUID'));
    }

    expect(got).toEqual(['1.1']);
    expect([...peer.asked[0]!.keys()]).toEqual(['00080052', '00100020']);
    expect(textOf(peer.asked[0]!, 'QueryRetrieveLevel')).toBe('IMAGE');
  });
});

/** Two series of two instances. */
function answers(asked: Attributes): readonly Buffer[] {
  if (textOf(asked, 'QueryRetrieveLevel') === 'SERIES') {
    return ['1.1.1', '1.1.2'].map((uid) => buildDataset([['0020000E', 'UI', uid]]));
  }
  const uid = textOf(asked, 'SeriesInstanceUID');
  return [1, 2].map((number) =>
    buildDataset([
      ['00080016', 'UI', '1.2.840.10008.5.1.4.1.1.2'],
      ['00080018', 'UI', `${uid}.${number}`],
    ]),
  );
}

function startWithSeries(): ReturnType<typeof startServer> {
  return startServer(async (asked, message, { respond }) => {
    for (const dataset of answers(asked)) await respond(message, pending, dataset);
    await respond(message, success);
  });
}
