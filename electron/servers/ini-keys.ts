import { policyNames } from '../contract/policy.ts';
import { serverKeys } from './server-keys.ts';

/** Keys of `[local]` that a person may set too, so that they can be locked. */
export const localKeyNames = [
  'ae_title',
  'listen_port',
  'listen_address',
  'listen_tls',
  'listen_cert',
  'unknown_classes',
  'archive_folder',
] as const;

/** The private key of a certificate, where it is a file of its own. */
export const keyFileKeys = { client: 'client_key', listener: 'listen_key' } as const;

/** Every key that the format has, by kind of section. */
export const iniKeys = {
  file: ['version', 'site', 'issued', 'contact'],
  policy: [...policyNames, 'locked'],
  local: [...localKeyNames, keyFileKeys.listener],
  server: [...Object.values(serverKeys), keyFileKeys.client],
  link: ['source', 'target', 'direction', 'status', 'organisation', 'description'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
