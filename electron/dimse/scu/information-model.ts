import type { Association } from '../association/association.ts';
import { SopClass } from '../uids/sop-class.ts';

/** What is asked in: the Query/Retrieve models of PS3.4 §C.3, or the worklist of PS3.4 Annex K. */
export type FindModel = 'study-root' | 'patient-root' | 'modality-worklist';

/** A worklist can't be retrieved. */
export type RetrieveModel = Exclude<FindModel, 'modality-worklist'>;

/** PS3.4 Tables C.6.1.3-1, C.6.2.3-1 and K.6-1. */
export const findSopClasses: Readonly<Record<FindModel, string>> = {
  'study-root': SopClass.StudyRootFind,
  'patient-root': SopClass.PatientRootFind,
  'modality-worklist': SopClass.ModalityWorklistFind,
};

export const moveSopClasses: Readonly<Record<RetrieveModel, string>> = {
  'study-root': SopClass.StudyRootMove,
  'patient-root': SopClass.PatientRootMove,
};

export const getSopClasses: Readonly<Record<RetrieveModel, string>> = {
  'study-root': SopClass.StudyRootGet,
  'patient-root': SopClass.PatientRootGet,
};

/** The transfer syntax that C-FIND identifiers are to be encoded in on this association. */
export function findTransferSyntax(association: Association, model: FindModel = 'study-root'): string {
  return association.context(findSopClasses[model]).transferSyntaxUid;
}

/** The transfer syntax that C-MOVE identifiers are to be encoded in on this association. */
export function moveTransferSyntax(association: Association, model: RetrieveModel = 'study-root'): string {
  return association.context(moveSopClasses[model]).transferSyntaxUid;
}

/** The transfer syntax that C-GET identifiers are to be encoded in on this association. */
export function getTransferSyntax(association: Association, model: RetrieveModel = 'study-root'): string {
  return association.context(getSopClasses[model]).transferSyntaxUid;
}
