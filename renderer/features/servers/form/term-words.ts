import type { DicomwebAuthentication } from '../../../../electron/contract/dicomweb-endpoint.ts';
import type {
  Ability,
  Lifecycle,
  Protocol,
  RetrieveMethod,
  Role,
} from '../../../../electron/contract/server-terms.ts';

/** What the terms of a record are called in the form. */
export const roleWords: Readonly<Record<Role, string>> = {
  scp: 'Provides (SCP)',
  scu: 'Calls only (SCU)',
  both: 'Both (SCP and SCU)',
};

export const abilityWords: Readonly<Record<Ability, string>> = {
  query: 'Query',
  retrieve: 'Retrieve',
  send: 'Send',
  mwl: 'Worklist',
  commit: 'Storage commitment',
  print: 'Print',
};

export const protocolWords: Readonly<Record<Protocol, string>> = {
  dicom: 'DICOM',
  dicomweb: 'DICOMweb',
  both: 'DICOM and DICOMweb',
};

export const lifecycleWords: Readonly<Record<Lifecycle, string>> = {
  planned: 'Planned: test only',
  approved: 'Approved',
  production: 'In production',
  deprecated: 'Deprecated: works, with a warning',
  obsolete: 'Obsolete: not used any more',
};

export const retrieveWords: Readonly<Record<RetrieveMethod, string>> = {
  auto: 'As the server offers',
  'c-move': 'C-MOVE: it sends to our listen port',
  'c-get': 'C-GET: on our own connection',
  dicomweb: 'DICOMweb (WADO-RS)',
};

export const authenticationWords: Readonly<Record<DicomwebAuthentication, string>> = {
  none: 'None',
  basic: 'User name and password',
  bearer: 'Token',
};
