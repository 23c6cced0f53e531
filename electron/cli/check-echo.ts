import { describeFailure } from '../contract/describe-failure.ts';
import { FailureError, type Failure } from '../contract/failure.ts';
import { speaksDicom } from '../contract/server.ts';
import { loadAuthorities, loadIdentity, type CertificateSource } from '../security/index.ts';
import { reachServer, testEcho, type AdminRecord, type AdminServer } from '../servers/index.ts';
import type { Arguments } from './arguments.ts';
import type { Report } from './check.ts';
import { ourAeTitle } from './values.ts';

/** Echoes each server of the files, one after the other, and says at its line how it went. @returns all answered */
export async function tryServers(
  args: Arguments,
  record: AdminRecord,
  report: Report,
  signal: AbortSignal,
): Promise<boolean> {
  const ours = record.local.aeTitle?.value ?? ourAeTitle(args);
  const certificates = certificatesOf(record);
  let answered = true;
  for (const server of record.servers) {
    const { file, line, draft } = server;
    const place = { file, line, column: 1, key: draft.name };
    if (!speaksDicom(draft)) {
      report({
        ...place,
        severity: 'info',
        reason: 'It is asked by DICOMweb only, so there is no echo to try.',
      });
      continue;
    }
    const callingAeTitle = draft.callingAeTitle ?? ours;
    const failure = await echoFailure(server, { callingAeTitle, certificates }, signal);
    answered &&= failure === null;
    const reason = failure === null ? 'It answered C-ECHO.' : inWords(failure, server, callingAeTitle);
    report({ ...place, severity: failure === null ? 'info' : 'error', reason });
  }
  return answered;
}

/** `null`: it answered. */
async function echoFailure(
  { draft }: AdminServer,
  {
    callingAeTitle,
    certificates,
  }: { readonly callingAeTitle: string; readonly certificates: CertificateSource },
  signal: AbortSignal,
): Promise<Failure | null> {
  try {
    for await (const step of testEcho(reachServer(draft, certificates), { callingAeTitle }, signal)) {
      if (step.kind === 'failed') return step.failure;
    }
    return null;
  } catch (thrown) {
    if (!(thrown instanceof FailureError) || thrown.failure.step === 'cancelled') throw thrown;
    return thrown.failure;
  }
}

function inWords(failure: Failure, { draft }: AdminServer, callingAeTitle: string): string {
  const { title, suggestion } = describeFailure(failure, { server: draft.name, ourAeTitle: callingAeTitle });
  return suggestion === null ? title : `${title} ${suggestion}`;
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
