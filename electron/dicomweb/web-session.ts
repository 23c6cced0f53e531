import { request, type ClientRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { DicomwebService } from '../contract/dicomweb.ts';
import { FailureError } from '../contract/failure.ts';
import type { ConnectStep } from '../dimse/index.ts';
import {
  defaultWebLimits,
  defaultWebTimeouts,
  type DicomwebPlan,
  type WebLimits,
  type WebTimeouts,
} from './dicomweb-plan.ts';
import { conversationFailure, httpFailure, statusCause } from './http-failure.ts';
import { WebAgent } from './web-agent.ts';

export interface WebRequest {
  readonly service: DicomwebService;
  readonly method?: 'GET' | 'POST' | 'OPTIONS';
  /** After the service's path, such as `/studies?limit=1`; already encoded. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer, whose body has not been read yet. It must be read to its end or given up. */
export interface WebAnswer {
  readonly service: DicomwebService;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** @throws FailureError http: interrupted, timed-out; cancelled */
  body(): AsyncGenerator<Buffer>;
  giveUp(): void;
}

/** Conversations with one server, over connections that are kept from one to the next. */
export interface WebSession extends AsyncDisposable {
  readonly limits: WebLimits;
  /**
   * Any status is an answer, but a redirection: it is followed to the same server only, since who we are
   * and what we ask for is meant for nobody else.
   *
   * @throws FailureError resolve, connect, tls, certificate, http, cancelled
   */
  ask(request: WebRequest): Promise<WebAnswer>;
  /** As `ask`, where only success will do. @throws FailureError also for the status */
  askFor(request: WebRequest): Promise<WebAnswer>;
}

export interface WebSessionOptions {
  /** Told the steps of each connection that is opened. */
  readonly onStep?: (step: ConnectStep) => void;
}

const mostRedirections = 5;

/** @param signal ends every conversation of it */
export function openWebSession(
  plan: DicomwebPlan,
  { onStep = () => {} }: WebSessionOptions = {},
  signal?: AbortSignal,
): WebSession {
  const base = new URL(plan.baseUrl);
  const timeouts = { ...defaultWebTimeouts, ...plan.timeouts };
  const limits = { ...defaultWebLimits, ...plan.limits };
  const isSecure = base.protocol === 'https:';
  const agent = new WebAgent(
    {
      host: base.hostname.replace(/^\[(.*)\]$/, '$1'),
      port: Number(base.port) || (isSecure ? 443 : 80),
      tls: isSecure ? plan.tls : null,
      connectMs: timeouts.connectMs,
    },
    onStep,
    signal,
  );
  const told = { agent, timeouts, limits, signal };

  async function ask(asked: WebRequest): Promise<WebAnswer> {
    const authorization = authorizationOf(plan, asked.service);
    let url = new URL(`${plan.baseUrl}${pathOf(plan, asked.service)}${asked.path}`);
    for (let redirections = 0; ; redirections++) {
      const answer = await converse(url, { ...asked, authorization }, told);
      const target = redirectionOf(answer, url);
      if (target === null) return answer;
      answer.giveUp();
      const follows = target.origin === url.origin && redirections < mostRedirections;
      if (!follows || (asked.method ?? 'GET') !== 'GET') {
        throw httpFailure(asked.service, 'redirected', { status: answer.status, detail: target.origin });
      }
      url = target;
    }
  }

  return {
    limits,
    ask,
    askFor: async (asked) => {
      const answer = await ask(asked);
      if (answer.status >= 200 && answer.status < 300) return answer;
      answer.giveUp();
      throw httpFailure(asked.service, statusCause(answer.status), { status: answer.status });
    },
    [Symbol.asyncDispose]: async () => agent.destroy(),
  };
}

function pathOf({ qidoPath, wadoPath, stowPath }: DicomwebPlan, service: DicomwebService): string {
  switch (service) {
    case 'QIDO-RS':
      return qidoPath;
    case 'WADO-RS':
      return wadoPath;
    case 'STOW-RS':
      return stowPath;
  }
}

/** @throws FailureError http credentials-missing */
function authorizationOf({ authentication }: DicomwebPlan, service: DicomwebService): string | null {
  const secretOf = (secret: string | null): string => {
    if (secret === null) throw httpFailure(service, 'credentials-missing');
    return secret;
  };
  switch (authentication.kind) {
    case 'none':
      return null;
    case 'basic': {
      const credentials = `${authentication.username}:${secretOf(authentication.password)}`;
      return `Basic ${Buffer.from(credentials, 'utf8').toString('base64')}`;
    }
    case 'bearer':
      return `Bearer ${secretOf(authentication.token)}`;
  }
}

function redirectionOf({ status, headers }: WebAnswer, from: URL): URL | null {
  const { location } = headers;
  const redirects = status >= 300 && status < 400 && status !== 304 && location !== undefined;
  return redirects && URL.canParse(location, from.href) ? new URL(location, from) : null;
}

interface Means {
  readonly agent: WebAgent;
  readonly timeouts: WebTimeouts;
  readonly limits: WebLimits;
  readonly signal: AbortSignal | undefined;
}

type AuthorizedRequest = WebRequest & { readonly authorization: string | null };

async function converse(url: URL, asked: AuthorizedRequest, means: Means): Promise<WebAnswer> {
  const first = send(url, asked, means);
  try {
    return await answerOf(first, asked, means);
  } catch (thrown) {
    // A connection that was kept may be closed by the server just as it is used again.
    const mayRepeat = first.reusedSocket && isClosed(thrown) && asked.method !== 'POST';
    if (!mayRepeat) throw thrown;
    return answerOf(send(url, asked, means), asked, means);
  }
}

function isClosed(thrown: unknown): boolean {
  return (
    thrown instanceof FailureError && thrown.failure.step === 'http' && thrown.failure.cause === 'not-http'
  );
}

function send(url: URL, asked: AuthorizedRequest, { agent, limits, signal }: Means): ClientRequest {
  const sent = request({
    agent,
    method: asked.method ?? 'GET',
    path: `${url.pathname}${url.search}`,
    setHost: false,
    maxHeaderSize: limits.responseHeaderBytes,
    headers: {
      host: url.host,
      // What comes is written as it comes: no coding in between.
      'accept-encoding': 'identity',
      ...asked.headers,
      ...(asked.authorization === null ? {} : { authorization: asked.authorization }),
      ...(asked.method === 'POST' ? { 'content-length': '0' } : {}),
    },
    ...(signal === undefined ? {} : { signal }),
  });
  sent.end();
  return sent;
}

function answerOf(
  sent: ClientRequest,
  { service }: WebRequest,
  { timeouts, signal }: Means,
): Promise<WebAnswer> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => sent.destroy(httpFailure(service, 'timed-out')), timeouts.responseMs);
    sent.once('response', (message) => {
      clearTimeout(timer);
      // Told by its body from here on.
      sent.on('error', () => {});
      message.on('error', () => {});
      resolve({
        service,
        status: message.statusCode ?? 0,
        headers: message.headers,
        body: () => bodyOf(message, service, { idleMs: timeouts.idleMs, signal }),
        giveUp: () => message.destroy(),
      });
    });
    sent.once('error', (error) => {
      clearTimeout(timer);
      reject(asError(conversationFailure(service, error, { hasAnswer: false, signal })));
    });
  });
}

async function* bodyOf(
  message: IncomingMessage,
  service: DicomwebService,
  { idleMs, signal }: { readonly idleMs: number; readonly signal: AbortSignal | undefined },
): AsyncGenerator<Buffer> {
  const chunks = message.iterator({ destroyOnReturn: true });
  try {
    for (;;) {
      // Only the server's silence counts, not the time that its bytes take here.
      const timer = setTimeout(() => message.destroy(httpFailure(service, 'timed-out')), idleMs);
      const step = await chunks.next().finally(() => clearTimeout(timer));
      // Node throws away what is left of an answer that is given up, and lets it end as if it were whole.
      signal?.throwIfAborted();
      if (step.done === true) break;
      yield step.value;
    }
    if (!message.complete) throw httpFailure(service, 'interrupted');
  } catch (thrown) {
    throw asError(conversationFailure(service, thrown, { hasAnswer: true, signal }));
  } finally {
    if (!message.readableEnded) message.destroy();
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
