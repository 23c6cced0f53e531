import {
  isStorageSopClass,
  SopClass,
  sopClassName,
  storageScp,
  verificationScp,
  commitmentReports,
  type Service,
} from '../../electron/dimse/index.ts';
import { findSopClasses, getSopClasses, moveSopClasses } from '../../electron/dimse/scu/information-model.ts';
import { table } from './table.ts';

/** What we ask of others, by DIMSE service. */
const asked: Readonly<Record<string, readonly string[]>> = {
  'C-ECHO': [SopClass.Verification],
  'C-FIND, C-CANCEL': Object.values(findSopClasses),
  'C-MOVE, C-CANCEL': Object.values(moveSopClasses),
  'C-GET, C-CANCEL': Object.values(getSopClasses),
  'N-ACTION': [SopClass.StorageCommitmentPushModel],
  'N-CREATE, N-SET, N-ACTION, N-GET, N-DELETE': [
    SopClass.BasicGrayscalePrintManagementMeta,
    SopClass.BasicFilmSession,
    SopClass.BasicFilmBox,
    SopClass.BasicGrayscaleImageBox,
    SopClass.Printer,
    SopClass.PrintJob,
    SopClass.PresentationLut,
  ],
};

/** The services that a listener is given; what they serve is asked of them. */
const served: Readonly<Record<string, Service>> = {
  'C-ECHO': verificationScp(),
  'N-EVENT-REPORT': commitmentReports({
    store: { open: never, find: never, settle: never, forget: never },
    onReport: () => undefined,
  }),
};

/** Every SOP class that is not storage, with the services we use and those we serve on it. */
export function networkServices(): string {
  const rows = Object.values(SopClass)
    .filter((uid) => !isStorageSopClass(uid))
    .map((uid) => [
      sopClassName(uid) ?? '',
      `\`${uid}\``,
      servicesOf(asked, (uids) => uids.includes(uid)),
      servicesOf(served, (service) => service.serves(uid)),
    ]);
  return table(['SOP class', 'UID', 'SCU', 'SCP'], [...rows, ['Storage', 'see below', 'C-STORE', 'C-STORE']]);
}

export function storageClasses(): string {
  const receiver = storageScp({ store: { begin: notAsked }, preferred: () => 'as-stored' });
  const uids = Object.values(SopClass).filter((uid) => receiver.serves(uid));
  return table(
    ['SOP class', 'UID'],
    uids.map((uid) => [sopClassName(uid) ?? '', `\`${uid}\``]),
  );
}

function servicesOf<Kind>(services: Readonly<Record<string, Kind>>, has: (kind: Kind) => boolean): string {
  return Object.entries(services)
    .filter(([, kind]) => has(kind))
    .map(([name]) => name)
    .join(', ');
}

function never(): Promise<never> {
  return Promise.reject(new Error('nothing is kept while the statement is written'));
}

function notAsked(): never {
  throw new Error('nothing is received while the statement is written');
}
