import { readdir, readFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { folderStore } from '../../../electron/archive/index.ts';
import { FailureError, type Failure } from '../../../electron/contract/failure.ts';
import type { IncomingInstance, InstanceStore, StoredInstance } from '../../../electron/dataset/index.ts';
import {
  openWebSession,
  retrieveInstances,
  type DicomwebPlan,
  type RetrievedInstances,
} from '../../../electron/dicomweb/index.ts';
import { buildDataset, buildFile, uidFor, type BuiltElement } from '../../support/build-dataset.ts';
import { datasetBytes } from '../../support/same-dataset.ts';
import { temporaryFolder, type TemporaryFolder } from '../../support/temporary-folder.ts';
import { multipart, multipartType, startWebPeer, webPlan, type WrittenPart } from '../../support/web-peer.ts';

const ct = '1.2.840.10008.5.1.4.1.1.2';
const explicit = '1.2.840.10008.1.2.1';
const studyInstanceUid = uidFor('study');
let folder: TemporaryFolder;

beforeEach(async () => {
  folder = await temporaryFolder();
  return () => folder[Symbol.asyncDispose]();
});

interface Made {
  readonly uid: string;
  readonly dataset: Buffer;
  readonly file: Buffer;
}

function make(name: string, more: { elements?: readonly BuiltElement[]; study?: string } = {}): Made {
  const uid = uidFor('instance', name);
  const dataset = buildDataset([
    ['00080016', 'UI', ct],
    ['00080018', 'UI', uid],
    ['00100010', 'PN', 'DOE^JANE'],
    ['0020000D', 'UI', more.study ?? studyInstanceUid],
    ['0020000E', 'UI', uidFor('series')],
    ...(more.elements ?? [['7FE00010', 'OB', Buffer.alloc(5_000, name.charCodeAt(0))]]),
  ]);
  const meta = { sopClassUid: ct, sopInstanceUid: uid, transferSyntaxUid: explicit };
  return { uid, dataset, file: buildFile(meta, dataset) };
}

const answerWith =
  (parts: readonly WrittenPart[], contentType = multipartType): RequestListener =>
  (_request, response) =>
    response.writeHead(200, { 'content-type': contentType }).end(multipart(parts));

interface Outcome {
  readonly counts: RetrievedInstances | null;
  readonly failure: Failure | null;
  readonly stored: readonly StoredInstance[];
  readonly refused: readonly (readonly [string, Failure])[];
  readonly files: readonly string[];
}

async function retrieve(
  answer: RequestListener,
  more: { plan?: Partial<DicomwebPlan>; store?: InstanceStore; instance?: string } = {},
): Promise<Outcome> {
  await using peer = await startWebPeer(answer);
  await using session = openWebSession(webPlan(peer.origin, more.plan));
  const stored: StoredInstance[] = [];
  const refused: (readonly [string, Failure])[] = [];
  const { instance = null } = more;
  const resource = {
    studyInstanceUid,
    seriesInstanceUid: instance === null ? null : uidFor('series'),
    sopInstanceUid: instance,
  };
  const options = {
    store: more.store ?? folderStore({ folder: folder.path, fsync: false }),
    remoteAddress: 'pacs.example',
    onStored: (one: StoredInstance) => stored.push(one),
    onRefused: ({ sopInstanceUid }: IncomingInstance, failure: Failure) =>
      refused.push([sopInstanceUid, failure]),
  };
  const told = { stored, refused };
  try {
    const counts = await retrieveInstances(session, resource, options);
    return { ...told, counts, failure: null, files: await readdir(folder.path) };
  } catch (thrown) {
    if (!(thrown instanceof FailureError)) throw thrown;
    return { ...told, counts: null, failure: thrown.failure, files: await readdir(folder.path) };
  }
}

describe('instances that are retrieved', () => {
  it('are stored byte for byte, however the answer is cut', async () => {
    const made = ['a', 'b', 'c'].map((name) => make(name));
    const body = multipart(made.map(({ file }) => ({ bytes: file })));
    for (const size of [1, 7, 1_000, 20_000]) {
      const { counts, stored } = await retrieve((_request, response) => {
        response.writeHead(200, { 'content-type': multipartType });
        const pieces = Array.from({ length: Math.ceil(body.length / size) }, (_, index) =>
          body.subarray(index * size, (index + 1) * size),
        );
        for (const piece of pieces) response.write(piece);
        response.end();
      });

      expect(counts).toEqual({ stored: 3, refused: 0, unreadable: 0 });
      expect(stored.map(({ sopInstanceUid }) => sopInstanceUid).toSorted()).toEqual(
        made.map(({ uid }) => uid).toSorted(),
      );
      for (const { uid, dataset } of made) {
        expect((await datasetBytes(join(folder.path, `${uid}.dcm`))).equals(dataset)).toBe(true);
      }
    }
  });

  it('are asked for as they are stored, then in any form where a server does not know that', async () => {
    const accepts: (string | undefined)[] = [];
    const { counts } = await retrieve((request, response) => {
      accepts.push(request.headers.accept);
      if (accepts.length === 1) response.writeHead(406).end();
      else answerWith([{ bytes: make('a').file }])(request, response);
    });

    expect(counts?.stored).toBe(1);
    expect(accepts).toEqual([
      'multipart/related; type="application/dicom"; transfer-syntax=*',
      'multipart/related; type="application/dicom"',
    ]);
  });

  it('may come one alone, without parts', async () => {
    const one = make('a');

    const { counts } = await retrieve(
      (request, response) => {
        expect(request.url).toBe(
          `/studies/${studyInstanceUid}/series/${uidFor('series')}/instances/${one.uid}`,
        );
        response.writeHead(200, { 'content-type': 'application/dicom' }).end(one.file);
      },
      { instance: one.uid },
    );

    expect(counts).toEqual({ stored: 1, refused: 0, unreadable: 0 });
  });

  it('may have private data before their UIDs, more than is looked at first', async () => {
    const large = make('a', { elements: [['00090010', 'UN', Buffer.alloc(100_000, 1)]] });

    const { counts } = await retrieve(answerWith([{ bytes: large.file }]));

    expect(counts?.stored).toBe(1);
    expect((await datasetBytes(join(folder.path, `${large.uid}.dcm`))).equals(large.dataset)).toBe(true);
  });
});

describe('what is not taken', () => {
  it('is an instance of another study', async () => {
    const stray = make('a', { study: uidFor('other study') });

    const { counts, refused } = await retrieve(
      answerWith([{ bytes: stray.file }, { bytes: make('b').file }]),
    );

    expect(counts).toEqual({ stored: 1, refused: 1, unreadable: 0 });
    expect(refused).toEqual([
      [stray.uid, { step: 'storage', cause: 'mismatch', detail: 'Study Instance UID' }],
    ]);
  });

  it('is a data set whose UIDs are others than its header’s', async () => {
    const { dataset } = make('a');
    const meta = { sopClassUid: '1.2.3', sopInstanceUid: uidFor('x'), transferSyntaxUid: explicit };

    const { counts, files } = await retrieve(
      answerWith([{ bytes: buildFile(meta, dataset.subarray(0, 60)) }]),
    );

    expect(counts).toMatchObject({ stored: 0 });
    expect(files.filter((name) => name.endsWith('.dcm'))).toEqual([]);
  });

  it('is what is no DICOM, and does not keep the others', async () => {
    const { counts } = await retrieve(
      answerWith([
        { bytes: Buffer.from('<error>not there</error>'), contentType: 'text/xml' },
        { bytes: Buffer.alloc(50_000, 7) },
        { bytes: Buffer.alloc(0) },
        { bytes: make('b').file },
      ]),
    );

    expect(counts).toEqual({ stored: 1, refused: 0, unreadable: 3 });
  });

  it('is a page for people', async () => {
    const { failure } = await retrieve((_request, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Sign in</h1>'),
    );

    expect(failure).toMatchObject({ step: 'http', service: 'WADO-RS', cause: 'not-dicomweb' });
  });
});

describe('an answer that breaks off', () => {
  it.each([
    ['in a header', 65],
    ['in group 0002', 250],
    ['in the data set', 3_000],
    ['between two parts', 49],
  ])('%s fails by name; what was whole stays, of the rest nothing', async (_where, beyond) => {
    const [first, second] = [make('a'), make('b')];
    const body = multipart([{ bytes: first.file }, { bytes: second.file }]);
    const cut = body.subarray(0, first.file.length + beyond);

    const hangUp = await retrieve((_request, response) => {
      response.writeHead(200, { 'content-type': multipartType, 'content-length': body.length });
      response.write(cut, () => response.destroy());
    });
    const ended = await retrieve((_request, response) =>
      response.writeHead(200, { 'content-type': multipartType }).end(cut),
    );

    for (const { failure, files } of [hangUp, ended]) {
      expect(failure).toMatchObject({ step: 'http', service: 'WADO-RS', cause: 'interrupted' });
      expect(files.filter((name) => name.includes(second.uid))).toEqual([]);
      expect(files.filter((name) => name.endsWith('.part'))).toEqual([]);
    }
    expect(ended.files).toContain(`${first.uid}.dcm`);
  });

  it('goes silent', async () => {
    const body = multipart([{ bytes: make('a').file }]);

    const { failure, files } = await retrieve(
      (_request, response) => {
        response.writeHead(200, { 'content-type': multipartType });
        response.write(body.subarray(0, 3_000));
      },
      { plan: { timeouts: { idleMs: 100 } } },
    );

    expect(failure).toMatchObject({ step: 'http', service: 'WADO-RS', cause: 'timed-out' });
    expect(files).toEqual([]);
  });

  it('goes beyond what is taken', async () => {
    const parts = answerWith([{ bytes: make('a').file }, { bytes: make('b').file }]);

    const tooMany = await retrieve(parts, { plan: { limits: { parts: 1 } } });
    const tooLarge = await retrieve(parts, { plan: { limits: { partBytes: 3_000 } } });

    for (const { failure } of [tooMany, tooLarge]) {
      expect(failure).toMatchObject({ step: 'http', cause: 'too-large' });
    }
    expect(tooLarge.files.filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});

it('a status is told, and 206 means that there is more elsewhere', async () => {
  const gone = await retrieve((_request, response) => response.writeHead(404).end());
  const partial = await retrieve((_request, response) =>
    response.writeHead(206, { 'content-type': multipartType }).end(multipart([{ bytes: make('a').file }])),
  );

  expect(gone.failure).toMatchObject({ step: 'http', cause: 'not-found', status: 404 });
  expect(partial.counts).toMatchObject({ stored: 1 });
});

it('the disk’s pace is the server’s: nothing piles up while the store is full', async () => {
  const large = make('a', { elements: [['7FE00010', 'OB', Buffer.alloc(8_000_000, 1)]] });
  const kept = folderStore({ folder: folder.path, fsync: false });
  let waiting = 0;
  let most = 0;
  const slow: InstanceStore = {
    begin: (instance) => {
      const writer = kept.begin(instance);
      let drained = (): void => {};
      return {
        ...writer,
        onDrain: (listener) => (drained = listener),
        write: (chunk) => {
          writer.write(chunk);
          waiting += chunk.length;
          most = Math.max(most, waiting);
          setImmediate(() => {
            waiting = 0;
            drained();
          });
          return false;
        },
      };
    },
  };

  const { counts } = await retrieve(answerWith([{ bytes: large.file }]), { store: slow });

  expect(counts?.stored).toBe(1);
  expect(most).toBeLessThan(1_000_000);
  const stored = await readFile(join(folder.path, `${large.uid}.dcm`));
  expect(stored.subarray(-large.dataset.length).equals(large.dataset)).toBe(true);
});
