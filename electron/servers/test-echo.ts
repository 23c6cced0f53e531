import { performance } from 'node:perf_hooks';
import type { EchoStep } from '../contract/echo-step.ts';
import { FailureError } from '../contract/failure.ts';
import { echo, requestAssociation, SopClass, TransferSyntax } from '../dimse/index.ts';
import { planAssociation, type PeerAddress } from './plan-association.ts';

/**
 * Proves the connection to a server step by step: name, TCP, TLS where ticked, association, C-ECHO
 * (PS3.7 §9.1.5). Each step is told when it begins and when it ends; one that fails is the last.
 *
 * Afterwards the association is released; on abort, or when the reader leaves, it is aborted.
 *
 * @throws FailureError cancelled; every other failure is a step
 */
export async function* testEcho(
  server: PeerAddress,
  options: { readonly callingAeTitle: string },
  signal: AbortSignal,
): AsyncGenerator<EchoStep> {
  const left = new AbortController();
  const told: EchoStep[] = [];
  let ended = false;
  let wake: (() => void) | null = null;
  const tell = (step: EchoStep): void => {
    told.push(step);
    wake?.();
  };
  const plan = planAssociation(server, options.callingAeTitle, [verification]);
  const taking = takeSteps(plan, tell, AbortSignal.any([signal, left.signal]));
  const takingOver = taking.then(over, over);

  try {
    for (;;) {
      const step = told.shift();
      if (step !== undefined) yield step;
      else if (ended) break;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
    await taking;
  } finally {
    left.abort();
    await takingOver;
  }

  function over(): void {
    ended = true;
    wake?.();
  }
}

const verification = {
  abstractSyntaxUid: SopClass.Verification,
  transferSyntaxUids: [TransferSyntax.ImplicitVrLittleEndian],
};

async function takeSteps(
  plan: ReturnType<typeof planAssociation>,
  tell: (step: EchoStep) => void,
  signal: AbortSignal,
): Promise<void> {
  let current: EchoStep['step'] = 'resolve';
  let begunAt = performance.now();
  const elapsed = (): number => Math.round(performance.now() - begunAt);
  const onStep = (step: EchoStep): void => {
    if (step.kind === 'running') begunAt = performance.now();
    current = step.step;
    tell(step);
  };
  try {
    await using association = await requestAssociation(plan, { onStep }, signal);
    // A release that nobody waits for must not hold up a cancel.
    signal.addEventListener('abort', () => association.abort(), { once: true });
    onStep({ kind: 'running', step: 'echo' });
    await echo(association, signal);
    tell({ kind: 'passed', step: 'echo', ms: elapsed(), status: 0 });
  } catch (thrown) {
    if (!(thrown instanceof FailureError) || thrown.failure.step === 'cancelled') throw thrown;
    tell({ kind: 'failed', step: current, failure: thrown.failure, ms: elapsed() });
  }
}
