import { DecodeAs, SpecificCharacterSet } from '../contract/character-sets.ts';
import { toJson } from '../dataset/index.ts';
import { findRaw, type QueryTarget, type RawQuestion } from '../query/index.ts';
import { all, optional, UsageError, type Arguments } from './arguments.ts';
import { findKeys } from './find-keys.ts';
import { tell } from './output.ts';
import { checked, oneOf, targetOf } from './values.ts';
import { working } from './working.ts';

/** What is asked for at each level where the command line doesn't say (PS3.4 §C.6.1.1, §C.6.2.1). */
const returnKeys = {
  PATIENT: [
    'PatientName',
    'PatientID',
    'PatientBirthDate',
    'PatientSex',
    'NumberOfPatientRelatedStudies',
    'NumberOfPatientRelatedInstances',
  ],
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

/** The same of a worklist (PS3.4 Table K.6-1). */
const worklistKeys = [
  'PatientName',
  'PatientID',
  'PatientBirthDate',
  'PatientSex',
  'AccessionNumber',
  'ReferringPhysicianName',
  'StudyInstanceUID',
  'RequestedProcedureID',
  'RequestedProcedureDescription',
  ...[
    'Modality',
    'ScheduledStationAETitle',
    'ScheduledStationName',
    'ScheduledProcedureStepStartDate',
    'ScheduledProcedureStepStartTime',
    'ScheduledPerformingPhysicianName',
    'ScheduledProcedureStepDescription',
    'ScheduledProcedureStepID',
  ].map((keyword) => `ScheduledProcedureStepSequence.${keyword}`),
];

const models = { study: 'study-root', patient: 'patient-root', worklist: 'modality-worklist' } as const;
const levels = { patient: 'PATIENT', study: 'STUDY', series: 'SERIES', image: 'IMAGE' } as const;

/** C-FIND: a line per match, DICOM keywords as keys, text decoded. */
export function find(args: Arguments, signal: AbortSignal): Promise<number> {
  const target: QueryTarget = { ...targetOf(args), ...characterSetsOf(args) };
  const question = questionOf(args);
  return working(target, async () => {
    for await (const match of findRaw(target, question, signal)) tell(toJson(match));
    return 0;
  });
}

function questionOf(args: Arguments): RawQuestion {
  const model = oneOf<(typeof models)[keyof typeof models]>(
    models,
    optional(args, 'model') ?? 'study',
    'model',
  );
  const level = levelOf(args, model);
  const keys = findKeys(all(args, 'match'), level === null ? worklistKeys : returnKeys[level]);
  return { model, level, keys };
}

function levelOf(args: Arguments, model: RawQuestion['model']): RawQuestion['level'] {
  const text = optional(args, 'level');
  if (model === 'modality-worklist') {
    if (text === null) return null;
    throw new UsageError('--level: A worklist has no levels.');
  }
  const level = oneOf<(typeof levels)[keyof typeof levels]>(levels, text?.toLowerCase() ?? 'study', 'level');
  if (level !== 'PATIENT' || model === 'patient-root') return level;
  throw new UsageError('--level patient is for --model patient.');
}

function characterSetsOf(args: Arguments): Pick<QueryTarget, 'characterSet' | 'decodeAs'> {
  const characterSet = optional(args, 'charset');
  const decodeAs = optional(args, 'decode-as');
  return {
    ...(characterSet === null
      ? {}
      : { characterSet: checked(SpecificCharacterSet, characterSet, 'charset') }),
    ...(decodeAs === null ? {} : { decodeAs: checked(DecodeAs, decodeAs, 'decode-as') }),
  };
}
