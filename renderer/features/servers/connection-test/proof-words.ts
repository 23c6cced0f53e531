import type { ConnectionStates, Proof } from '../../../../electron/contract/connection-test.ts';
import type { Status } from '../../../components/index.ts';

export interface ProofWords {
  readonly status: Status;
  readonly words: string;
  /** When it was found out, ISO 8601; `null`: never. */
  readonly at: string | null;
}

const words: Readonly<Record<keyof ConnectionStates, Readonly<Record<Proof['kind'], string>>>> = {
  reachable: { proven: 'Reachable', failed: 'Not reachable', 'not-tested': 'Reach not tested' },
  queryable: { proven: 'Queryable', failed: 'Can’t be queried', 'not-tested': 'Query not tested' },
  retrieve: {
    proven: 'Retrieve proven',
    failed: 'Retrieve does not work',
    'not-tested': 'Retrieve not proven',
  },
};

const statuses: Readonly<Record<Proof['kind'], Status>> = {
  proven: 'ok',
  failed: 'failure',
  'not-tested': 'idle',
};

export function proofWords(state: keyof ConnectionStates, proof: Proof): ProofWords {
  return {
    status: statuses[proof.kind],
    words: words[state][proof.kind],
    at: proof.kind === 'not-tested' ? null : proof.at,
  };
}

/**
 * The three in one, for a line in a list: the first that fails, else how far it is proven.
 *
 * Its age is that of what is asked of it every day: whether it answers queries.
 */
export function healthWords({ reachable, queryable, retrieve }: ConnectionStates): ProofWords {
  if (reachable.kind === 'not-tested' && queryable.kind === 'not-tested') {
    return { status: 'idle', words: 'Not tested yet', at: null };
  }
  if (reachable.kind === 'failed') return proofWords('reachable', reachable);
  if (queryable.kind === 'failed') return proofWords('queryable', queryable);
  if (retrieve.kind === 'failed') return proofWords('retrieve', retrieve);
  return queryable.kind === 'proven'
    ? proofWords('queryable', queryable)
    : proofWords('reachable', reachable);
}
