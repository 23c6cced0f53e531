import type { StudyMatch } from '../contract/study.ts';
import { numberOf, textOf, textsOf, type Attributes } from '../dataset/index.ts';

/** What an answer at study level says, its text decoded by its own character set. */
export function studyMatch(attributes: Attributes): StudyMatch {
  return {
    studyInstanceUid: textOf(attributes, 'StudyInstanceUID'),
    patientName: textOf(attributes, 'PatientName'),
    patientId: textOf(attributes, 'PatientID'),
    patientBirthDate: textOf(attributes, 'PatientBirthDate'),
    patientSex: textOf(attributes, 'PatientSex'),
    studyDate: textOf(attributes, 'StudyDate'),
    studyTime: textOf(attributes, 'StudyTime'),
    modalities: modalitiesOf(attributes),
    studyDescription: textOf(attributes, 'StudyDescription'),
    accessionNumber: textOf(attributes, 'AccessionNumber'),
    referringPhysicianName: textOf(attributes, 'ReferringPhysicianName'),
    studyId: textOf(attributes, 'StudyID'),
    seriesCount: numberOf(attributes, 'NumberOfStudyRelatedSeries'),
    instanceCount: numberOf(attributes, 'NumberOfStudyRelatedInstances'),
  };
}

/** Modalities in Study, or from servers that do not keep it the Modality some of them send instead. */
function modalitiesOf(attributes: Attributes): readonly string[] {
  const inStudy = named(textsOf(attributes, 'ModalitiesInStudy'));
  return inStudy.length > 0 ? inStudy : named(textsOf(attributes, 'Modality'));
}

function named(modalities: readonly string[]): readonly string[] {
  return [...new Set(modalities.filter((modality) => modality !== ''))];
}
