import { textOf } from '../dataset/index.ts';
import { converse } from './conversation.ts';
import type { Answer, Question } from './query-association.ts';
import type { SearchTarget } from './query-target.ts';

export interface FoundInstance {
  readonly sopInstanceUid: string;
  /** '' where the server does not say. */
  readonly sopClassUid: string;
  readonly seriesInstanceUid: string;
}

/**
 * Which instances a server holds of a study or of one series of it: first its series, then the
 * instances of each, with all unique keys above the level given (PS3.4 §C.4.1.2.1), as servers require.
 *
 * @param seriesInstanceUid `null`: of the whole study
 * @throws FailureError
 */
export async function findInstanceUids(
  target: SearchTarget,
  studyInstanceUid: string,
  seriesInstanceUid: string | null,
  signal: AbortSignal,
): Promise<readonly FoundInstance[]> {
  const seriesQuestion = seriesOf(studyInstanceUid);
  await using conversation = await converse(target, [seriesQuestion], signal);
  const series =
    seriesInstanceUid === null ? await findSeriesUids(conversation.ask(seriesQuestion)) : [seriesInstanceUid];
  const found = new Map<string, FoundInstance>();
  for (const uid of series) {
    const keys = [
      { keyword: 'StudyInstanceUID', value: studyInstanceUid },
      { keyword: 'SeriesInstanceUID', value: uid },
      { keyword: 'SOPInstanceUID', value: '' },
      { keyword: 'SOPClassUID', value: '' },
    ];
    for await (const { attributes } of conversation.ask({ level: 'IMAGE', keys })) {
      const sopInstanceUid = textOf(attributes, 'SOPInstanceUID');
      const sopClassUid = textOf(attributes, 'SOPClassUID');
      if (sopInstanceUid !== '')
        found.set(sopInstanceUid, { sopInstanceUid, sopClassUid, seriesInstanceUid: uid });
    }
  }
  return [...found.values()];
}

function seriesOf(studyInstanceUid: string): Question {
  return {
    level: 'SERIES',
    keys: [
      { keyword: 'StudyInstanceUID', value: studyInstanceUid },
      { keyword: 'SeriesInstanceUID', value: '' },
    ],
  };
}

async function findSeriesUids(answers: AsyncIterable<Answer>): Promise<readonly string[]> {
  const uids = new Set<string>();
  for await (const { attributes } of answers) uids.add(textOf(attributes, 'SeriesInstanceUID'));
  uids.delete('');
  return [...uids];
}
