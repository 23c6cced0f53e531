import type { ConnectionStates, Proof, TestFault, TestStep, TestStepName } from './connection-test.ts';

type Ended = Exclude<TestStep, { readonly kind: 'running' }>;

/** The last word on each step, in the order in which they were begun. */
export function endedSteps(steps: readonly TestStep[]): readonly Ended[] {
  const ended = new Map<TestStepName, Ended>();
  for (const step of steps) if (step.kind !== 'running') ended.set(step.step, step);
  return [...ended.values()];
}

const neverTested: Proof = { kind: 'not-tested' };

export const untested: ConnectionStates = {
  reachable: neverTested,
  queryable: neverTested,
  retrieve: neverTested,
};

const reaching: readonly TestStepName[] = [
  'name',
  'tcp',
  'tls',
  'association',
  'echo',
  'web-name',
  'web-tcp',
  'web-tls',
  'qido',
];

/** What the steps prove. What a step did not get to stays untested. */
export function outcomeOf(steps: readonly TestStep[], at: string): ConnectionStates {
  const ended = endedSteps(steps);
  const worked = (name: TestStepName): boolean =>
    ended.some(({ kind, step }) => step === name && (kind === 'passed' || kind === 'warned'));
  const faultIn = (names: readonly TestStepName[]): TestFault | null => {
    const failed = ended.find(({ kind, step }) => kind === 'failed' && names.includes(step));
    return failed?.kind === 'failed' ? failed.fault : null;
  };
  const judge = (proves: readonly TestStepName[], spoils: readonly TestStepName[]): Proof => {
    if (proves.some(worked)) return { kind: 'proven', at };
    const fault = faultIn(spoils);
    return fault === null ? neverTested : { kind: 'failed', at, fault };
  };
  return {
    // A server that answers a query is reachable, whatever it thinks of C-ECHO.
    reachable: judge(['echo', 'query', 'qido'], reaching),
    queryable: judge(['query', 'qido'], ['query', 'qido']),
    retrieve: judge(['return-path', 'web-image'], ['our-side', 'return-path', 'wado', 'web-image']),
  };
}

/** What is known after a further test: what it did not get to stays as it was. */
export function mergeStates(before: ConnectionStates, now: ConnectionStates): ConnectionStates {
  return {
    reachable: later(before.reachable, now.reachable),
    queryable: later(before.queryable, now.queryable),
    retrieve: later(before.retrieve, now.retrieve),
  };
}

/** The test in one line: `READY TO QUERY; RETRIEVE NOT PROVEN`. */
export function headlineOf({ reachable, queryable, retrieve }: ConnectionStates): string {
  if (reachable.kind === 'not-tested') return 'NOT TESTED';
  if (reachable.kind === 'failed') return 'NOT REACHABLE';
  if (queryable.kind !== 'proven') {
    return queryable.kind === 'failed' ? 'REACHABLE; CAN’T BE QUERIED' : 'REACHABLE; QUERY NOT TESTED';
  }
  switch (retrieve.kind) {
    case 'proven':
      return 'READY TO QUERY AND RETRIEVE';
    case 'failed':
      return 'READY TO QUERY; RETRIEVE DOES NOT WORK';
    case 'not-tested':
      return 'READY TO QUERY; RETRIEVE NOT PROVEN';
  }
}

function later(before: Proof, now: Proof): Proof {
  return now.kind === 'not-tested' ? before : now;
}
