import type { ArchiveStudy } from '../../../electron/contract/archive.ts';
import { FailureError, type Failure } from '../../../electron/contract/failure.ts';
import { FileGrantId, SendItemId, type FileGrant, type SendItem } from '../../../electron/contract/send.ts';
import { ServerId } from '../../../electron/contract/server.ts';
import type { FoundStudies, SeriesMatch, StudyKeys, StudyMatch } from '../../../electron/contract/study.ts';
import {
  TransferId,
  type InstanceReport,
  type RetrieveStudy,
  type Transfer,
} from '../../../electron/contract/transfer.ts';

type Tell = (path: string, item: unknown) => void;

/** What the fake main process knows of studies, transfers and files. `rows` in the address: how many studies. */
export function studyHandlers(tell: Tell, isCancelled: (id: number) => boolean) {
  const address = new URLSearchParams(location.search);
  const rows = Number(address.get('rows') ?? 40);
  const matches = Array.from({ length: rows }, (_, index) => studyMatch(index));
  const archive = new Map<string, ArchiveStudy>();
  for (const [index, match] of matches.entries()) {
    const here =
      index % 7 === 1 ? match.instanceCount! : index % 7 === 3 ? Math.floor(match.instanceCount! / 4) : 0;
    if (here > 0) archive.set(match.studyInstanceUid, archiveStudy(match, here));
  }
  const transfers = new Map<TransferId, Transfer>();
  const reports = new Map<TransferId, InstanceReport[]>();
  if (address.has('transfers')) for (const each of pastTransfers()) transfers.set(each.id, each);
  const stopped = new Set<TransferId>();
  let files = new Map<SendItemId, SendItem>();
  let lastId = 0;

  function publish(transfer: Transfer): void {
    transfers.set(transfer.id, transfer);
    tell('transfers.changed', transfer);
  }

  async function* findStudies(
    { keys, limit }: { keys: StudyKeys; limit: number },
    id: number,
  ): AsyncGenerator<FoundStudies> {
    const failure = failures[keys.patientId];
    const found = matches.filter((match) => matchesName(match, keys.patientName));
    for (let at = 0; at < Math.min(found.length, limit); at += 50) {
      await pause(Number(address.get('pace') ?? 20));
      if (isCancelled(id)) throw new FailureError({ step: 'cancelled' });
      yield { kind: 'matches', matches: found.slice(at, Math.min(at + 50, limit)) };
      if (failure !== undefined && keys.accessionNumber === 'some') break;
    }
    if (failure !== undefined) throw new FailureError(failure);
    yield {
      kind: 'end',
      count: Math.min(found.length, limit),
      limitReached: found.length > limit,
      keysIgnored: keys.studyDescription !== '',
    };
  }

  async function run(transfer: Transfer, outcomes: readonly InstanceReport[]): Promise<void> {
    const { id } = transfer;
    const started = Date.now();
    const expected = outcomes.length;
    const done: InstanceReport[] = [];
    reports.set(id, done);
    publish({ ...transfer, state: { kind: 'running', phase: 'asking' } });
    await pause(200);
    const step = Math.max(1, Math.round(expected / Number(address.get('steps') ?? 60)));
    while (done.length < expected && !stopped.has(id)) {
      done.push(...outcomes.slice(done.length, done.length + step));
      await pause(100);
      publish({
        ...transfers.get(id)!,
        state: { kind: 'running', phase: 'moving' },
        progress: progressOf(done, expected, started),
      });
      const study = matches.find(({ studyInstanceUid }) => studyInstanceUid === transfer.studyInstanceUid);
      if (study !== undefined) {
        const here = archiveStudy(study, done.filter(({ outcome }) => outcome === 'stored').length);
        if ((archive.get(here.studyInstanceUid)?.instanceCount ?? 0) < here.instanceCount) {
          archive.set(here.studyInstanceUid, here);
          tell('archive.changed', here);
        }
      }
    }
    const progress = { ...progressOf(done, expected, started), bytesPerSecond: 0 };
    const whole = progress.failed === 0;
    publish({
      ...transfers.get(id)!,
      endedAt: new Date().toISOString(),
      progress,
      state: stopped.has(id)
        ? { kind: 'cancelled' }
        : whole
          ? { kind: 'done' }
          : { kind: 'incomplete', failure: null },
    });
  }

  function queued(fields: Partial<Transfer>): Transfer {
    const transfer: Transfer = {
      id: TransferId.parse(`q${++lastId}`),
      kind: 'retrieve',
      serverId: ServerId.parse('b'),
      serverName: 'Main PACS',
      patientName: '',
      studyDescription: '',
      studyInstanceUid: null,
      queuedAt: new Date().toISOString(),
      endedAt: null,
      state: { kind: 'waiting' },
      progress: { expected: null, done: 0, warnings: 0, refused: 0, failed: 0, bytes: 0, bytesPerSecond: 0 },
      notices: [],
      ...fields,
    };
    publish(transfer);
    return transfer;
  }

  return {
    'query.findStudies': findStudies,
    'query.findSeries': async ({
      studyInstanceUid,
    }: {
      studyInstanceUid: string;
    }): Promise<readonly SeriesMatch[]> => {
      await pause(250);
      const index = Number(studyInstanceUid.split('.').at(-1));
      if (index % 11 === 10)
        throw new FailureError({ step: 'connect', host: '10.0.4.12', port: 104, cause: 'timed-out' });
      return seriesOf(matches[index]!);
    },
    'archive.studies': () => [...archive.values()],
    'transfers.list': () => [...transfers.values()],
    'transfers.reports': (id: TransferId) => reports.get(id) ?? pastReports(id),
    'transfers.retrieve': (study: RetrieveStudy) => {
      const transfer = queued({ ...study });
      const count =
        matches.find((match) => match.studyInstanceUid === study.studyInstanceUid)?.instanceCount ?? 10;
      const outcomes = Array.from({ length: count }, (_, index) =>
        report({ sopInstanceUid: `1.2.3.${index}`, file: null }),
      );
      void run(transfer, outcomes);
      return transfer.id;
    },
    'transfers.send': ({ items }: { items: readonly SendItemId[] }) => {
      const transfer = queued({ kind: 'send' });
      void run(
        transfer,
        items.map((id, index) => sendReport(files.get(id)!, index)),
      );
      return transfer.id;
    },
    'transfers.retryFailed': () => queued({ kind: 'send' }).id,
    'transfers.cancel': (id: TransferId) => {
      stopped.add(id);
      return null;
    },
    'transfers.clearEnded': () => {
      const ended = [...transfers.values()].filter(({ endedAt }) => endedAt !== null).map(({ id }) => id);
      for (const id of ended) transfers.delete(id);
      tell('transfers.cleared', ended);
      return null;
    },
    'send.chooseFiles': (): readonly FileGrant[] => [{ id: FileGrantId.parse('files'), name: 'a.dcm' }],
    'send.chooseFolder': (): readonly FileGrant[] => [
      { id: FileGrantId.parse('folder'), name: 'CD of 14 May' },
    ],
    'send.inspect': async function* (ids: readonly FileGrantId[]): AsyncGenerator<readonly SendItem[]> {
      const found = ids.includes(FileGrantId.parse('folder'))
        ? folder(Number(address.get('files') ?? 60))
        : folder(3);
      for (let at = 0; at < found.length; at += 20) {
        await pause(40);
        const items = found.slice(at, at + 20);
        files = new Map([...files, ...items.map((item) => [item.id, item] as const)]);
        yield items;
      }
    },
    'send.forget': () => null,
  };
}

