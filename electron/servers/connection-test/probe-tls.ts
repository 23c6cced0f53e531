import { once } from 'node:events';
import { isIP } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { CertificateFacts } from '../../contract/certificate.ts';
import type { Finding, TlsFacts } from '../../contract/connection-test.ts';
import { FailureError } from '../../contract/failure.ts';
import {
  fetchCertificates,
  openSocket,
  type ConnectStep,
  type ShownCertificates,
  type SocketPlan,
} from '../../dimse/index.ts';
import { describeCertificate } from '../../security/index.ts';
import { FaultError, type Done } from './course.ts';
import { within } from './within.ts';

/** From here on a certificate that ends is worth a word. */
const endsSoonDays = 30;

/**
 * In TLS 1.3 the server judges our certificate, or its absence, after the handshake is over for us. One
 * that asks for a certificate and is shown none will hardly go on.
 */
const lateJudgementMs = { presented: 300, unknown: 300, 'asked-for': 1_000 } as const;

/** A plan with TLS, at an address. */
export type TlsSocketPlan = SocketPlan & { readonly tls: NonNullable<SocketPlan['tls']> };

/**
 * The TLS handshake just as an association would make it, then a second look at what the server shows,
 * which is also taken where the first fails.
 *
 * @throws FailureError connect, tls, certificate or cancelled
 */
export async function probeTls(plan: TlsSocketPlan, signal: AbortSignal): Promise<Done<TlsFacts>> {
  try {
    const met = await handshake(plan, signal);
    const facts = factsOf(plan, met, await lookAt(plan, signal));
    return { value: facts, facts, findings: findingsIn(facts) };
  } catch (thrown) {
    if (!(thrown instanceof FailureError) || thrown.failure.step !== 'tls') throw thrown;
    const shown = await lookAt(plan, signal);
    const facts = shown === null ? null : factsOf(plan, nothingMet, shown);
    throw new FaultError(thrown.failure, { facts }, { cause: thrown });
  }
}

interface Met {
  readonly protocol: string;
  readonly cipher: string;
  readonly verified: boolean;
  readonly ourCertificate: TlsFacts['ourCertificate'];
}

const nothingMet: Met = { protocol: '', cipher: '', verified: false, ourCertificate: 'unknown' };

async function handshake(plan: TlsSocketPlan, signal: AbortSignal): Promise<Met> {
  let agreed = { protocol: '', cipher: '', verified: false };
  const onStep = (step: ConnectStep): void => {
    if (step.kind === 'passed' && step.step === 'tls') agreed = step;
  };
  const socket = await openSocket(plan, onStep, signal);
  try {
    if (!(socket instanceof TLSSocket)) throw new Error('a socket with TLS was asked for');
    const hasOne = plan.tls.identity !== undefined;
    const ourCertificate = ourCertificateIn(socket, hasOne);
    if (ourCertificate !== 'not-asked-for') {
      await untilJudged(socket, { hasOne, patienceMs: lateJudgementMs[ourCertificate] }, signal);
    }
    const isJudged = plan.tls.verify || plan.tls.pinnedFingerprint !== undefined;
    return { ...agreed, verified: agreed.verified && isJudged, ourCertificate };
  } finally {
    socket.destroy();
  }
}

/** A server that asks for a certificate says by which algorithms, and those are known afterwards. */
function ourCertificateIn(socket: TLSSocket, hasOne: boolean): TlsFacts['ourCertificate'] {
  if (socket.getSharedSigalgs().length > 0) return hasOne ? 'presented' : 'asked-for';
  // BoringSSL, which Electron has, does not tell.
  return process.versions.electron === undefined ? 'not-asked-for' : 'unknown';
}

/**
 * Waits for the server's judgement. One that awaits an association request has no other reason to hang up
 * here, and not all of them say why.
 *
 * @throws FailureError tls, where it turns away our certificate, or that there is none
 */
async function untilJudged(
  socket: TLSSocket,
  { hasOne, patienceMs }: { readonly hasOne: boolean; readonly patienceMs: number },
  signal: AbortSignal,
): Promise<void> {
  const failed = once(socket, 'error').then(([error]: unknown[]) => error);
  const closed = once(socket, 'close').then(
    () => null,
    () => null,
  );
  // An alert is heard only by somebody who reads.
  socket.resume();
  const judgement = await within(Promise.race([failed, closed]), patienceMs, signal);
  if (judgement === 'late') return;
  if (judgement instanceof Error && judgement.cause instanceof FailureError) throw judgement.cause;
  const cause = hasOne ? 'certificate-refused' : 'client-certificate-required';
  throw new FailureError({ step: 'tls', cause, detail: '' });
}

/** What the server shows to somebody who believes everything; `null`: nothing. */
async function lookAt(plan: TlsSocketPlan, signal: AbortSignal): Promise<ShownCertificates | null> {
  const { pinnedFingerprint: _, ...tls } = plan.tls;
  try {
    return await fetchCertificates({ ...plan, tls }, signal);
  } catch (thrown) {
    if (!(thrown instanceof FailureError) || thrown.failure.step === 'cancelled') throw thrown;
    return null;
  }
}

function factsOf(plan: TlsSocketPlan, met: Met, shown: ShownCertificates | null): TlsFacts {
  const expected = plan.tls.expectedName ?? plan.host;
  const facts = { step: 'tls', ...met } as const;
  if (shown === null) {
    return { ...facts, chain: [], name: { expected, matches: met.verified }, trusted: met.verified };
  }
  const { chain, protocol, failure } = shown;
  const [own] = chain;
  return {
    ...facts,
    protocol: met.protocol === '' ? protocol : met.protocol,
    chain: chain.map((certificate) => describeCertificate(certificate, new Date())),
    name: { expected, matches: own !== undefined && isMadeOutTo(own, expected) },
    // The name is judged by itself.
    trusted: failure === null || failure.cause === 'wrong-name',
  };
}

function isMadeOutTo(certificate: ShownCertificates['chain'][number], name: string): boolean {
  const matched = isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name);
  return matched !== undefined;
}

function findingsIn({ chain, name, trusted, verified }: TlsFacts): readonly Finding[] {
  const ending = chain.filter(endsSoon);
  return [
    ...(verified ? [] : [{ kind: 'not-verified', reason: notVerified(trusted, name.matches) } as const]),
    ...ending.map(({ subject, daysLeft }) => ({ kind: 'certificate-ends', subject, daysLeft }) as const),
  ];
}

function endsSoon({ daysLeft }: CertificateFacts): boolean {
  return daysLeft <= endsSoonDays;
}

function notVerified(trusted: boolean, matches: boolean): 'untrusted' | 'other-name' | 'not-asked' {
  if (!trusted) return 'untrusted';
  return matches ? 'not-asked' : 'other-name';
}
