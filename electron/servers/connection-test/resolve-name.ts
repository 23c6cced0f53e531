import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { NameFacts } from '../../contract/connection-test.ts';
import { FailureError } from '../../contract/failure.ts';
import { within } from './within.ts';

type Lookup = NameFacts['lookups'][number];

/**
 * Every address of a host by kind of record, each kind with its time. An address stands for itself, its
 * zone included (`fe80::1%eth0`).
 *
 * @throws FailureError resolve, or cancelled
 */
export async function resolveName(host: string, timeoutMs: number, signal: AbortSignal): Promise<NameFacts> {
  if (signal.aborted) throw new FailureError({ step: 'cancelled' });
  if (isIP(host) !== 0) {
    return { step: 'name', host, lookups: [{ record: 'address', addresses: [host], ms: 0 }] };
  }
  // The system's resolver can't be interrupted, so its answer is raced and then ignored.
  const asked = Promise.all([ask(host, 'A'), ask(host, 'AAAA')]);
  const lookups = await within(asked, timeoutMs, signal);
  if (lookups === 'late' || lookups.every(({ addresses }) => addresses.length === 0)) {
    throw new FailureError({ step: 'resolve', host });
  }
  return { step: 'name', host, lookups };
}

async function ask(host: string, record: 'A' | 'AAAA'): Promise<Lookup> {
  const begunAt = performance.now();
  const found = await lookup(host, { all: true, family: record === 'A' ? 4 : 6 }).catch(() => []);
  const addresses = [...new Set(found.map(({ address }) => address))];
  return { record, addresses, ms: Math.round(performance.now() - begunAt) };
}

/** The addresses in the order in which they are tried. */
export function addressesIn({ lookups }: NameFacts): readonly string[] {
  return lookups.flatMap(({ addresses }) => addresses);
}
