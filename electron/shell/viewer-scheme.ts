import type { Protocol } from 'electron';
import { FailureError, type Failure } from '../contract/failure.ts';
import { Uid } from '../contract/uid.ts';
import { contentSecurityPolicy } from './content-security-policy.ts';
import { uiFile } from './ui-file.ts';
import { isOurs, viewerScheme } from './viewer-origin.ts';

/** The pixel data of one frame as the archive holds it. */
export interface Frame {
  readonly bytes: Uint8Array;
  readonly transferSyntaxUid: string;
}

export interface ViewerSchemeOptions {
  /** The folder that the renderer was built into. */
  readonly uiFolder: string;
  /** @param frameNumber from 1 */
  readonly openFrame: (sopInstanceUid: string, frameNumber: number) => Promise<Frame>;
  readonly failureOf: (thrown: unknown) => Failure;
}

/** Must run before Electron is ready: says that our scheme is as good as https. */
export function declareViewerScheme(protocol: Protocol): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: viewerScheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ]);
}

/** Answers everything the window may fetch: the user interface and `/pixels/<sopInstanceUid>/<frame>`. */
export function serveViewerScheme(protocol: Protocol, options: ViewerSchemeOptions): void {
  protocol.handle(viewerScheme, (request) => answer(request, options));
}

/** The same without Electron: a request in, a response out. */
export async function answer(
  request: Pick<Request, 'method' | 'url'>,
  options: ViewerSchemeOptions,
): Promise<Response> {
  if (request.method !== 'GET') return plain(405);
  if (!isOurs(request.url)) return plain(403);
  const { pathname } = new URL(request.url);
  if (pathname.startsWith('/pixels/')) return pixels(pathname, options);
  const file = await uiFile(options.uiFolder, pathname === '/' ? '/index.html' : pathname);
  return file ? respond(file.bytes, { 'content-type': file.contentType }) : plain(404);
}

async function pixels(pathname: string, { openFrame, failureOf }: ViewerSchemeOptions): Promise<Response> {
  const [, uid, frame] = /^\/pixels\/([0-9.]{1,64})\/([1-9][0-9]{0,8})$/.exec(pathname) ?? [];
  if (uid === undefined || !Uid.safeParse(uid).success) return plain(404);
  try {
    const { bytes, transferSyntaxUid } = await openFrame(uid, Number(frame));
    // A view of Node's pool is copied, lest the answer hold the whole pool.
    return respond(new Uint8Array(bytes), {
      'content-type': 'application/octet-stream',
      'x-transfer-syntax': transferSyntaxUid,
    });
  } catch (thrown) {
    const status = thrown instanceof FailureError ? 422 : 500;
    const body = Buffer.from(JSON.stringify({ failure: failureOf(thrown) }));
    return respond(body, { 'content-type': 'application/json; charset=utf-8' }, status);
  }
}

function respond(
  body: Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>>,
  status = 200,
): Response {
  return new Response(body, {
    status,
    headers: {
      ...headers,
      'cache-control': 'no-store',
      'content-length': String(body.byteLength),
      'content-security-policy': contentSecurityPolicy,
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    },
  });
}

function plain(status: number): Response {
  return new Response(null, { status, headers: { 'content-security-policy': contentSecurityPolicy } });
}
