import { randomUUID } from 'node:crypto';
import type { Finding, QueryFacts, ServicesFacts } from '../../contract/connection-test.ts';
import type { IdentifierKey } from '../../dataset/index.ts';
import { requestAssociation, SopClass } from '../../dimse/index.ts';
import type { Done } from './course.ts';
import { findSome } from './find-some.ts';
import { readLetters, writtenIn, type Letters } from './read-letters.ts';
import { plainly, planTo, type TestedPeer } from './tested-peer.ts';

/** More than one match of a study that nobody has says it clearly enough. */
const enoughMatches = 2;

export interface QueryQuestion {
  readonly peer: TestedPeer;
  readonly address: string;
  readonly services: ServicesFacts;
  /** `null`: as any other server; then no name is asked for. */
  readonly letters: Letters | null;
}

/**
 * Asks for a study that nobody has (C-FIND, PS3.4 §C.4.1): it must be answered, with nothing. A server
 * without the Study Root model is asked by Patient Root.
 *
 * @throws FailureError
 */
export async function askQuery(
  { peer, address, services: { services }, letters }: QueryQuestion,
  signal: AbortSignal,
): Promise<Done<QueryFacts>> {
  const byPatient = !services.find && services['find-patient-root'];
  const model = byPatient ? 'patient-root' : 'study-root';
  const context = plainly(byPatient ? SopClass.PatientRootFind : SopClass.StudyRootFind);
  await using association = await requestAssociation(planTo(peer, address, [context]), {}, signal);
  signal.addEventListener('abort', () => association.abort(), { once: true });
  association.context(context.abstractSyntaxUid);
  const question = { keys: keysOfNobody(byPatient), model, ...writtenIn(letters) } as const;
  const { length: matches } = await findSome(association, question, enoughMatches, signal);
  const read = letters === null ? null : await readLetters(association, { letters, model }, signal);
  const facts: QueryFacts = { step: 'query', model, matches, letters: read?.facts ?? null };
  const ignored: readonly Finding[] = matches === 0 ? [] : [{ kind: 'keys-ignored', matches }];
  return { value: facts, facts, findings: [...ignored, ...(read?.findings ?? [])] };
}

function keysOfNobody(byPatient: boolean): readonly IdentifierKey[] {
  return [
    { keyword: 'QueryRetrieveLevel', value: 'STUDY' },
    // The unique key above the level must be there in Patient Root (PS3.4 §C.4.1.2.1).
    ...(byPatient ? [{ keyword: 'PatientID', value: randomUUID() }] : []),
    { keyword: 'StudyInstanceUID', value: newUid() },
  ];
}

/** A UID that nobody has (PS3.5 §B.2). */
export function newUid(): string {
  return `2.25.${BigInt(`0x${randomUUID().replaceAll('-', '')}`)}`;
}
