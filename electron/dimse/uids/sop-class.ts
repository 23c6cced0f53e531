import { privateStorageSopClasses, retiredStorageSopClasses } from './other-storage-sop-classes.ts';
import { storageSopClasses } from './storage-sop-classes.ts';

const serviceSopClasses = {
  Verification: ['1.2.840.10008.1.1', 'Verification'],
  PatientRootFind: ['1.2.840.10008.5.1.4.1.2.1.1', 'Patient Root Query/Retrieve Information Model - FIND'],
  PatientRootMove: ['1.2.840.10008.5.1.4.1.2.1.2', 'Patient Root Query/Retrieve Information Model - MOVE'],
  PatientRootGet: ['1.2.840.10008.5.1.4.1.2.1.3', 'Patient Root Query/Retrieve Information Model - GET'],
  StudyRootFind: ['1.2.840.10008.5.1.4.1.2.2.1', 'Study Root Query/Retrieve Information Model - FIND'],
  StudyRootMove: ['1.2.840.10008.5.1.4.1.2.2.2', 'Study Root Query/Retrieve Information Model - MOVE'],
  StudyRootGet: ['1.2.840.10008.5.1.4.1.2.2.3', 'Study Root Query/Retrieve Information Model - GET'],
  ModalityWorklistFind: ['1.2.840.10008.5.1.4.31', 'Modality Worklist Information Model - FIND'],
  StorageCommitmentPushModel: ['1.2.840.10008.1.20.1', 'Storage Commitment Push Model'],
  BasicFilmSession: ['1.2.840.10008.5.1.1.1', 'Basic Film Session'],
  BasicFilmBox: ['1.2.840.10008.5.1.1.2', 'Basic Film Box'],
  BasicGrayscaleImageBox: ['1.2.840.10008.5.1.1.4', 'Basic Grayscale Image Box'],
  BasicGrayscalePrintManagementMeta: ['1.2.840.10008.5.1.1.9', 'Basic Grayscale Print Management Meta'],
  PrintJob: ['1.2.840.10008.5.1.1.14', 'Print Job'],
  Printer: ['1.2.840.10008.5.1.1.16', 'Printer'],
  PresentationLut: ['1.2.840.10008.5.1.1.23', 'Presentation LUT'],
} as const;

const all = {
  ...serviceSopClasses,
  ...storageSopClasses,
  ...retiredStorageSopClasses,
  ...privateStorageSopClasses,
};

/** UIDs of SOP classes by the standard's names: `SopClass.CtImageStorage`. */
export const SopClass: Readonly<Record<keyof typeof all, string>> = mapValues(all, ([uid]) => uid);

/** SOP instances that every SCP of their class has (PS3.6 Table A-1). */
export const WellKnownInstance = {
  StorageCommitmentPushModel: '1.2.840.10008.1.20.1.1',
  Printer: '1.2.840.10008.5.1.1.17',
} as const;

const names: ReadonlyMap<string, string> = new Map(Object.values(all));

const storageUids: ReadonlySet<string> = new Set(
  Object.values({ ...storageSopClasses, ...retiredStorageSopClasses, ...privateStorageSopClasses }).map(
    ([uid]) => uid,
  ),
);

/** Every storage SOP class gets its UID below this root, so tomorrow's are known too. */
const storageRoot = '1.2.840.10008.5.1.4.1.1.';

export function isStorageSopClass(uid: string): boolean {
  return storageUids.has(uid) || uid.startsWith(storageRoot);
}

/** Every UID that the standard gives to a SOP class is below this root. */
const standardRoot = '1.2.840.10008.';

/** A storage class, or a manufacturer's own of which nothing is known: it may be one. */
export function canBeStorageSopClass(uid: string): boolean {
  return isStorageSopClass(uid) || !uid.startsWith(standardRoot);
}

export function sopClassName(uid: string): string | null {
  return names.get(uid) ?? null;
}

function mapValues<Key extends string, From, To>(
  object: Readonly<Record<Key, From>>,
  to: (value: From) => To,
): Readonly<Record<Key, To>> {
  const entries = Object.entries<From>(object).map(([key, value]) => [key, to(value)] as const);
  // Same keys as `object`: they were taken from it one by one.
  return Object.fromEntries(entries) as Record<Key, To>;
}
