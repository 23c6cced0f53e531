import { AeTitle } from '../../electron/contract/ae-title.ts';
import type { Finding, TestFacts, TestStep, TestStepName } from '../../electron/contract/connection-test.ts';
import { endedSteps } from '../../electron/contract/connection-test-outcome.ts';
import type { Advice, TestParties } from '../../electron/contract/test-parties.ts';
import { adviceOn, withOurSide } from '../../electron/contract/connection-test-report.ts';
import {
  openOurSide,
  testConnection,
  type ConnectionTestOptions,
  type OurSide,
  type PeerAddress,
} from '../../electron/servers/index.ts';

export type Ended = ReturnType<typeof endedSteps>[number];

export interface Tested {
  readonly steps: readonly TestStep[];
  readonly ended: readonly Ended[];
  readonly ms: number;
  /** `tcp passed`, and so on. */
  readonly summary: readonly string[];
  of(name: TestStepName): Ended;
  facts<Name extends TestFacts['step']>(name: Name): Extract<TestFacts, { step: Name }>;
  findings(name: TestStepName): readonly Finding[];
  /** Of the first step that failed, else of the first that was warned of. */
  advice(): { readonly step: TestStepName; readonly advice: Advice } | null;
}

export const ourAeTitle = 'GANTRY';

export function serverAt(
  place: { readonly host?: string; readonly port: number; readonly aeTitle?: string },
  changes: Partial<PeerAddress> = {},
): PeerAddress {
  return {
    host: place.host ?? '127.0.0.1',
    port: place.port,
    aeTitle: AeTitle.parse(place.aeTitle ?? 'PACS1'),
    tls: false,
    verifyCertificate: true,
    ...changes,
  };
}

/** Our listening side on a port that the system chooses. */
export function ourSideAt(port = 0, aeTitle = ourAeTitle): Promise<OurSide & AsyncDisposable> {
  return openOurSide({ host: '127.0.0.1', port, aeTitle, now: () => new Date() });
}

export function portOf(ours: OurSide): number {
  const state = ours.listener();
  if (state.kind !== 'listening') throw new Error('we do not listen');
  return state.port;
}

export function testOptions(
  ours: OurSide,
  changes: Partial<ConnectionTestOptions> = {},
): ConnectionTestOptions {
  return {
    callingAeTitle: ourAeTitle,
    ours,
    listenPort: null,
    lastLocalAddress: null,
    declaredRole: null,
    sendOneImage: false,
    otherPorts: [],
    ...changes,
  };
}

/** The whole test, with what it found in reach of a test's hands. */
export async function runTest(
  server: PeerAddress,
  options: ConnectionTestOptions,
  signal = new AbortController().signal,
): Promise<Tested> {
  const steps: TestStep[] = [];
  const begun = performance.now();
  for await (const step of testConnection(server, options, signal)) steps.push(step);
  return tested(steps, server, performance.now() - begun);
}

export function tested(steps: readonly TestStep[], server: PeerAddress, ms: number): Tested {
  const ended = endedSteps(steps);
  const of = (name: TestStepName): Ended => {
    const found = ended.find(({ step }) => step === name);
    if (found === undefined) throw new Error(`no step ${name}`);
    return found;
  };
  return {
    steps,
    ended,
    ms,
    summary: ended.map(({ kind, step }) => `${step} ${kind}`),
    of,
    facts<Name extends TestFacts['step']>(name: Name) {
      const step = of(name);
      if (!('facts' in step) || step.facts?.step !== name) throw new Error(`no facts of ${name}`);
      return step.facts as Extract<TestFacts, { step: Name }>;
    },
    findings(name) {
      const step = of(name);
      if (step.kind === 'warned') return step.findings;
      return step.kind === 'failed' ? step.fault.findings : [];
    },
    advice() {
      const step =
        ended.find(({ kind }) => kind === 'failed') ?? ended.find(({ kind }) => kind === 'warned') ?? null;
      const [advice] = step === null ? [] : adviceOn(step, withOurSide(partiesOf(server), steps));
      return step === null || advice === undefined ? null : { step: step.step, advice };
    },
  };
}

export function partiesOf({ host, port, aeTitle, tls }: PeerAddress): TestParties {
  return {
    server: 'Main PACS',
    ourAeTitle,
    serverAeTitle: aeTitle,
    host,
    port,
    tls,
    ourAddress: null,
    listenPorts: [],
  };
}
