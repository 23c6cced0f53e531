import { DecodeAs, SpecificCharacterSet, specificCharacterSet } from '../contract/character-sets.ts';
import { FailureError } from '../contract/failure.ts';
import {
  DatasetError,
  decodedAs,
  encodeIdentifier,
  explicitLittleEndian,
  implicitLittleEndian,
  parseDataset,
  type Attributes,
  type IdentifierKey,
  type NewAttribute,
} from '../dataset/index.ts';
import {
  find,
  findTransferSyntax,
  requestAssociation,
  SopClass,
  type Association,
  type FindMatch,
  type FindModel,
} from '../dimse/index.ts';
import { planAssociation } from '../servers/index.ts';
import type { QueryLevel, QueryTarget, SearchTarget } from './query-target.ts';

/** What one answer of the server says. */
export interface Answer {
  readonly attributes: Attributes;
  /** `false`: the server ignored some optional keys (pending status FF01H). */
  readonly keysSupported: boolean;
}

/** What is asked for, and where in the Study Root model. */
export interface Question {
  readonly level: QueryLevel;
  readonly keys: readonly IdentifierKey[];
}

/** The same in any model of C-FIND, with keys that may be sequences. */
export interface RawQuestion {
  /** Study Root unless given. */
  readonly model?: FindModel;
  /** PATIENT is of the Patient Root model alone; `null`: a worklist has none. */
  readonly level: QueryLevel | 'PATIENT' | null;
  readonly keys: readonly NewAttribute[];
}

const sopClasses: Readonly<Record<FindModel, string>> = {
  'study-root': SopClass.StudyRootFind,
  'patient-root': SopClass.PatientRootFind,
  'modality-worklist': SopClass.ModalityWorklistFind,
};

/**
 * @param questions that will be asked, as far as they are known: what can't be asked is said without a
 *   connection
 * @throws FailureError input, then resolve to negotiate
 */
export async function requestQueryAssociation(
  target: QueryTarget,
  questions: readonly RawQuestion[],
  signal?: AbortSignal,
): Promise<Association> {
  checkCharacterSets(target);
  for (const question of questions) identifierOf(target, question, explicitLittleEndian);
  const models = new Set(questions.map(({ model }) => model ?? 'study-root'));
  const contexts = [...models].map((model) => ({
    abstractSyntaxUid: sopClasses[model],
    transferSyntaxUids: [explicitLittleEndian, implicitLittleEndian],
  }));
  return await requestAssociation(
    planAssociation(target.server, target.callingAeTitle, contexts),
    tellingSteps(target),
    signal,
  );
}

/**
 * One C-FIND (PS3.4 §C.4.1), each answer as it arrives. Breaking out of the loop, or aborting, cancels
 * it at the server.
 *
 * @throws FailureError respond, negotiate, cancelled; input for keys that can't be sent
 */
export async function* ask(
  association: Association,
  target: QueryTarget,
  question: RawQuestion,
  signal?: AbortSignal,
): AsyncGenerator<Answer> {
  const { model = 'study-root' } = question;
  const identifier = identifierOf(target, question, findTransferSyntax(association, model));
  for await (const match of find(association, { identifier, model }, signal)) {
    yield { attributes: decode(match, target.decodeAs), keysSupported: match.keysSupported };
  }
}

/** Whoever wants to know hears the steps of a connection. */
export function tellingSteps({ onStep }: Pick<SearchTarget, 'onStep'>): Pick<SearchTarget, 'onStep'> {
  return onStep === undefined ? {} : { onStep };
}

function checkCharacterSets({ characterSet, decodeAs }: QueryTarget): void {
  const given = [
    { field: 'characterSet', schema: SpecificCharacterSet, value: characterSet },
    { field: 'decodeAs', schema: DecodeAs, value: decodeAs },
  ];
  for (const { field, schema, value } of given) {
    const problem = value === undefined ? undefined : schema.safeParse(value).error?.issues[0]?.message;
    if (problem !== undefined) throw new FailureError({ step: 'input', field, problem });
  }
}

function identifierOf(
  { characterSet }: QueryTarget,
  { level, keys }: RawQuestion,
  transferSyntaxUid: string,
): Buffer {
  const leveled = level === null ? keys : [{ keyword: 'QueryRetrieveLevel', value: level }, ...keys];
  const written = characterSet === undefined ? undefined : specificCharacterSet(characterSet);
  return encodeIdentifier(leveled, transferSyntaxUid, written);
}

function decode({ identifier, transferSyntaxUid }: FindMatch, decodeAs: string | undefined): Attributes {
  try {
    const attributes = parseDataset(identifier, transferSyntaxUid);
    return decodeAs === undefined ? attributes : decodedAs(attributes, specificCharacterSet(decodeAs));
  } catch (thrown) {
    if (!(thrown instanceof DatasetError)) throw thrown;
    throw new FailureError({ step: 'respond', cause: 'malformed' }, { cause: thrown });
  }
}
