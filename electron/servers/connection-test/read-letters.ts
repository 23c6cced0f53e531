import { specificCharacterSet } from '../../contract/character-sets.ts';
import type { Finding, LettersFacts, QueryFacts } from '../../contract/connection-test.ts';
import { FailureError } from '../../contract/failure.ts';
import { decodedAs, textOf, type Attributes, type IdentifierKey } from '../../dataset/index.ts';
import type { Association } from '../../dimse/index.ts';
import { datesSince, windows } from './days-back.ts';
import { findSome } from './find-some.ts';

/** In which letters a record has its server asked and read; `null`: as any other. */
export interface Letters {
  readonly characterSet: string | null;
  readonly decodeAs: string | null;
}

/** Enough for one of them to be written in letters that ASCII does not have. */
const mostNames = 20;

/**
 * One name as the record has it read, of the first few that the server shows: whether it is in the right
 * letters a person must see. A server that shows none, or refuses so wide a question, has none to show.
 *
 * @throws FailureError cancelled
 */
export async function readLetters(
  association: Association,
  { letters, model }: { readonly letters: Letters; readonly model: QueryFacts['model'] },
  signal: AbortSignal,
): Promise<{ readonly facts: LettersFacts; readonly findings: readonly Finding[] }> {
  const { characterSet, decodeAs } = letters;
  const matches = await someNames(association, { letters, model }, signal);
  const names = matches.map((match) => {
    const read = decodeAs === null ? match : decodedAs(match, specificCharacterSet(decodeAs));
    return { name: textOf(read, 'PatientName'), told: textOf(match, 'SpecificCharacterSet') };
  });
  const shown = names.find(({ name }) => /[^\x20-\x7E]/.test(name)) ?? names.find(({ name }) => name !== '');
  const { name = null, told = '' } = shown ?? {};
  const isUnreadable = name?.includes('\uFFFD') ?? false;
  return {
    facts: { asked: characterSet, decodeAs, told, name },
    findings: isUnreadable ? [{ kind: 'name-unreadable', told, decodeAs }] : [],
  };
}

async function someNames(
  association: Association,
  { letters, model }: { readonly letters: Letters; readonly model: QueryFacts['model'] },
  signal: AbortSignal,
): Promise<readonly Attributes[]> {
  const characterSet = writtenIn(letters);
  try {
    for (const days of model === 'study-root' ? windows : [null]) {
      const question = { keys: nameKeys(model, days), model, ...characterSet };
      const matches = await findSome(association, question, mostNames, signal);
      if (matches.length > 0) return matches;
    }
    return [];
  } catch (thrown) {
    if (!(thrown instanceof FailureError) || thrown.failure.step === 'cancelled') throw thrown;
    return [];
  }
}

/** What (0008,0005) of a question says. */
export function writtenIn(letters: Letters | null): { readonly characterSet?: string } {
  const term = letters?.characterSet ?? null;
  return term === null ? {} : { characterSet: specificCharacterSet(term) };
}

function nameKeys(model: QueryFacts['model'], days: number | null): readonly IdentifierKey[] {
  const own: readonly IdentifierKey[] =
    model === 'patient-root'
      ? [
          { keyword: 'QueryRetrieveLevel', value: 'PATIENT' },
          { keyword: 'PatientID', value: '' },
        ]
      : [
          { keyword: 'QueryRetrieveLevel', value: 'STUDY' },
          { keyword: 'StudyInstanceUID', value: '' },
          { keyword: 'StudyDate', value: datesSince(days) },
        ];
  return [...own, { keyword: 'PatientName', value: '' }];
}