/** Asked for by a patient ID. */
const failures: Readonly<Record<string, Failure>> = {
  refused: { step: 'connect', host: '10.0.4.12', port: 11112, cause: 'refused' },
  called: { step: 'associate', cause: 'rejected', result: 1, source: 1, reason: 7 },
  calling: { step: 'associate', cause: 'rejected', result: 1, source: 1, reason: 3 },
  status: {
    step: 'respond',
    cause: 'status',
    command: 'C-FIND',
    status: 0xa700,
    comment: 'database is busy',
    offendingElements: [],
  },
};

const names = [
  'DOE^JANE',
  'Müller^Jürgen',
  'Yamada^Tarou=山田^太郎=やまだ^たろう',
  'Παπαδόπουλος^Νίκος',
  'كريم^محمد',
  'Wolfeschlegelsteinhausenbergerdorff^Hubert Blaine^Adolph^Prof.^Sr',
  'Люкceмбypг^Роза',
  'Hong^Gildong=洪^吉洞=홍^길동',
  'EVIL\u202EENAJ^EOD',
  'Adams^John Robert Quincy^^Rev.^B.A. M.Div.',
  '',
];
const descriptions = [
  'CT Chest with contrast',
  'MR Brain without and with contrast, perfusion, spectroscopy and a long description',
  'US Abdomen',
  '胸部CT 造影',
  'XR Knee left, 2 views',
  '',
];
const modalities = [['CT'], ['MR'], ['US'], ['CT', 'SR'], ['DX'], ['CT', 'PT']];

