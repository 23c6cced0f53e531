import type { Attributes, IdentifierKey } from '../dataset/index.ts';
import { ask, requestQueryAssociation } from './query-association.ts';
import type { QueryLevel, QueryTarget } from './query-target.ts';

/**
 * Asks exactly what it is told to, adding only the level; each answer as it arrives.
 *
 * @throws FailureError
 */
export async function* findRaw(
  target: QueryTarget,
  level: QueryLevel,
  keys: readonly IdentifierKey[],
  signal: AbortSignal,
): AsyncGenerator<Attributes> {
  await using association = await requestQueryAssociation(target, signal);
  for await (const { attributes } of ask(association, level, keys, signal)) yield attributes;
}
