import { buildDataset, uidFor, writeP10 } from './build-dataset.ts';

const secondaryCapture = '1.2.840.10008.5.1.4.1.1.7';

export interface Person {
  /** Patient ID, and what the object's UIDs are made of. */
  readonly id: string;
  readonly characterSet: string;
  /** The name as the standard or a table of the character set has it, not as we write it. */
  readonly bytes: string;
}

/** Writes an object of this person, in Explicit VR Little Endian. It has no pixels. */
export async function writePerson(path: string, { id, characterSet, bytes }: Person): Promise<void> {
  const sopInstanceUid = uidFor('person', id, 'instance');
  const dataset = buildDataset([
    ['00080005', 'CS', characterSet],
    ['00080016', 'UI', secondaryCapture],
    ['00080018', 'UI', sopInstanceUid],
    ['00080020', 'DA', '20260101'],
    ['00080030', 'TM', '101500'],
    ['00080050', 'SH', `A-${id}`],
    ['00080060', 'CS', 'OT'],
    ['00100010', 'PN', Buffer.from(bytes.length % 2 === 0 ? bytes : `${bytes} `, 'latin1')],
    ['00100020', 'LO', id],
    ['0020000D', 'UI', uidFor('person', id, 'study')],
    ['0020000E', 'UI', uidFor('person', id, 'series')],
    ['00200010', 'SH', '1'],
    ['00200011', 'IS', '1'],
    ['00200013', 'IS', '1'],
  ]);
  const transferSyntaxUid = '1.2.840.10008.1.2.1';
  await writeP10(path, { sopClassUid: secondaryCapture, sopInstanceUid, transferSyntaxUid }, dataset);
}
