import type { FoundStudies, StudyKeys, StudyMatch } from '../contract/study.ts';
import { inBatches } from './in-batches.ts';
import type { Answer } from './query-association.ts';
import { converse } from './conversation.ts';
import type { SearchTarget } from './query-target.ts';
import { studyIdentifiers } from './study-keys.ts';
import { studyMatch } from './study-match.ts';

// Often enough to look immediate, seldom enough that thousands of answers do not flood the window.
const betweenBatchesMs = 40;

interface Tally {
  count: number;
  limitReached: boolean;
  keysIgnored: boolean;
}

/**
 * Asks a server which studies match, and yields them as they arrive; the same study is told once.
 *
 * The first study beyond `limit` ends the query: the rest is cancelled at the server, and the last
 * item says that there was more. Aborting, or breaking out of the loop, cancels too.
 *
 * @throws FailureError
 */
export async function* findStudies(
  target: SearchTarget,
  keys: StudyKeys,
  limit: number,
  signal: AbortSignal,
): AsyncGenerator<FoundStudies> {
  const tally: Tally = { count: 0, limitReached: false, keysIgnored: false };
  const open = (untilStopped: AbortSignal): AsyncGenerator<StudyMatch> =>
    limitedStudies(target, keys, { limit, tally }, untilStopped);
  for await (const matches of inBatches(open, betweenBatchesMs, signal)) yield { kind: 'matches', matches };
  yield { kind: 'end', ...tally };
}

async function* limitedStudies(
  target: SearchTarget,
  keys: StudyKeys,
  { limit, tally }: { readonly limit: number; readonly tally: Tally },
  signal: AbortSignal,
): AsyncGenerator<StudyMatch> {
  const seen = new Set<string>();
  for await (const answer of studyAnswers(target, keys, signal)) {
    const match = studyMatch(answer.attributes);
    tally.keysIgnored ||= ignoresKeys(answer, match, keys);
    if (match.studyInstanceUid === '' || seen.has(match.studyInstanceUid)) continue;
    if (seen.size === limit) {
      tally.limitReached = true;
      return;
    }
    seen.add(match.studyInstanceUid);
    tally.count = seen.size;
    yield match;
  }
}

async function* studyAnswers(
  target: SearchTarget,
  keys: StudyKeys,
  signal: AbortSignal,
): AsyncGenerator<Answer> {
  const questions = studyIdentifiers(keys).map(
    (identifier) => ({ level: 'STUDY', keys: identifier }) as const,
  );
  await using conversation = await converse(target, questions, signal);
  for (const question of questions) yield* conversation.ask(question);
}

/** The server says so, or its answer shows it: no Study UID, or a modality nobody asked for. */
function ignoresKeys({ keysSupported }: Answer, match: StudyMatch, { modalities }: StudyKeys): boolean {
  if (!keysSupported || match.studyInstanceUid === '') return true;
  return modalities.length > 0 && !modalities.some((modality) => match.modalities.includes(modality));
}
