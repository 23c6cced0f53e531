import { parseDataset, textOf, textsOf, type Attributes } from '../../dataset/index.ts';

/** Whether an instance is among those that were asked for. */
export interface AskedFor {
  readonly sopInstance: (sopInstanceUid: string) => boolean;
  /** By Study and Series Instance UID (0020,000D), (0020,000E). */
  readonly attributes: (attributes: Attributes) => boolean;
}

/**
 * What the unique keys of a retrieve (PS3.4 §C.4.3.1.3.1) leave in. One without a value leaves all in:
 * the studies of a patient are the peer's to know, whatever Patient ID their objects still hold.
 */
export function askedFor(identifier: Uint8Array, transferSyntaxUid: string): AskedFor {
  const keys = parseDataset(identifier, transferSyntaxUid);
  const studies = textsOf(keys, 'StudyInstanceUID');
  const series = textsOf(keys, 'SeriesInstanceUID');
  const instances = textsOf(keys, 'SOPInstanceUID');
  return {
    sopInstance: (uid) => isAmong(instances, uid),
    attributes: (attributes) =>
      isAmong(studies, textOf(attributes, 'StudyInstanceUID')) &&
      isAmong(series, textOf(attributes, 'SeriesInstanceUID')),
  };
}

function isAmong(uids: readonly string[], uid: string): boolean {
  return uids.length === 0 || uids.includes(uid);
}
