import type { TestStep, WebFacts } from '../../contract/connection-test.ts';
import type { DicomwebService } from '../../contract/dicomweb.ts';
import { FailureError, type Failure } from '../../contract/failure.ts';
import { openWebSession, probeService, type DicomwebPlan, type WebSession } from '../../dicomweb/index.ts';
import { Course, Skipped, type Done } from './course.ts';
import { getImageByWeb } from './get-image-by-web.ts';
import { probeTcp } from './probe-tcp.ts';
import { probeTls } from './probe-tls.ts';
import { addressesIn, resolveName } from './resolve-name.ts';
import { testTimeouts } from './tested-peer.ts';

export interface WebTestOptions {
  /** The person agrees that one image is fetched, which is thrown away. */
  readonly sendOneImage: boolean;
}

/**
 * Tests a server by DICOMweb, step by step: name, TCP, TLS, a search (QIDO-RS), a look at an instance
 * (WADO-RS), whether it would store (STOW-RS, which stores nothing), and, where that was agreed to, one
 * image.
 *
 * @throws FailureError cancelled; every other failure is a step
 */
export async function* testWebConnection(
  plan: DicomwebPlan,
  { sendOneImage }: WebTestOptions,
  signal: AbortSignal,
): AsyncGenerator<TestStep> {
  if (signal.aborted) throw new FailureError({ step: 'cancelled' });
  const course = new Course();
  const address = yield* reach(plan, course, signal);
  const responseMs = plan.timeouts?.responseMs ?? testTimeouts.responseMs ?? 15_000;
  const timeouts = { idleMs: responseMs, ...plan.timeouts, responseMs, connectMs: connectMsOf(plan) };
  await using session = openWebSession({ ...plan, timeouts }, {}, signal);
  const ready = address === null ? null : session;
  const searched = yield* course.take('qido', ready, (asked) => probe(asked, 'qido'));
  const looked = yield* course.take('wado', searched, (asked) => probe(asked, 'wado'));
  yield* course.take('stow', ready, (asked) => probe(asked, 'stow'));
  yield* course.take('web-image', looked, (asked) => {
    if (!sendOneImage) throw new Skipped({ kind: 'by-web' });
    return getImageByWeb(asked, address ?? '');
  });
}

/** Name, TCP, and TLS where the address says so; answers the address that answered. */
async function* reach(
  plan: DicomwebPlan,
  course: Course,
  signal: AbortSignal,
): AsyncGenerator<TestStep, string | null> {
  const { protocol, hostname, port: written } = new URL(plan.baseUrl);
  const isSecure = protocol === 'https:';
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const port = Number(written) || (isSecure ? 443 : 80);
  const connectMs = connectMsOf(plan);
  const name = yield* course.take('web-name', host, async (asked) => {
    const facts = await resolveName(asked, connectMs, signal);
    return { value: facts, facts };
  });
  const tcp = yield* course.take('web-tcp', name, (found) =>
    probeTcp({ host, port }, addressesIn(found), connectMs, signal),
  );
  if (!isSecure) {
    yield* course.passBy('web-tls', { kind: 'not-ticked' });
    return tcp?.address ?? null;
  }
  const tls = yield* course.take('web-tls', tcp, ({ address }) => {
    const expectedName = plan.tls.expectedName ?? host;
    return probeTls({ host: address, port, tls: { ...plan.tls, expectedName }, connectMs }, signal);
  });
  return tls === null ? null : (tcp?.address ?? null);
}

const services = { qido: 'QIDO-RS', wado: 'WADO-RS', stow: 'STOW-RS' } as const satisfies Readonly<
  Record<WebFacts['step'], DicomwebService>
>;

/** @throws FailureError, or Skipped */
async function probe(session: WebSession, step: WebFacts['step']): Promise<Done<WebSession>> {
  const found = await probeService(session, services[step]);
  switch (found.kind) {
    case 'works':
      return { value: session, facts: { step, status: found.status, isOffered: true } };
    case 'nothing-to-try':
      throw new Skipped({ kind: 'nothing-there' });
    case 'failed': {
      const { failure } = found;
      if (step !== 'stow' || !isNotOffered(failure)) throw new FailureError(failure);
      // Whoever only reads does without it.
      return { value: session, facts: { step, status: failure.status ?? 0, isOffered: false } };
    }
  }
}

const notOffered: readonly string[] = ['not-found', 'not-allowed', 'not-supported'];

function isNotOffered(failure: Failure): failure is Extract<Failure, { readonly step: 'http' }> {
  return failure.step === 'http' && notOffered.includes(failure.cause);
}

function connectMsOf({ timeouts }: DicomwebPlan): number {
  return timeouts?.connectMs ?? testTimeouts.connectMs ?? 5_000;
}
