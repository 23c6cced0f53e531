import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeStream } from 'node:stream/web';

export type Handler = (request: Request) => Response | Promise<Response>;

/** Only this launch's own Chromium has it, as a cookie that scripts can't read. */
export const token = randomBytes(32).toString('base64url');
const origins = new Map<string, Promise<string>>();

/** Serves a custom origin such as `app://viewer` at a loopback address of its own. */
export function loopbackFor(origin: string, handler: Handler): Promise<string> {
  const known = origins.get(origin) ?? serve(origin, handler);
  origins.set(origin, known);
  return known;
}

async function serve(origin: string, handler: Handler): Promise<string> {
  const server = createServer((incoming, outgoing) => {
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const allowed =
      incoming.headers.host === host && incoming.headers.cookie?.split('; ').includes(`electron=${token}`);
    if (allowed) void answer(incoming, outgoing, { origin, handler });
    else outgoing.writeHead(403).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { origin, handler }: { origin: string; handler: Handler },
): Promise<void> {
  const abort = new AbortController();
  outgoing.on('close', () => abort.abort());
  try {
    const response = await handler(requestFrom(incoming, origin, abort.signal));
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    if (response.body) await pipeline(Readable.fromWeb(response.body as NodeStream), outgoing);
    else outgoing.end();
  } catch (error) {
    if (!outgoing.headersSent) outgoing.writeHead(500);
    outgoing.end();
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') console.error(error);
  }
}

function requestFrom(incoming: IncomingMessage, origin: string, signal: AbortSignal): Request {
  const { cookie: _cookie, host: _host, ...headers } = incoming.headers;
  const hasBody = incoming.method !== 'GET' && incoming.method !== 'HEAD';
  return new Request(origin + incoming.url, {
    method: incoming.method,
    headers: headers as Record<string, string>,
    signal,
    ...(hasBody ? { body: Readable.toWeb(incoming), duplex: 'half' } : {}),
  } as RequestInit);
}