function studyMatch(index: number): StudyMatch {
  const day = new Date(Date.UTC(2026, 10, 20 - (index % 60), 0));
  return {
    studyInstanceUid: `1.2.826.0.1.3680043.9.7.${index}`,
    patientName: names[index % names.length]!,
    patientId: index % 13 === 12 ? '' : `A${(1000 + index * 37) % 100000}`,
    patientBirthDate: `19${String(40 + (index % 60)).padStart(2, '0')}03${String(1 + (index % 28)).padStart(2, '0')}`,
    patientSex: index % 2 === 0 ? 'F' : 'M',
    studyDate: day.toISOString().slice(0, 10).replaceAll('-', ''),
    studyTime: `${String(8 + (index % 10)).padStart(2, '0')}${String((index * 7) % 60).padStart(2, '0')}12.000`,
    modalities: modalities[index % modalities.length]!,
    studyDescription: descriptions[index % descriptions.length]!,
    accessionNumber: `26-${String(4000 + index)}`,
    referringPhysicianName: index % 3 === 0 ? 'Hale^Miriam^^Dr.' : '',
    studyId: String(index),
    seriesCount: 1 + (index % 5),
    instanceCount: 12 + ((index * 91) % 900),
  };
}

function seriesOf({ seriesCount, instanceCount, modalities }: StudyMatch): readonly SeriesMatch[] {
  return Array.from({ length: seriesCount ?? 0 }, (_, index) => ({
    seriesInstanceUid: `1.2.9.${index}`,
    modality: modalities[0]!,
    seriesNumber: String(index + 1),
    seriesDescription: ['Scout', 'Ax 1.0 mm soft tissue', 'Cor 2.0 mm', 'Sag 2.0 mm', ''][index % 5]!,
    instanceCount: Math.floor((instanceCount ?? 0) / (seriesCount ?? 1)),
  }));
}

function archiveStudy(match: StudyMatch, instanceCount: number): ArchiveStudy {
  return {
    ...match,
    seriesCount: match.seriesCount ?? 0,
    instanceCount,
    bytes: instanceCount * 525_000,
    receivedAt: new Date().toISOString(),
  };
}

function matchesName({ patientName }: StudyMatch, key: string): boolean {
  const pattern = key
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return key === '' || new RegExp(`^${pattern}$`, 'i').test(patientName);
}

function report(fields: Partial<InstanceReport>): InstanceReport {
  return { sopInstanceUid: null, file: null, outcome: 'stored', status: 0, failure: null, ...fields };
}

function sendReport(item: SendItem, index: number): InstanceReport {
  const sopInstanceUid = item.failure === null ? item.sopInstanceUid : null;
  const base = { file: item.file, sopInstanceUid };
  if (item.failure !== null)
    return report({ ...base, outcome: 'failed', status: null, failure: item.failure });
  if (index % 12 === 5) return report({ ...base, outcome: 'warning', status: 0xb000 });
  if (index % 17 === 8) {
    return report({
      ...base,
      outcome: 'refused',
      status: 0xa700,
      failure: {
        step: 'respond',
        cause: 'status',
        command: 'C-STORE',
        status: 0xa700,
        comment: 'disk quota',
        offendingElements: [],
      },
    });
  }
  return report(base);
}

function progressOf(
  done: readonly InstanceReport[],
  expected: number,
  started: number,
): Transfer['progress'] {
  const count = (outcome: InstanceReport['outcome']): number =>
    done.filter((each) => each.outcome === outcome).length;
  const bytes = done.length * 525_000;
  return {
    expected,
    done: count('stored') + count('warning'),
    warnings: count('warning'),
    refused: count('refused'),
    failed: count('failed') + count('refused'),
    bytes,
    bytesPerSecond: (1000 * bytes) / Math.max(1, Date.now() - started),
  };
}

