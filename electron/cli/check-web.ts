import { FailureError, type Failure } from '../contract/failure.ts';
import type { ServerDraft } from '../contract/server.ts';
import { openWebSession, probeService, type DicomwebPlan, type ServiceProbe } from '../dicomweb/index.ts';
import type { CertificateSource } from '../security/index.ts';
import { planDicomweb } from '../servers/index.ts';
import { all, UsageError, type Arguments } from './arguments.ts';

/** How a server answered to a search for one study (QIDO-RS, limit=1). */
export type WebOutcome =
  | { readonly kind: 'answered' }
  /** It is there, wants to know who is asking, and no password or token was given to us. */
  | { readonly kind: 'wants-to-know' }
  | { readonly kind: 'failed'; readonly failure: Failure };

interface WebMeans {
  readonly certificates: CertificateSource;
  readonly secret: string | null;
}

/** @throws FailureError cancelled */
export async function tryQido(draft: ServerDraft, means: WebMeans, signal: AbortSignal): Promise<WebOutcome> {
  const isSignedIn = draft.dicomweb?.authentication === 'none' || means.secret !== null;
  try {
    const plan = planDicomweb(draft, means);
    return judged(await asked(isSignedIn ? plan : unsigned(plan), signal), isSignedIn);
  } catch (thrown) {
    if (!(thrown instanceof FailureError) || thrown.failure.step === 'cancelled') throw thrown;
    return { kind: 'failed', failure: thrown.failure };
  }
}

function unsigned(plan: DicomwebPlan): DicomwebPlan {
  return { ...plan, authentication: { kind: 'none' } };
}

async function asked(plan: DicomwebPlan, signal: AbortSignal): Promise<ServiceProbe> {
  await using session = openWebSession(plan, {}, signal);
  return await probeService(session, 'QIDO-RS');
}

function judged(probe: ServiceProbe, isSignedIn: boolean): WebOutcome {
  if (probe.kind !== 'failed') return { kind: 'answered' };
  const { failure } = probe;
  const isTurnedAway = failure.step === 'http' && failure.cause === 'unauthorized';
  return isTurnedAway && !isSignedIn ? { kind: 'wants-to-know' } : { kind: 'failed', failure };
}

/**
 * Passwords and tokens by the ID of their server, from the environment: a command line is for all to see.
 *
 * @throws UsageError
 */
export function secretsIn(args: Arguments): ReadonlyMap<string, string> {
  return new Map(
    all(args, 'secret-env').map((text) => {
      const [, id, name] = /^([^=]+)=(.+)$/.exec(text) ?? [];
      if (id === undefined || name === undefined) {
        throw new UsageError('--secret-env: it is SERVER=VARIABLE, such as main=PACS_PASSWORD.');
      }
      const value = process.env[name];
      if (value === undefined) throw new UsageError(`--secret-env: there is no variable ${name}.`);
      return [id, value];
    }),
  );
}
