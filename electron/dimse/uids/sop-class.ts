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
} as const;

const all = {
  ...serviceSopClasses,
  ...storageSopClasses,
  ...retiredStorageSopClasses,
  ...privateStorageSopClasses,
};

/** UIDs of SOP classes by the standard's names: `SopClass.CtImageStorage`. */
export const SopClass: Readonly<Record<keyof typeof all, string>> = mapValues(all, ([uid]) => uid);

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