function folder(count: number): readonly SendItem[] {
  return Array.from({ length: count }, (_, index) => {
    const failure: Failure | null =
      index % 15 === 7 ? { step: 'file', cause: index % 2 === 0 ? 'not-dicom' : 'empty', detail: '' } : null;
    return {
      id: SendItemId.parse(`f${Math.random()}`),
      file:
        failure === null
          ? `CD of 14 May/DICOM/PAT${index % 3}/IMG${String(index).padStart(4, '0')}.dcm`
          : `CD of 14 May/README${index}.TXT`,
      bytes: 525_000 + index,
      failure,
      patientName: names[index % 3]!,
      patientId: `A${1000 + (index % 3)}`,
      studyInstanceUid: `1.2.${index % 3}.${index % 2}`,
      studyDescription: descriptions[index % 6]!,
      seriesInstanceUid: `1.2.3.${index % 12}`,
      modality: 'CT',
      sopInstanceUid: `1.2.3.4.${index}`,
      sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
      transferSyntaxUid: '1.2.840.10008.1.2.1',
    };
  });
}

function pastTransfers(): readonly Transfer[] {
  const past = (id: string, fields: Partial<Transfer>): Transfer => ({
    id: TransferId.parse(id),
    kind: 'retrieve',
    serverId: ServerId.parse('b'),
    serverName: 'Main PACS',
    patientName: names[0]!,
    studyDescription: descriptions[0]!,
    studyInstanceUid: '1.2.826.0.1.3680043.9.7.0',
    queuedAt: new Date(Date.now() - 60_000 * (fields.notices?.length ?? 5)).toISOString(),
    endedAt: new Date(Date.now() - 120_000).toISOString(),
    state: { kind: 'done' },
    progress: {
      expected: 512,
      done: 512,
      warnings: 0,
      refused: 0,
      failed: 0,
      bytes: 268e6,
      bytesPerSecond: 0,
    },
    notices: [],
    ...fields,
  });
  const running = {
    expected: 512,
    done: 120,
    warnings: 0,
    refused: 0,
    failed: 0,
    bytes: 63e6,
    bytesPerSecond: 17e6,
  };
  return [
    past('p1', {
      endedAt: null,
      state: { kind: 'running', phase: 'moving' },
      progress: running,
      queuedAt: new Date().toISOString(),
      patientName: names[5]!,
      studyDescription: descriptions[1]!,
    }),
    past('p2', {
      endedAt: null,
      state: { kind: 'waiting' },
      patientName: names[2]!,
      progress: { ...running, expected: null, done: 0, bytes: 0, bytesPerSecond: 0 },
      queuedAt: new Date(Date.now() - 1000).toISOString(),
    }),
    past('p3', {}),
    past('p4', {
      state: { kind: 'incomplete', failure: null },
      patientName: names[4]!,
      progress: { ...running, done: 507, failed: 5, bytes: 2.6e8, bytesPerSecond: 0 },
      notices: [
        {
          kind: 'listen-port-unavailable',
          port: 104,
          failure: { step: 'listen', address: '0.0.0.0', port: 104, cause: 'denied' },
        },
        { kind: 'counters-differ', counted: 512, arrived: 507 },
      ],
    }),
    past('p5', {
      state: {
        kind: 'failed',
        failure: {
          step: 'respond',
          cause: 'status',
          command: 'C-MOVE',
          status: 0xa801,
          comment: null,
          offendingElements: [],
        },
      },
      serverName: 'Teaching files of the Department of Paediatric Radiology, 7',
      progress: { ...running, expected: null, done: 0, bytes: 0, bytesPerSecond: 0 },
    }),
    past('p6', {
      kind: 'send',
      patientName: '',
      studyDescription: '',
      studyInstanceUid: null,
      state: { kind: 'cancelled' },
      progress: { ...running, bytesPerSecond: 0 },
    }),
  ];
}

function pastReports(id: TransferId): readonly InstanceReport[] {
  if (id !== 'p4') return [];
  return Array.from({ length: 5 }, (_, index) =>
    report({
      sopInstanceUid: `1.2.826.0.1.3680043.9.7.4.1.${index}`,
      outcome: index === 0 ? 'failed' : 'refused',
      failure:
        index === 0
          ? { step: 'storage', cause: 'mismatch', detail: '' }
          : { step: 'arrive', expected: 1, arrived: 0 },
    }),
  );
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
