import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { createServer as createPlainServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FailureError, type Failure } from '../../../electron/contract/failure.ts';
import { openWebSession, search, type DicomwebPlan } from '../../../electron/dicomweb/index.ts';
import { textOf, type Attributes } from '../../../electron/dataset/index.ts';
import { listen, verificationScp } from '../../../electron/dimse/index.ts';
import { makeTlsIdentities, type TlsIdentities } from '../../support/tls-identities.ts';
import { startWebPeer, webPlan } from '../../support/web-peer.ts';

let made: TlsIdentities;

beforeAll(async () => {
  made = await makeTlsIdentities();
});

afterAll(() => made[Symbol.asyncDispose]());

const study = (uid: string) => ({ '0020000D': { vr: 'UI', Value: [uid] } });

const answerJson =
  (json: unknown, status = 200): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/dicom+json' });
    response.end(JSON.stringify(json));
  };

async function searchStudies(plan: DicomwebPlan, signal?: AbortSignal): Promise<readonly Attributes[]> {
  const found: Attributes[] = [];
  await using session = openWebSession(plan, {}, signal);
  for await (const one of search(session, { level: 'STUDY' }, [])) found.push(one);
  return found;
}

async function failureOf(plan: DicomwebPlan, signal?: AbortSignal): Promise<Failure> {
  try {
    await searchStudies(plan, signal);
  } catch (thrown) {
    if (thrown instanceof FailureError) return thrown.failure;
    throw thrown;
  }
  throw new Error('it did not fail');
}

describe('a search', () => {
  it('asks page by page until one brings nothing new, and tells no study twice', async () => {
    const pages = [['1', '2', '3'], ['3', '4'], []];
    await using peer = await startWebPeer((request, response) => {
      const offset = Number(new URL(request.url!, 'http://x').searchParams.get('offset'));
      const page = { 0: pages[0], 3: pages[1] }[offset] ?? [];
      answerJson(page.map((number) => study(`1.2.${number}`)))(request, response);
    });

    const found = await searchStudies(webPlan(`${peer.origin}/dicom-web`));

    expect(found.map((one) => textOf(one, 'StudyInstanceUID'))).toEqual(['1.2.1', '1.2.2', '1.2.3', '1.2.4']);
    expect(peer.requests.map(({ url }) => url)).toEqual([
      '/dicom-web/studies?limit=200&offset=0',
      '/dicom-web/studies?limit=200&offset=3',
      '/dicom-web/studies?limit=200&offset=5',
    ]);
    expect(peer.connections()).toBe(1);
  });

  it('ends at a server that always gives the same page', async () => {
    await using peer = await startWebPeer(answerJson([study('1.2.1')]));

    expect(await searchStudies(webPlan(peer.origin))).toHaveLength(1);
    expect(peer.requests).toHaveLength(2);
  });

  it('finds nothing where the answer is 204, or empty', async () => {
    await using none = await startWebPeer((_request, response) => void response.writeHead(204).end());
    await using empty = await startWebPeer((_request, response) =>
      response.writeHead(200, { 'content-type': 'application/dicom+json' }).end(),
    );

    expect(await searchStudies(webPlan(none.origin))).toEqual([]);
    expect(await searchStudies(webPlan(empty.origin))).toEqual([]);
  });

  it('puts what is matched and what is only asked for where they belong, by tag, encoded', async () => {
    await using peer = await startWebPeer(answerJson([]));
    await using session = openWebSession(webPlan(`${peer.origin}/base`, { qidoPath: '/rs' }));
    const resource = { level: 'IMAGE', studyInstanceUid: '1.2', seriesInstanceUid: '3.4' } as const;
    const keys = [
      { keyword: 'PatientName', value: 'Müller^A&B*' },
      { keyword: 'SOPClassUID', value: '' },
    ];

    for await (const _ of search(session, resource, keys));

    expect(peer.requests[0]?.url).toBe(
      '/base/rs/studies/1.2/series/3.4/instances?00100010=M%C3%BCller%5EA%26B*&includefield=00080016&limit=200&offset=0',
    );
    expect(peer.requests[0]?.headers).toMatchObject({
      host: `localhost:${peer.port}`,
      accept: 'application/dicom+json',
      'accept-encoding': 'identity',
    });
  });
});

