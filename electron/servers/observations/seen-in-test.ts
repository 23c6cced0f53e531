import { endedSteps } from '../../contract/connection-test-outcome.ts';
import type { TestFacts, TestStep } from '../../contract/connection-test.ts';
import type { ObservedMethod, Secured } from '../../contract/observations.ts';
import type { Seen } from './add-seen.ts';

/** What a connection test has shown to work. The image that it may have sent counts for no speed. */
export function seenInTest(steps: readonly TestStep[], listenerTls: Secured | null): readonly Seen[] {
  const facts = endedSteps(steps).flatMap((step) =>
    step.kind === 'passed' || step.kind === 'warned' ? [{ step: step.step, facts: step.facts }] : [],
  );
  const tlsOf = (name: 'tls' | 'web-tls'): Secured | null => {
    const shown = facts.find(({ step }) => step === name)?.facts;
    return shown?.step === 'tls' ? { protocol: shown.protocol } : null;
  };
  return facts.flatMap(({ step, facts: shown }) => {
    const isByWeb = step === 'qido' || step === 'wado' || step === 'web-image';
    return seenIn(shown, tlsOf(isByWeb ? 'web-tls' : 'tls'), listenerTls);
  });
}

function seenIn(facts: TestFacts, tls: Secured | null, listenerTls: Secured | null): readonly Seen[] {
  const worked = (method: ObservedMethod, by: Secured | null = tls): Seen => ({
    kind: 'worked',
    method,
    purpose: 'test',
    tls: by,
  });
  switch (facts.step) {
    case 'echo':
      return [worked('c-echo')];
    case 'query':
      return [worked('c-find')];
    case 'services':
      return [{ kind: 'measured', role: { scp: facts.measured.scp, scu: facts.measured.scu } }];
    case 'qido':
      return facts.isOffered ? [worked('qido-rs')] : [];
    case 'wado':
      return facts.isOffered ? [worked('wado-rs')] : [];
    case 'return-path':
      switch (facts.method) {
        case 'C-MOVE':
          return [worked('c-move'), worked('c-move-store', listenerTls)];
        case 'C-GET':
          return [worked('c-get')];
        case 'WADO-RS':
          return [worked('wado-rs')];
      }
    case 'name':
    case 'tcp':
    case 'tls':
    case 'association':
    case 'our-side':
    case 'stow':
      return [];
  }
}
