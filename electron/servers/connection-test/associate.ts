import type { AssociationFacts, Finding, ServiceName } from '../../contract/connection-test.ts';
import { FailureError, type Failure } from '../../contract/failure.ts';
import { requestAssociation, SopClass, type Association } from '../../dimse/index.ts';
import { FaultError, type Done } from './course.ts';
import { withCloserLook } from './look-closer.ts';
import { briefTimeouts, plainly, planTo, type TestedPeer } from './tested-peer.ts';

/** What each service is negotiated by. */
export const serviceSopClasses: Readonly<Record<ServiceName, string>> = {
  find: SopClass.StudyRootFind,
  'find-patient-root': SopClass.PatientRootFind,
  move: SopClass.StudyRootMove,
  'move-patient-root': SopClass.PatientRootMove,
  get: SopClass.StudyRootGet,
  'get-patient-root': SopClass.PatientRootGet,
  worklist: SopClass.ModalityWorklistFind,
  commitment: SopClass.StorageCommitmentPushModel,
  print: SopClass.BasicGrayscalePrintManagementMeta,
};

/**
 * An association that offers Verification and every service that is asked about. It is the caller's to
 * end.
 *
 * @throws FailureError, with what a closer look has shown
 */
export async function associate(
  peer: TestedPeer,
  address: string,
  signal: AbortSignal,
): Promise<Done<Association>> {
  const contexts = [SopClass.Verification, ...Object.values(serviceSopClasses)].map(plainly);
  try {
    const association = await requestAssociation(planTo(peer, address, contexts), {}, signal);
    // A release that nobody waits for must not hold up a cancel.
    signal.addEventListener('abort', () => association.abort(), { once: true });
    const { implementationClassUid, implementationVersionName, maximumLengthBytes } = association.peer;
    const facts: AssociationFacts = {
      step: 'association',
      implementationClassUid,
      implementationVersionName,
      maximumLengthBytes,
    };
    return { value: association, facts };
  } catch (thrown) {
    if (!(thrown instanceof FailureError)) throw thrown;
    const whose = notRecognised(thrown.failure);
    if (whose === null) throw await withCloserLook(thrown, peer, address, signal);
    const findings = await otherLetters(whose, peer, address, signal);
    throw new FaultError(thrown.failure, { findings }, { cause: thrown });
  }
}

/** PS3.8 Table 9-21: source 1, reasons 3 and 7. */
function notRecognised(failure: Failure): 'calling' | 'called' | null {
  if (failure.step !== 'associate' || failure.cause !== 'rejected' || failure.source !== 1) return null;
  if (failure.reason === 3) return 'calling';
  return failure.reason === 7 ? 'called' : null;
}

/** AE titles are told apart by case (PS3.5 §6.2), and people don't. Nothing but case is ever tried. */
async function otherLetters(
  whose: 'calling' | 'called',
  peer: TestedPeer,
  address: string,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const plan = planTo(peer, address, [plainly(SopClass.Verification)]);
  const written = whose === 'called' ? plan.calledAeTitle : plan.callingAeTitle;
  const others = new Set([written.toUpperCase(), written.toLowerCase()]);
  others.delete(written);
  for (const aeTitle of others) {
    const title = whose === 'called' ? { calledAeTitle: aeTitle } : { callingAeTitle: aeTitle };
    try {
      const association = await requestAssociation(
        { ...plan, ...title, timeouts: briefTimeouts },
        {},
        signal,
      );
      await association.release();
      return [{ kind: 'answers-to', whose, aeTitle }];
    } catch (thrown) {
      if (!(thrown instanceof FailureError) || thrown.failure.step === 'cancelled') throw thrown;
    }
  }
  return [];
}
