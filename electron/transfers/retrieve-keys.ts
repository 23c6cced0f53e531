import type { IdentifierKey } from '../dataset/index.ts';
import type { FoundInstance } from '../query/index.ts';
import { chunks, groupBy } from './groups.ts';
import type { RetrieveRequest } from './retrieve.ts';

/** What is asked for when all of it is (PS3.4 §C.4.2.1.4.1). */
export function wholeKeys({
  studyInstanceUid,
  seriesInstanceUid,
}: RetrieveRequest): readonly IdentifierKey[] {
  return [
    { keyword: 'QueryRetrieveLevel', value: seriesInstanceUid === null ? 'STUDY' : 'SERIES' },
    { keyword: 'StudyInstanceUID', value: studyInstanceUid },
    ...(seriesInstanceUid === null ? [] : [{ keyword: 'SeriesInstanceUID', value: seriesInstanceUid }]),
  ];
}

/** A list of more UIDs makes an identifier that some servers take for hostile. */
const uidsPerIdentifier = 100;

/** What is asked for when only these instances are: series by series, for the level above has one UID. */
export function instanceKeys(
  { studyInstanceUid }: RetrieveRequest,
  instances: readonly FoundInstance[],
): readonly (readonly IdentifierKey[])[] {
  return [...groupBy(instances, ({ seriesInstanceUid }) => seriesInstanceUid)].flatMap(
    ([seriesInstanceUid, inSeries]) =>
      chunks(inSeries, uidsPerIdentifier).map((some) => [
        { keyword: 'QueryRetrieveLevel', value: 'IMAGE' },
        { keyword: 'StudyInstanceUID', value: studyInstanceUid },
        { keyword: 'SeriesInstanceUID', value: seriesInstanceUid },
        { keyword: 'SOPInstanceUID', value: some.map(({ sopInstanceUid }) => sopInstanceUid).join('\\') },
      ]),
  );
}
