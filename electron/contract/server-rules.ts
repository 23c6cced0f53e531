import type { ServerField, ServerFields } from './server-fields.ts';

/** `plain`: a person with a few servers; `strict`: a register that other systems read. */
export type Profile = 'plain' | 'strict';

/** `error`: it can't be used so; `warning`: somebody should look; `hint`: it could be better. */
export type Severity = 'error' | 'warning' | 'hint';

export interface ServerProblem {
  readonly severity: Severity;
  readonly field: ServerField;
  readonly message: string;
}

/** What the fields of a record must be to each other. */
export interface ServerRule {
  /** For the tests and for people who talk about it. */
  readonly id: string;
  readonly field: ServerField;
  readonly severity: Readonly<Record<Profile, Severity>>;
  readonly message: string;
  readonly broken: (fields: ServerFields) => boolean;
}

const always = { plain: 'error', strict: 'error' } as const;
const watched = { plain: 'warning', strict: 'error' } as const;
const advised = { plain: 'hint', strict: 'error' } as const;
const noticed = { plain: 'warning', strict: 'warning' } as const;

const isEmpty = (text: string): boolean => text.trim() === '';
const usesDicom = ({ protocol }: ServerFields): boolean => protocol !== 'dicomweb';
const usesWeb = ({ protocol }: ServerFields): boolean => ['dicomweb', 'both'].includes(protocol);

export const serverRules: readonly ServerRule[] = [
  {
    id: 'ae-title-missing',
    field: 'aeTitle',
    severity: always,
    message: 'The AE title is missing. Enter its 1 to 16 characters.',
    broken: (fields) => usesDicom(fields) && isEmpty(fields.aeTitle),
  },
  {
    id: 'host-missing',
    field: 'host',
    severity: always,
    message: 'The IP address or domain name is missing. Enter one.',
    broken: (fields) => usesDicom(fields) && isEmpty(fields.host),
  },
  {
    id: 'port-missing',
    field: 'port',
    severity: always,
    message: 'The port is missing. A port is a whole number from 1 to 65535.',
    broken: (fields) => usesDicom(fields) && isEmpty(fields.port),
  },
  {
    id: 'url-missing',
    field: 'webUrl',
    severity: always,
    message: 'The DICOMweb address is missing. Enter one such as https://pacs.example/dicom-web.',
    broken: (fields) => usesWeb(fields) && isEmpty(fields.webUrl),
  },
  {
    id: 'username-missing',
    field: 'webUsername',
    severity: always,
    message: 'The user name is missing. Enter the one to sign in with.',
    broken: ({ webAuthentication, webUsername }) => webAuthentication === 'basic' && isEmpty(webUsername),
  },
  {
    id: 'secret-in-clear',
    field: 'webUrl',
    severity: watched,
    message: 'A password or token would cross the network in clear. Use an address with https://.',
    broken: ({ webAuthentication, webUrl }) => webAuthentication !== 'none' && /^\s*http:/i.test(webUrl),
  },
  {
    id: 'method-without-dicom',
    field: 'retrieveMethod',
    severity: always,
    message:
      'C-MOVE and C-GET are DICOM, and this server is asked by DICOMweb only. Choose auto or dicomweb.',
    broken: (fields) => !usesDicom(fields) && ['c-move', 'c-get'].includes(fields.retrieveMethod),
  },
  {
    id: 'method-without-web',
    field: 'retrieveMethod',
    severity: always,
    message: 'This server is not asked by DICOMweb. Choose another retrieve method, or the protocol both.',
    broken: (fields) => !usesWeb(fields) && fields.retrieveMethod === 'dicomweb',
  },
  {
    id: 'role-undeclared',
    field: 'role',
    severity: advised,
    message: 'The role is missing. Say whether it is an SCP, an SCU or both.',
    broken: ({ role }) => isEmpty(role),
  },
  {
    id: 'modality-missing',
    field: 'modalities',
    severity: advised,
    message: 'The modality is missing. An SCU has at least one, such as CT.',
    broken: ({ role, modalities }) => ['scu', 'both'].includes(role) && isEmpty(modalities),
  },
  {
    id: 'replacement-missing',
    field: 'replacedBy',
    severity: { plain: 'hint', strict: 'warning' },
    message: 'It is deprecated, and nothing says what takes its place. Name that server.',
    broken: ({ lifecycle, replacedBy }) => lifecycle === 'deprecated' && isEmpty(replacedBy),
  },
  {
    id: 'certificate-without-tls',
    field: 'clientCertificate',
    severity: noticed,
    message: 'A certificate is shown by TLS only, and TLS is off. Turn it on, or remove the certificate.',
    broken: (fields) => !isEmpty(fields.clientCertificate) && !hasTls(fields),
  },
  {
    id: 'pin-without-tls',
    field: 'pinnedFingerprint',
    severity: noticed,
    message: 'A fingerprint is compared by TLS only, and TLS is off. Turn it on, or remove the fingerprint.',
    broken: (fields) => !isEmpty(fields.pinnedFingerprint) && !hasTls(fields),
  },
];

function hasTls(fields: ServerFields): boolean {
  return (usesDicom(fields) && fields.tls) || (usesWeb(fields) && /^\s*https:/i.test(fields.webUrl));
}

/** What a record breaks by itself. */
export function brokenRules(fields: ServerFields, profile: Profile): readonly ServerProblem[] {
  return serverRules
    .filter(({ broken }) => broken(fields))
    .map(({ severity, field, message }) => ({ severity: severity[profile], field, message }));
}
