import type { Attributes } from '../dataset/index.ts';
import { ask, requestQueryAssociation, type RawQuestion } from './query-association.ts';
import type { QueryTarget } from './query-target.ts';

/**
 * Asks exactly what it is told to, adding only the level; each answer as it arrives.
 *
 * @throws FailureError
 */
export async function* findRaw(
  target: QueryTarget,
  question: RawQuestion,
  signal: AbortSignal,
): AsyncGenerator<Attributes> {
  await using association = await requestQueryAssociation(target, [question], signal);
  for await (const { attributes } of ask(association, target, question, signal)) yield attributes;
}