describe('who is asking', () => {
  it('is told by user name and password, or by token', async () => {
    await using peer = await startWebPeer(answerJson([]));
    const basic = { kind: 'basic', username: 'jürgen', password: 'a:b' } as const;

    await searchStudies(webPlan(peer.origin, { authentication: basic }));
    await searchStudies(webPlan(peer.origin, { authentication: { kind: 'bearer', token: 'abc' } }));
    await searchStudies(webPlan(peer.origin));

    expect(peer.requests.map(({ headers }) => headers.authorization)).toEqual([
      `Basic ${Buffer.from('jürgen:a:b').toString('base64')}`,
      'Bearer abc',
      undefined,
    ]);
  });

  it('is asked of the person before anything is sent, where the secret is not kept', async () => {
    await using peer = await startWebPeer(answerJson([]));
    const authentication = { kind: 'bearer', token: null } as const;

    expect(await failureOf(webPlan(peer.origin, { authentication }))).toMatchObject({
      step: 'http',
      cause: 'credentials-missing',
      status: null,
    });
    expect(peer.connections()).toBe(0);
  });

  it('is told to nobody else: a redirection to another place is not followed', async () => {
    await using elsewhere = await startWebPeer(answerJson([study('1.2')]));
    const targets = [
      `${elsewhere.origin}/studies`,
      `http://127.0.0.1:${elsewhere.port}/studies`,
      `//localhost:${elsewhere.port}/studies`,
      'https://localhost/studies',
    ];
    for (const location of targets) {
      await using peer = await startWebPeer((_request, response) =>
        response.writeHead(302, { location }).end(),
      );
      const authentication = { kind: 'bearer', token: 'abc' } as const;

      expect(await failureOf(webPlan(peer.origin, { authentication }))).toEqual({
        step: 'http',
        service: 'QIDO-RS',
        cause: 'redirected',
        status: 302,
        detail: new URL(location, peer.origin).origin,
      });
    }
    expect(elsewhere.requests).toEqual([]);
  });

  it('follows the same server, but not in circles', async () => {
    await using peer = await startWebPeer((request, response) => {
      if (request.url?.startsWith('/old/')) {
        response.writeHead(307, { location: request.url.replace('/old/', '/new/') }).end();
      } else answerJson([study('1.2')])(request, response);
    });
    await using circle = await startWebPeer((request, response) =>
      response.writeHead(302, { location: request.url! }).end(),
    );

    expect(await searchStudies(webPlan(`${peer.origin}/old`))).toHaveLength(1);
    expect(await failureOf(webPlan(circle.origin))).toMatchObject({ cause: 'redirected' });
    expect(circle.requests).toHaveLength(6);
  });
});

describe('an answer that is none', () => {
  it.each([
    [400, 'bad-request'],
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [405, 'not-allowed'],
    [406, 'not-acceptable'],
    [410, 'not-found'],
    [418, 'bad-request'],
    [429, 'busy'],
    [500, 'server-error'],
    [501, 'not-supported'],
    [502, 'server-error'],
    [503, 'busy'],
    [304, 'unexpected-status'],
  ] as const)('status %d is %s', async (status, cause) => {
    await using peer = await startWebPeer(answerJson({ secret: 'DOE^JANE' }, status));

    expect(await failureOf(webPlan(peer.origin))).toEqual({
      step: 'http',
      service: 'QIDO-RS',
      cause,
      status,
      detail: '',
    });
  });

  it('a page for people is not DICOMweb', async () => {
    await using peer = await startWebPeer((_request, response) =>
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<h1>Welcome</h1>'),
    );

    expect(await failureOf(webPlan(peer.origin))).toMatchObject({
      cause: 'not-dicomweb',
      detail: 'text/html',
    });
  });

  it.each(['[{', '{"a": 1}', '"text"', 'null'])('%s is malformed', async (text) => {
    await using peer = await startWebPeer((_request, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(text),
    );

    expect(await failureOf(webPlan(peer.origin))).toMatchObject({ cause: 'malformed', status: 200 });
  });

  it('more JSON than is taken is given up', async () => {
    await using peer = await startWebPeer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/dicom+json' });
      const more = (): void => {
        while (response.writable && response.write(Buffer.alloc(65_536, 0x20)));
      };
      response.on('drain', more);
      more();
    });

    expect(await failureOf(webPlan(peer.origin, { limits: { jsonBytes: 1_000_000 } }))).toMatchObject({
      cause: 'too-large',
    });
  });

  it('headers beyond all measure are given up', async () => {
    await using peer = await startWebPeer((_request, response) =>
      response.writeHead(200, { 'x-large': 'x'.repeat(100_000) }).end(),
    );

    expect(await failureOf(webPlan(peer.origin))).toMatchObject({ cause: 'too-large', detail: 'headers' });
  });

  it('silence, before and within an answer, is a time-out', async () => {
    await using silent = await startWebPeer(() => {});
    await using stuck = await startWebPeer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/dicom+json' });
      response.write('[');
    });

    const before = await failureOf(webPlan(silent.origin, { timeouts: { responseMs: 100 } }));
    const within = await failureOf(webPlan(stuck.origin, { timeouts: { idleMs: 100 } }));

    expect(before).toMatchObject({ step: 'http', cause: 'timed-out', status: null });
    expect(within).toMatchObject({ step: 'http', cause: 'timed-out' });
  });

  it('that breaks off is interrupted', async () => {
    await using peer = await startWebPeer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/dicom+json', 'content-length': '1000' });
      response.write('[', () => response.destroy());
    });

    expect(await failureOf(webPlan(peer.origin))).toMatchObject({ cause: 'interrupted' });
  });

  it('by DICOM, or by another language, is no HTTP', async () => {
    await using scp = await listen({ host: '127.0.0.1', port: 0, services: [verificationScp()] });
    const other = createPlainServer((socket) => socket.on('error', () => {}).end('220 hello\r\n'));
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');

    expect(await failureOf(webPlan(`http://127.0.0.1:${scp.port}`))).toMatchObject({ cause: 'not-http' });
    const { port } = other.address() as AddressInfo;
    expect(await failureOf(webPlan(`http://127.0.0.1:${port}`))).toMatchObject({ cause: 'not-http' });
    other.close();
  });
});

