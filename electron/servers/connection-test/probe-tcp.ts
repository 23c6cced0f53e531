import { connect } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { AddressTry, Finding, TcpFacts } from '../../contract/connection-test.ts';
import { FailureError, type Failure } from '../../contract/failure.ts';
import { FaultError, type Done } from './course.ts';

/** How often the address that won is tried in all. */
const triesInAll = 4;

/** How long the other addresses may still take once one has answered. */
const othersMs = 250;

const againMs = 2_000;

interface Place {
  readonly host: string;
  readonly port: number;
}

/**
 * Connects to all addresses at the same time, then to the one that won some times more, and hangs up each
 * time before a byte is said.
 *
 * @throws FailureError connect with the most telling cause, or cancelled
 */
export async function probeTcp(
  { host, port }: Place,
  addresses: readonly string[],
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Done<TcpFacts>> {
  const race = await raceAddresses(addresses, port, timeoutMs, signal);
  const winner = race.find(({ won }) => won);
  const tries = race.map(asTold);
  if (winner === undefined) {
    const cause = mostTelling(tries);
    const facts: TcpFacts = { step: 'tcp', port, race: tries, again: [], address: '', localAddress: '' };
    throw new FaultError({ step: 'connect', host, port, cause }, { facts });
  }
  const again: AddressTry[] = [];
  while (again.length < triesInAll - 1) {
    again.push(asTold(await tryAddress(winner.address, port, againMs, signal)));
  }
  const { address, localAddress } = winner;
  const facts: TcpFacts = { step: 'tcp', port, race: tries, again, address, localAddress };
  return { value: facts, facts, findings: findingsIn(facts) };
}

type Try = AddressTry & { readonly localAddress: string };

function asTold({ address, ms, outcome }: Try): AddressTry {
  return { address, ms, outcome };
}

async function raceAddresses(
  addresses: readonly string[],
  port: number,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<readonly (Try & { readonly won: boolean })[]> {
  const enough = new AbortController();
  const stopped = AbortSignal.any([signal, enough.signal]);
  let winner: string | null = null;
  let timer: NodeJS.Timeout | undefined;
  const tries = addresses.map(async (address) => {
    const tried = await tryAddress(address, port, timeoutMs, stopped).catch((thrown: unknown) => {
      if (signal.aborted || !enough.signal.aborted) throw thrown;
      return { address, ms: timeoutMs, outcome: 'slower', localAddress: '' } as const;
    });
    if (tried.outcome === 'open' && winner === null) {
      winner = address;
      timer = setTimeout(() => enough.abort(), othersMs);
    }
    return tried;
  });
  try {
    const tried = await Promise.all(tries);
    return tried.map((each) => ({ ...each, won: each.address === winner }));
  } finally {
    clearTimeout(timer);
  }
}

function tryAddress(address: string, port: number, timeoutMs: number, signal: AbortSignal): Promise<Try> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(new FailureError({ step: 'cancelled' }));
      return;
    }
    const over = new AbortController();
    const begunAt = performance.now();
    const socket = connect({ host: address, port });
    const timer = setTimeout(() => end('timed-out'), timeoutMs);
    const letGo = (): void => {
      clearTimeout(timer);
      over.abort();
      socket.destroy();
    };
    const end = (outcome: AddressTry['outcome']): void => {
      const localAddress = socket.localAddress ?? '';
      letGo();
      resolve({ address, ms: Math.round(performance.now() - begunAt), outcome, localAddress });
    };
    const cancel = (): void => {
      letGo();
      reject(new FailureError({ step: 'cancelled' }));
    };
    signal.addEventListener('abort', cancel, { signal: over.signal });
    socket.on('error', (error) => end(outcomeOf(error)));
    socket.once('connect', () => end('open'));
  });
}

function outcomeOf({ code }: NodeJS.ErrnoException): AddressTry['outcome'] {
  if (code === 'ECONNREFUSED' || code === 'ECONNRESET') return 'refused';
  return code === 'ETIMEDOUT' ? 'timed-out' : 'unreachable';
}

type ConnectCause = Extract<Failure, { step: 'connect' }>['cause'];

/** Somebody who said no tells more than silence, and silence more than a missing route. */
function mostTelling(tries: readonly AddressTry[]): ConnectCause {
  const outcomes = tries.map(({ outcome }) => outcome);
  if (outcomes.includes('refused')) return 'refused';
  return outcomes.includes('timed-out') ? 'timed-out' : 'unreachable';
}

function findingsIn({ race, again }: TcpFacts): readonly Finding[] {
  const dead = race.filter(({ outcome }) => outcome !== 'open' && outcome !== 'slower');
  const failed = again.filter(({ outcome }) => outcome !== 'open').length;
  return [
    ...(dead.length === 0
      ? []
      : [{ kind: 'addresses-failed', addresses: dead.map(({ address }) => address) } as const]),
    ...(failed === 0 ? [] : [{ kind: 'some-tries-failed', failed, of: again.length + 1 } as const]),
  ];
}
