import { textOf } from '../dataset/index.ts';
import type { Association } from '../dimse/index.ts';
import { ask, requestQueryAssociation } from './query-association.ts';
import type { QueryTarget } from './query-target.ts';

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
  target: QueryTarget,
  studyInstanceUid: string,
  seriesInstanceUid: string | null,
  signal: AbortSignal,
): Promise<readonly FoundInstance[]> {
  await using association = await requestQueryAssociation(target, signal);
  const series =
    seriesInstanceUid === null
      ? await findSeriesUids(association, studyInstanceUid, signal)
      : [seriesInstanceUid];
  const found = new Map<string, FoundInstance>();
  for (const uid of series) {
    const keys = [
      { keyword: 'StudyInstanceUID', value: studyInstanceUid },
      { keyword: 'SeriesInstanceUID', value: uid },
      { keyword: 'SOPInstanceUID', value: '' },
      { keyword: 'SOPClassUID', value: '' },
    ];
    for await (const { attributes } of ask(association, 'IMAGE', keys, signal)) {
      const sopInstanceUid = textOf(attributes, 'SOPInstanceUID');
      const sopClassUid = textOf(attributes, 'SOPClassUID');
      if (sopInstanceUid !== '')
        found.set(sopInstanceUid, { sopInstanceUid, sopClassUid, seriesInstanceUid: uid });
    }
  }
  return [...found.values()];
}

async function findSeriesUids(
  association: Association,
  studyInstanceUid: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const keys = [
    { keyword: 'StudyInstanceUID', value: studyInstanceUid },
    { keyword: 'SeriesInstanceUID', value: '' },
  ];
  const uids = new Set<string>();
  for await (const { attributes } of ask(association, 'SERIES', keys, signal)) {
    uids.add(textOf(attributes, 'SeriesInstanceUID'));
  }
  uids.delete('');
  return [...uids];
}
