import { randomUUID } from 'node:crypto';
import type { QueryFacts, ServicesFacts } from '../../contract/connection-test.ts';
import { encodeIdentifier, type IdentifierKey } from '../../dataset/index.ts';
import { find, findTransferSyntax, requestAssociation, SopClass } from '../../dimse/index.ts';
import type { Done } from './course.ts';
import { plainly, planTo, type TestedPeer } from './tested-peer.ts';

/** More than one match of a study that nobody has says it clearly enough. */
const enoughMatches = 2;

/**
 * Asks for a study that nobody has (C-FIND, PS3.4 §C.4.1): it must be answered, with nothing. A server
 * without the Study Root model is asked by Patient Root.
 *
 * @throws FailureError
 */
export async function askQuery(
  peer: TestedPeer,
  address: string,
  { services }: ServicesFacts,
  signal: AbortSignal,
): Promise<Done<QueryFacts>> {
  const byPatient = !services.find && services['find-patient-root'];
  const model = byPatient ? 'patient-root' : 'study-root';
  const context = plainly(byPatient ? SopClass.PatientRootFind : SopClass.StudyRootFind);
  await using association = await requestAssociation(planTo(peer, address, [context]), {}, signal);
  signal.addEventListener('abort', () => association.abort(), { once: true });
  association.context(context.abstractSyntaxUid);
  const keys: readonly IdentifierKey[] = [
    { keyword: 'QueryRetrieveLevel', value: 'STUDY' },
    // The unique key above the level must be there in Patient Root (PS3.4 §C.4.1.2.1).
    ...(byPatient ? [{ keyword: 'PatientID', value: randomUUID() }] : []),
    { keyword: 'StudyInstanceUID', value: newUid() },
  ];
  const identifier = encodeIdentifier(keys, findTransferSyntax(association, model));
  let matches = 0;
  for await (const _ of find(association, { identifier, model }, signal)) {
    matches += 1;
    if (matches === enoughMatches) break;
  }
  const facts: QueryFacts = { step: 'query', model, matches };
  return { value: facts, facts, findings: matches === 0 ? [] : [{ kind: 'keys-ignored', matches }] };
}

/** A UID that nobody has (PS3.5 §B.2). */
export function newUid(): string {
  return `2.25.${BigInt(`0x${randomUUID().replaceAll('-', '')}`)}`;
}
