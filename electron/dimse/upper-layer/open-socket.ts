import type { Socket } from 'node:net';
import type { EchoFacts } from '../../contract/echo-step.ts';
import { connectSocket } from './connect-socket.ts';
import { resolveHost } from './resolve-host.ts';
import { secureSocket } from './secure-socket.ts';
import type { TlsPlan } from './tls-plan.ts';

/** What is found out on the way to an association, step by step. */
export type ConnectFacts = Exclude<EchoFacts, { readonly step: 'echo' }>;

/** A step of making an association has begun, or is done after so many milliseconds. */
export type ConnectStep =
  | { readonly kind: 'running'; readonly step: ConnectFacts['step'] }
  | ({ readonly kind: 'passed'; readonly ms: number } & ConnectFacts);

export interface SocketPlan {
  readonly host: string;
  readonly port: number;
  readonly tls: TlsPlan | null;
  readonly connectMs: number;
}

/**
 * A connected socket, behind TLS where the plan says so; no plain one is ever tried instead.
 *
 * @throws FailureError resolve, connect, tls, certificate or cancelled; nothing stays open then
 */
export async function openSocket(
  plan: SocketPlan,
  onStep: (step: ConnectStep) => void,
  signal?: AbortSignal,
): Promise<Socket> {
  const deadline = performance.now() + plan.connectMs;
  const left = (): number => Math.max(1, deadline - performance.now());
  const addresses = await timed(onStep, 'resolve', async () => {
    const found = await resolveHost(plan.host, left(), signal);
    return { value: found, facts: { step: 'resolve', addresses: found } };
  });
  const socket = await timed(onStep, 'connect', async () => {
    const connected = await connectSocket(plan, addresses, left(), signal);
    const { remoteAddress = '', localAddress = '' } = connected;
    return { value: connected, facts: { step: 'connect', address: remoteAddress, localAddress } };
  });
  const { tls } = plan;
  if (tls === null) return socket;
  return timed(onStep, 'tls', async () => {
    const { secured, facts } = await secureSocket(socket, { ...plan, tls }, signal);
    return { value: secured, facts };
  });
}

/** Tells that a step runs, and its facts with the time they took. */
export async function timed<Value>(
  onStep: (step: ConnectStep) => void,
  step: ConnectFacts['step'],
  work: () => Promise<{ readonly value: Value; readonly facts: ConnectFacts }>,
): Promise<Value> {
  onStep({ kind: 'running', step });
  const started = performance.now();
  const { value, facts } = await work();
  onStep({ kind: 'passed', ms: Math.round(performance.now() - started), ...facts });
  return value;
}
