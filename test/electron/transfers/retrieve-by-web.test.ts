import type { RequestListener } from 'node:http';
import { beforeEach, describe, expect, it } from 'vitest';
import { folderStore } from '../../../electron/archive/index.ts';
import { FailureError, type Failure } from '../../../electron/contract/failure.ts';
import { Arrivals, Ledger, retrieveByWeb } from '../../../electron/transfers/index.ts';
import { buildDataset, buildFile, uidFor } from '../../support/build-dataset.ts';
import { temporaryFolder, type TemporaryFolder } from '../../support/temporary-folder.ts';
import { multipart, multipartType, startWebPeer, webPlan } from '../../support/web-peer.ts';

const ct = '1.2.840.10008.5.1.4.1.1.2';
const study = uidFor('study');
const series = uidFor('series');
const uids = ['a', 'b', 'c'].map((name) => uidFor('instance', name));
const { signal } = new AbortController();
let folder: TemporaryFolder;

beforeEach(async () => {
  folder = await temporaryFolder();
  return () => folder[Symbol.asyncDispose]();
});

function fileOf(uid: string): Buffer {
  const dataset = buildDataset([
    ['00080016', 'UI', ct],
    ['00080018', 'UI', uid],
    ['0020000D', 'UI', study],
    ['0020000E', 'UI', series],
    ['7FE00010', 'OB', Buffer.alloc(100, 1)],
  ]);
  return buildFile(
    { sopClassUid: ct, sopInstanceUid: uid, transferSyntaxUid: '1.2.840.10008.1.2.1' },
    dataset,
  );
}

interface Script {
  /** What the list names. */
  readonly listed: readonly string[];
  /** What the answer for the whole study brings. */
  readonly together: readonly Buffer[];
  /** What single instances are answered with, when they are asked for again. */
  readonly alone?: (uid: string) => Buffer | number;
}

const scripted =
  ({ listed, together, alone = () => 404 }: Script): RequestListener =>
  (request, response) => {
    const { pathname, searchParams } = new URL(request.url!, 'http://x');
    const json = (found: readonly object[]): void => {
      response.writeHead(200, { 'content-type': 'application/dicom+json' });
      response.end(JSON.stringify(searchParams.get('offset') === '0' ? found : []));
    };
    const value = (uid: string) => ({ vr: 'UI', Value: [uid] });
    if (pathname.endsWith('/series')) return json([{ '0020000E': value(series) }]);
    if (pathname.endsWith('/instances')) {
      return json(listed.map((uid) => ({ '00080018': value(uid), '00080016': value(ct) })));
    }
    const single = /\/instances\/([\d.]+)$/.exec(pathname)?.[1];
    const answer = single === undefined ? together : alone(single);
    if (typeof answer === 'number') return response.writeHead(answer).end();
    const parts = (Buffer.isBuffer(answer) ? [answer] : answer).map((bytes) => ({ bytes }));
    return response.writeHead(200, { 'content-type': multipartType }).end(multipart(parts));
  };

async function retrieve(script: Script, held: readonly string[] = []) {
  await using peer = await startWebPeer(scripted(script));
  const ledger = new Ledger({ now: () => performance.now(), onChange: () => {} });
  const tools = {
    arrivals: new Arrivals(),
    store: folderStore({ folder: folder.path, fsync: false }),
    heldUids: async () => held,
  };
  const request = {
    target: { web: webPlan(peer.origin) },
    studyInstanceUid: study,
    seriesInstanceUid: null,
  };
  const failure = await retrieveByWeb(request, tools, { ledger, phase: () => {} }, signal).then(
    () => null,
    (thrown: unknown): Failure => {
      if (thrown instanceof FailureError) return thrown.failure;
      throw thrown;
    },
  );
  const paths = peer.requests.map(({ url }) => new URL(url!, 'http://x').pathname);
  return { ledger, failure, paths };
}

describe('a retrieve by WADO-RS', () => {
  it('is done when everything that was listed is here', async () => {
    const { ledger, failure } = await retrieve({ listed: uids, together: uids.map(fileOf) });

    expect(failure).toBeNull();
    expect(ledger.progress).toMatchObject({ expected: 3, done: 3, failed: 0 });
    expect(ledger.way).toBe('wado-rs');
  });

  it('asks again, one by one, for what the whole left out', async () => {
    const { ledger, paths } = await retrieve({
      listed: uids,
      together: [fileOf(uids[0]!)],
      alone: fileOf,
    });

    expect(ledger.progress).toMatchObject({ expected: 3, done: 3, failed: 0 });
    expect(paths.slice(-3)).toEqual([
      `/studies/${study}`,
      `/studies/${study}/series/${series}/instances/${uids[1]}`,
      `/studies/${study}/series/${series}/instances/${uids[2]}`,
    ]);
  });

  it('gives each that does not come its own line, with what the server said', async () => {
    const { ledger, failure } = await retrieve({
      listed: uids,
      together: [fileOf(uids[0]!)],
      alone: (uid) => (uid === uids[1] ? 404 : 500),
    });

    expect(failure).toBeNull();
    expect(ledger.progress).toMatchObject({ expected: 3, done: 1, failed: 2 });
    expect(ledger.outcomeOf(uids[1]!)?.failure).toMatchObject({ step: 'http', cause: 'not-found' });
    expect(ledger.outcomeOf(uids[2]!)?.failure).toMatchObject({ step: 'http', cause: 'server-error' });
  });

  it('counts what came only by what is here, not by what was sent', async () => {
    const broken = Buffer.alloc(5_000, 7);

    const { ledger } = await retrieve({ listed: uids, together: [fileOf(uids[0]!), broken, broken] });

    expect(ledger.progress).toMatchObject({ expected: 3, done: 1, failed: 2 });
  });

  it('does not call missing what was here before', async () => {
    const { ledger } = await retrieve({ listed: uids, together: [] }, uids);

    expect(ledger.progress).toMatchObject({ expected: 3, done: 3, failed: 0 });
  });

  it('without a list, says how much of the answer could not be kept', async () => {
    const { ledger, failure } = await retrieve({
      listed: [],
      together: [fileOf(uids[0]!), Buffer.alloc(5_000, 7)],
    });

    expect(ledger.notices).toMatchObject([{ kind: 'list-unavailable' }]);
    expect(ledger.progress).toMatchObject({ done: 1 });
    expect(failure).toEqual({ step: 'arrive', expected: 2, arrived: 1 });
  });
});
