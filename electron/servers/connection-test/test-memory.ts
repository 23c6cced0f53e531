import { z } from 'zod';
import { mergeStates, untested } from '../../contract/connection-test-outcome.ts';
import type { ConnectionStates, Proof, TestResult } from '../../contract/connection-test.ts';
import { TestFaultSchema } from '../../contract/finding-schema.ts';
import type { Server, ServerId } from '../../contract/server.ts';
import type { KeyValueStore } from '../../settings/index.ts';

type TestedServer = { readonly id: ServerId } & Partial<
  Pick<Server, 'host' | 'port' | 'aeTitle' | 'tls' | 'verifyCertificate' | 'dicomweb'>
>;

/** What a test has found out, with its time. */
export interface TestFound {
  readonly at: string;
  readonly states: ConnectionStates;
  /** Ours on the way there, where it worked; `null`: it did not. */
  readonly localAddress: string | null;
}

/** What the tests of each server have found out, for as long as its address stays the same. */
export interface TestMemory {
  resultOf(server: TestedServer): TestResult;
  /** What the test did not get to stays as it was. */
  remember(server: TestedServer, found: TestFound): void;
  /** Forgets every other server. */
  keepOnly(ids: readonly ServerId[]): void;
}

const storeKey = 'connectionTests';

const StoredProof: z.ZodType<Proof> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('proven'), at: z.string() }),
  z.object({ kind: z.literal('failed'), at: z.string(), fault: TestFaultSchema }),
  z.object({ kind: z.literal('not-tested') }),
]);

const StoredResult = z.object({
  address: z.string(),
  at: z.string(),
  states: z.object({ reachable: StoredProof, queryable: StoredProof, retrieve: StoredProof }),
  localAddress: z.string().nullable(),
});
type StoredResult = z.output<typeof StoredResult>;

/** Entries are read one by one, so that one that can't be read does not take the others with it. */
const StoredResults = z.record(z.string(), z.unknown());

export function openTestMemory(store: KeyValueStore): TestMemory {
  const stored = (): z.output<typeof StoredResults> =>
    StoredResults.safeParse(store.get(storeKey)).data ?? {};
  const entryOf = (server: TestedServer): StoredResult | null => {
    const entry = StoredResult.safeParse(stored()[server.id]).data;
    return entry === undefined || entry.address !== addressOf(server) ? null : entry;
  };
  return {
    resultOf(server) {
      const entry = entryOf(server);
      return {
        id: server.id,
        at: entry?.at ?? null,
        states: entry?.states ?? untested,
        localAddress: entry?.localAddress ?? null,
      };
    },
    remember(server, { at, states, localAddress }) {
      const before = entryOf(server);
      const entry: StoredResult = {
        address: addressOf(server),
        at,
        states: mergeStates(before?.states ?? untested, states),
        localAddress: localAddress ?? before?.localAddress ?? null,
      };
      store.set(storeKey, { ...stored(), [server.id]: entry });
    },
    keepOnly(ids) {
      const before = stored();
      const kept = Object.entries(before).filter(([id]) => ids.some((each) => each === id));
      if (kept.length < Object.keys(before).length) store.set(storeKey, Object.fromEntries(kept));
    },
  };
}

/** What a test has proved says nothing about another address. */
function addressOf({ host, port, aeTitle, tls, verifyCertificate, dicomweb }: TestedServer): string {
  return JSON.stringify([host, port, aeTitle, tls, verifyCertificate, dicomweb?.baseUrl]);
}
