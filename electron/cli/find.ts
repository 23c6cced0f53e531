import { tagOf, toJson, type IdentifierKey } from '../dataset/index.ts';
import { findRaw } from '../query/index.ts';
import { all, optional, UsageError, type Arguments } from './arguments.ts';
import { tell } from './output.ts';
import { targetOf } from './values.ts';
import { working } from './working.ts';

/** What is asked for at each level where the command line doesn't say (PS3.4 §C.6.2.1). */
const returnKeys = {
  STUDY: [
    'StudyDate',
    'StudyTime',
    'AccessionNumber',
    'ModalitiesInStudy',
    'ReferringPhysicianName',
    'StudyDescription',
    'PatientName',
    'PatientID',
    'PatientBirthDate',
    'PatientSex',
    'StudyInstanceUID',
    'StudyID',
    'NumberOfStudyRelatedSeries',
    'NumberOfStudyRelatedInstances',
  ],
  SERIES: [
    'Modality',
    'SeriesDescription',
    'StudyInstanceUID',
    'SeriesInstanceUID',
    'SeriesNumber',
    'NumberOfSeriesRelatedInstances',
  ],
  IMAGE: ['SOPClassUID', 'SOPInstanceUID', 'StudyInstanceUID', 'SeriesInstanceUID', 'InstanceNumber'],
} as const;

type Level = keyof typeof returnKeys;

/** C-FIND in the Study Root model: a line per match, DICOM keywords as keys, text decoded. */
export function find(args: Arguments, signal: AbortSignal): Promise<number> {
  const target = targetOf(args);
  const level = levelOf(optional(args, 'level') ?? 'study');
  const given = all(args, 'match').map(keyOf);
  const asked = new Set(given.map(({ keyword }) => tagOf(keyword) ?? keyword));
  const more = returnKeys[level].filter((keyword) => !asked.has(tagOf(keyword) ?? keyword));
  const keys = [...given, ...more.map((keyword) => ({ keyword, value: '' }))];
  return working(target, async () => {
    for await (const match of findRaw(target, level, keys, signal)) tell(toJson(match));
    return 0;
  });
}

function levelOf(text: string): Level {
  const level = text.toUpperCase();
  if (level === 'STUDY' || level === 'SERIES' || level === 'IMAGE') return level;
  throw new UsageError(`--level is study, series or image, not "${text}".`);
}

function keyOf(text: string): IdentifierKey {
  const [keyword = '', ...value] = text.split('=');
  if (tagOf(keyword) === null && !/^[0-9A-Fa-f]{8}$/.test(keyword)) {
    throw new UsageError(`-k ${keyword}: there is no DICOM attribute of that keyword.`);
  }
  return { keyword, value: value.join('=') };
}
