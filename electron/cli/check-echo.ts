import { describeFailure } from '../contract/describe-failure.ts';
import { FailureError, type Failure } from '../contract/failure.ts';
import { speaksDicom } from '../contract/server.ts';
import { loadAuthorities, loadIdentity, type CertificateSource } from '../security/index.ts';
import { reachServer, testEcho, type AdminRecord, type AdminServer } from '../servers/index.ts';
import type { Arguments } from './arguments.ts';
import type { Report } from './check.ts';
import { secretsIn, tryQido } from './check-web.ts';
import { ourAeTitle } from './values.ts';

/**
 * Tries each server of the files, one after the other, by C-ECHO and, where it is asked by DICOMweb, by a
 * search, and says at its line how it went.
 *
 * @returns all answered
 */
export async function tryServers(
  args: Arguments,
  record: AdminRecord,
  report: Report,
  signal: AbortSignal,
): Promise<boolean> {
  const means: Means = {
    ours: record.local.aeTitle?.value ?? ourAeTitle(args),
    certificates: certificatesOf(record),
    secrets: secretsIn(args),
  };
  let answered = true;
  for (const server of record.servers) {
    const { file, line, draft } = server;
    for (const tried of [await tryDicom(server, means, signal), await tryWeb(server, means, signal)]) {
      if (tried === null) continue;
      report({ file, line, column: 1, key: draft.name, ...tried });
      answered &&= tried.severity !== 'error';
    }
  }
  return answered;
}

interface Means {
  readonly ours: string;
  readonly certificates: CertificateSource;
  readonly secrets: ReadonlyMap<string, string>;
}

interface Tried {
  readonly severity: 'info' | 'warning' | 'error';
  readonly reason: string;
}

/** `null`: it is not asked by DICOM. */
async function tryDicom(
  { draft }: AdminServer,
  { ours, certificates }: Means,
  signal: AbortSignal,
): Promise<Tried | null> {
  if (!speaksDicom(draft)) return null;
  const callingAeTitle = draft.callingAeTitle ?? ours;
  try {
    for await (const step of testEcho(reachServer(draft, certificates), { callingAeTitle }, signal)) {
      if (step.kind === 'failed') return inWords(step.failure, draft.name, callingAeTitle);
    }
    return { severity: 'info', reason: 'It answered C-ECHO.' };
  } catch (thrown) {
    if (!(thrown instanceof FailureError) || thrown.failure.step === 'cancelled') throw thrown;
    return inWords(thrown.failure, draft.name, callingAeTitle);
  }
}

/** `null`: it is not asked by DICOMweb. */
async function tryWeb(
  { id, draft }: AdminServer,
  { ours, certificates, secrets }: Means,
  signal: AbortSignal,
): Promise<Tried | null> {
  if (draft.protocol === 'dicom') return null;
  const outcome = await tryQido(draft, { certificates, secret: secrets.get(id) ?? null }, signal);
  switch (outcome.kind) {
    case 'answered':
      return { severity: 'info', reason: 'It answered a search (QIDO-RS).' };
    case 'wants-to-know':
      return {
        severity: 'warning',
        reason: `It is there and asks who we are. To try that too, give its password or token: --secret-env ${id}=VARIABLE.`,
      };
    case 'failed':
      return inWords(outcome.failure, draft.name, ours);
  }
}

function inWords(failure: Failure, server: string, aeTitle: string): Tried {
  const { title, suggestion } = describeFailure(failure, { server, ourAeTitle: aeTitle });
  return { severity: 'error', reason: suggestion === null ? title : `${title} ${suggestion}` };
}

/** The certificate files that lie beside the administrator's. */
function certificatesOf({ certificates }: AdminRecord): CertificateSource {
  const find = (id: string) => {
    const found = certificates.find(({ name }) => id === `admin:${name}`);
    if (found !== undefined) return found;
    throw new FailureError({ step: 'certificate', cause: 'unknown', detail: id });
  };
  return {
    authoritiesFor: (id) => loadAuthorities(find(id).files.certificate),
    identityFor: (id) => loadIdentity(find(id).files, { purpose: 'client', now: new Date() }).identity,
  };
}