describe('the way there', () => {
  it('fails by name, as an association does', async () => {
    const closed = createPlainServer();
    closed.listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as AddressInfo;
    closed.close();

    expect(await failureOf(webPlan('http://no-such-host.invalid/'))).toEqual({
      step: 'resolve',
      host: 'no-such-host.invalid',
    });
    expect(await failureOf(webPlan(`http://127.0.0.1:${port}`))).toMatchObject({
      step: 'connect',
      cause: 'refused',
    });
  });

  it('goes through TLS by the server’s own authority, and refuses every other certificate by its cause', async () => {
    await using good = await startWebPeer(answerJson([study('1.2')]), made.good);
    await using expired = await startWebPeer(answerJson([]), made.expired);
    const ca = [made.trusted.cert];

    expect(await searchStudies(webPlan(good.origin, { tls: { verify: true, ca } }))).toHaveLength(1);
    expect(await failureOf(webPlan(good.origin))).toMatchObject({ step: 'tls', cause: 'unknown-ca' });
    expect(await failureOf(webPlan(expired.origin, { tls: { verify: true, ca } }))).toMatchObject({
      step: 'tls',
      cause: 'expired',
    });
    expect(expired.requests).toEqual([]);
  });

  it('holds the server to a pinned certificate, before a byte of HTTP', async () => {
    await using peer = await startWebPeer(answerJson([]), made.selfSigned);
    const pinnedFingerprint = 'AA:'.repeat(31) + 'AA';

    expect(await failureOf(webPlan(peer.origin, { tls: { verify: true, pinnedFingerprint } }))).toMatchObject(
      { step: 'tls', cause: 'pin-mismatch' },
    );
    expect(peer.requests).toEqual([]);
  });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)('shows our certificate to who asks (%s)', async (version) => {
    await using peer = await startWebPeer(answerJson([study('1.2')]), {
      ...made.good,
      ca: made.trusted.cert,
      requestCert: true,
      rejectUnauthorized: true,
      maxVersion: version,
    });
    const tls = { verify: true, ca: [made.trusted.cert] };

    expect(
      await searchStudies(webPlan(peer.origin, { tls: { ...tls, identity: made.client } })),
    ).toHaveLength(1);
    expect(await failureOf(webPlan(peer.origin, { tls }))).toMatchObject({
      step: 'tls',
      cause: 'client-certificate-required',
    });
  });

  it('to a plain server by https fails as TLS does', async () => {
    await using peer = await startWebPeer(answerJson([]));

    expect(await failureOf(webPlan(`https://localhost:${peer.port}`))).toMatchObject({ step: 'tls' });
  });
});

it('cancelling gives up the request and its connection', async () => {
  const cancel = new AbortController();
  const closed: Promise<unknown>[] = [];
  await using peer = await startWebPeer((request) => {
    closed.push(once(request.socket, 'close'));
    cancel.abort();
  });

  expect(await failureOf(webPlan(peer.origin), cancel.signal)).toEqual({ step: 'cancelled' });
  expect(closed).toHaveLength(1);
  await closed[0];
});

it('a kept connection that the server closes just then is replaced once', async () => {
  let answers = 0;
  await using peer = await startWebPeer((request, response) => {
    answers += 1;
    if (answers === 2) request.socket.destroy();
    else answerJson(answers === 1 ? [study('1.2')] : [])(request, response);
  });

  expect(await searchStudies(webPlan(peer.origin))).toHaveLength(1);
  expect(answers).toBe(3);
});
