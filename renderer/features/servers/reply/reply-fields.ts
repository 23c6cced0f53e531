import type { FoundField, ReadReply } from '../../../../electron/contract/read-reply.ts';
import type { ServerFields } from '../../../../electron/contract/server-fields.ts';

/** What each field of the form is called where it is listed. */
export const fieldLabels: Readonly<Record<FoundField['field'], string>> = {
  name: 'DICOM server name',
  aeTitle: 'AE title',
  host: 'IP address or domain name',
  port: 'Port number',
  listenPort: 'Listen port number',
  preferredCompression: 'Preferred compression',
  description: 'Description',
  tls: 'TLS / secured server',
  contact: 'Contact',
  group: 'Group or location',
  organisation: 'Organisation',
  role: 'Role',
  protocol: 'Protocol',
  callingAeTitle: 'Calling AE title',
  webUrl: 'Web address',
  webQidoPath: 'QIDO-RS path',
  webWadoPath: 'WADO-RS path',
  webStowPath: 'STOW-RS path',
  webAuthentication: 'Sign in by',
  webUsername: 'User name',
  modalities: 'Modalities',
  abilities: 'Used for',
  lifecycle: 'Status',
  replacedBy: 'Replaced by',
  queryCharacterSet: 'Query character set',
  decodeAs: 'Read its text as',
  retrieveMethod: 'Retrieve method',
  maxAssociations: 'Most associations',
  connectSeconds: 'Connect, s',
  associateSeconds: 'Associate, s',
  responseSeconds: 'Answer, s',
  expectedName: 'Name in its certificate',
  authorities: 'Certificate authorities',
  clientCertificate: 'Our certificate',
  pinnedFingerprint: 'Pinned certificate, SHA-256',
  sendAssociations: 'Of them for sending',
};

/** What the reply fills into a form. */
export function fieldsOfReply({ found }: ReadReply): Partial<ServerFields> {
  return Object.fromEntries(found.map(({ field, value }) => [field, field === 'tls' ? isYes(value) : value]));
}

function isYes(value: string): boolean {
  return /^(?:yes|true|on|1)$/i.test(value);
}
