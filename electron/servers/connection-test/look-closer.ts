import { connect } from 'node:net';
import type { Finding } from '../../contract/connection-test.ts';
import { FailureError, type Failure } from '../../contract/failure.ts';
import {
  openSocket,
  requestAssociation,
  SopClass,
  type ConnectStep,
  type SocketPlan,
} from '../../dimse/index.ts';
import { FaultError } from './course.ts';
import { briefTimeouts, plainly, planTo, type TestedPeer } from './tested-peer.ts';
import { within } from './within.ts';

const probeMs = 2_000;

/** Failures of TLS that a port without TLS can cause. */
const looksPlain: readonly string[] = ['closed', 'timed-out', 'plain-peer', 'handshake'];
/** Failures of an association that a port of another kind can cause. */
const looksForeign: readonly string[] = ['closed', 'timed-out', 'malformed', 'tls-peer', 'aborted'];

/**
 * Asks the port in other ways why it failed in ours: TLS where plain DICOM was asked for, plain DICOM
 * where TLS was, and HTTP. Nothing more is said in any of them than who is asking.
 *
 * @returns what to throw instead of `thrown`
 */
export async function withCloserLook(
  thrown: unknown,
  peer: TestedPeer,
  address: string,
  signal: AbortSignal,
): Promise<unknown> {
  if (!(thrown instanceof FailureError)) return thrown;
  const { failure } = thrown;
  const seen = await lookCloser(failure, peer, address, signal);
  if (seen === null) return thrown;
  const facts = thrown instanceof FaultError ? thrown.facts : null;
  return new FaultError(seen.failure, { findings: [seen.finding], facts }, { cause: thrown });
}

interface Seen {
  readonly failure: Failure;
  readonly finding: Finding;
}

async function lookCloser(
  failure: Failure,
  peer: TestedPeer,
  address: string,
  signal: AbortSignal,
): Promise<Seen | null> {
  const place = { host: address, port: peer.server.port };
  if (failure.step === 'tls' && looksPlain.includes(failure.cause)) {
    if (await answersPlainly(peer, address, signal)) {
      const plain = { step: 'tls', cause: 'plain-peer', detail: failure.detail } as const;
      return { failure: plain, finding: { kind: 'speaks-plain' } };
    }
  } else if (failure.step === 'associate' && looksForeign.includes(failure.cause) && !peer.server.tls) {
    const greeting = await tlsGreeting(place, signal);
    if (greeting !== null) return { failure: { step: 'associate', cause: 'tls-peer' }, finding: greeting };
  } else return null;
  const web = await webGreeting(place, signal);
  return web === null ? null : { failure, finding: web };
}

/** Whether anything of DICOM's upper layer comes back, a refusal too. */
async function answersPlainly(peer: TestedPeer, address: string, signal: AbortSignal): Promise<boolean> {
  const plan = planTo(peer, address, [plainly(SopClass.Verification)]);
  try {
    const association = await requestAssociation({ ...plan, tls: null, timeouts: briefTimeouts }, {}, signal);
    association.abort();
    return true;
  } catch (thrown) {
    const failure = failureIn(thrown);
    return failure.step === 'associate' && (failure.cause === 'rejected' || failure.cause === 'aborted');
  }
}

/** Causes that only somebody who speaks TLS can give. */
const saidInTls: readonly string[] = [
  'client-certificate-required',
  'certificate-refused',
  'protocol',
  'cipher',
];

async function tlsGreeting(
  place: { readonly host: string; readonly port: number },
  signal: AbortSignal,
): Promise<Finding | null> {
  const plan: SocketPlan = { ...place, tls: { verify: false }, connectMs: probeMs };
  let heard = { protocol: '', subject: '' };
  const onStep = (step: ConnectStep): void => {
    if (step.kind === 'passed' && step.step === 'tls') heard = step;
  };
  try {
    const socket = await openSocket(plan, onStep, signal);
    socket.destroy();
  } catch (thrown) {
    const failure = failureIn(thrown);
    if (failure.step !== 'tls' || !saidInTls.includes(failure.cause)) return null;
  }
  return { kind: 'speaks-tls', protocol: heard.protocol, subject: heard.subject };
}

async function webGreeting(
  { host, port }: { readonly host: string; readonly port: number },
  signal: AbortSignal,
): Promise<Finding | null> {
  const socket = connect({ host, port });
  try {
    const answer = new Promise<string>((resolve) => {
      let heard = '';
      socket.on('data', (chunk: Buffer) => {
        heard += chunk.toString('latin1');
        if (heard.length > 4_096 || heard.includes('\r\n\r\n')) resolve(heard);
      });
      for (const end of ['error', 'close'] as const) socket.on(end, () => resolve(heard));
      socket.once('connect', () => socket.write('OPTIONS * HTTP/1.0\r\n\r\n'));
    });
    const heard = await within(answer, probeMs, signal);
    if (!/^HTTP\/\d/.test(heard)) return null;
    return { kind: 'speaks-http', server: /^server: *(.{0,80})/im.exec(heard)?.[1]?.trim() ?? '' };
  } finally {
    socket.destroy();
  }
}

/** @throws what is no failure, or a cancelled one */
function failureIn(thrown: unknown): Failure {
  if (!(thrown instanceof FailureError) || thrown.failure.step === 'cancelled') throw thrown;
  return thrown.failure;
}
