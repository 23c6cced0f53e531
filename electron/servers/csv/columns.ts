import { fieldNames, type ServerField } from '../../contract/server-fields.ts';
import { serverKeys } from '../server-keys.ts';

/** The ID has a column too, so that a list that is brought back finds its servers. */
export type Column = ServerField | 'id';

/** In the order in which they are written. */
export const columns: readonly Column[] = ['id', ...fieldNames];

export function headingOf(column: Column): string {
  return column === 'id' ? 'id' : serverKeys[column];
}

/** What people call the columns, without spaces and signs and in lower case. */
const otherHeadings: Readonly<Record<string, Column>> = {
  servername: 'name',
  displayname: 'name',
  title: 'name',
  aetitle: 'aeTitle',
  aet: 'aeTitle',
  calledae: 'aeTitle',
  calledaetitle: 'aeTitle',
  applicationentitytitle: 'aeTitle',
  hostname: 'host',
  ip: 'host',
  ipaddress: 'host',
  address: 'host',
  ipaddressordomainname: 'host',
  portnumber: 'port',
  dicomport: 'port',
  listenport: 'listenPort',
  listenportnumber: 'listenPort',
  preferredcompression: 'preferredCompression',
  verifycertificate: 'verifyCertificate',
  verifyservercertificate: 'verifyCertificate',
  comment: 'description',
  location: 'group',
  organization: 'organisation',
  callingaetitle: 'callingAeTitle',
  webaddress: 'webUrl',
  dicomweburl: 'webUrl',
  endpointurl: 'webUrl',
  modalities: 'modalities',
  usedfor: 'abilities',
  lifecycle: 'lifecycle',
  charset: 'queryCharacterSet',
};

/** Which column a heading names; `null`: none that is known. */
export function columnOf(heading: string): Column | null {
  const plain = heading.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const own = columns.find((column) => plain === headingOf(column).replaceAll('_', ''));
  const named = columns.find((column) => plain === column.toLowerCase());
  return own ?? named ?? (Object.hasOwn(otherHeadings, plain) ? (otherHeadings[plain] ?? null) : null);
}
