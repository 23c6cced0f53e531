import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'vite';
import type { ArchiveSeries, ArchiveStudy } from '../../../../electron/contract/archive.ts';
import { FailureError, type Failure } from '../../../../electron/contract/failure.ts';
import { uiFile } from '../../../../electron/shell/ui-file.ts';
import { contentSecurityPolicy } from '../../../../electron/shell/content-security-policy.ts';

/** What the harness page shows: a real archive, or one made up. */
export interface HarnessArchive {
  studies(): Promise<readonly ArchiveStudy[]>;
  series(studyInstanceUid: string): Promise<readonly ArchiveSeries[]>;
  openFrame(
    sopInstanceUid: string,
    frameNumber: number,
  ): Promise<{ readonly bytes: Uint8Array; readonly transferSyntaxUid: string }>;
}

export interface Harness extends AsyncDisposable {
  readonly url: string;
  /** Says to the page that a study has changed. */
  tell(study: ArchiveStudy): void;
}

const root = join(import.meta.dirname, '../../../..');
const outDir = join(root, 'out/harness-viewer');

/** Builds the viewer alone as a page. */
export async function buildHarness(): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'warn',
    root: import.meta.dirname,
    base: './',
    worker: { format: 'es' },
    resolve: { alias: { xmlbuilder2: join(root, 'build/no-xml.ts') } },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'chrome140',
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 6000,
      rolldownOptions: {
        onLog: (level, log, handle) => {
          if (!/externalized for browser compatibility|Use of eval|use client/.test(log.message))
            handle(level, log);
        },
      },
    },
  });
}

/** Serves the built page, and the archive as the app does: the same URLs, headers and failures. */
export async function serveHarness(archive: HarnessArchive): Promise<Harness> {
  const listeners = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://harness').pathname;
    if (path === '/news') {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      listeners.add(response);
      return;
    }
    void answer(archive, path).then(({ status, headers, body }) => {
      response.writeHead(status, { ...headers, 'content-security-policy': contentSecurityPolicy });
      response.end(body);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    tell: (study) => listeners.forEach((response) => response.write(`data: ${JSON.stringify(study)}\n\n`)),
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
}

async function answer(archive: HarnessArchive, path: string): Promise<Answer> {
  if (path === '/archive/studies') return json(200, await archive.studies());
  const [, study] = /^\/archive\/series\/([^/]+)$/.exec(path) ?? [];
  if (study !== undefined) return json(200, await archive.series(study));
  const [, uid, frame] = /^\/pixels\/([^/]+)\/([0-9]+)$/.exec(path) ?? [];
  if (uid !== undefined) return pixels(archive, uid, Number(frame));
  const file = await uiFile(outDir, path === '/' ? '/index.html' : path);
  if (file === null) return { status: 404, headers: {}, body: '' };
  return { status: 200, headers: { 'content-type': file.contentType }, body: file.bytes };
}

async function pixels(archive: HarnessArchive, uid: string, frameNumber: number): Promise<Answer> {
  try {
    const { bytes, transferSyntaxUid } = await archive.openFrame(uid, frameNumber);
    const headers = { 'content-type': 'application/octet-stream', 'x-transfer-syntax': transferSyntaxUid };
    return { status: 200, headers, body: bytes };
  } catch (thrown) {
    const failure: Failure =
      thrown instanceof FailureError ? thrown.failure : { step: 'internal', incident: String(thrown) };
    return json(422, { failure });
  }
}

function json(status: number, value: unknown): Answer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}
