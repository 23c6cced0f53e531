import { createAuthority, selfSigned, type Authority, type Identity } from './certificates.ts';
import { temporaryFolder } from './temporary-folder.ts';

const past = { from: '20200101000000Z', to: '20200201000000Z' };
const future = { from: '20900101000000Z', to: '20910101000000Z' };

export interface TlsIdentities extends AsyncDisposable {
  readonly folder: string;
  readonly trusted: Authority;
  readonly other: Authority;
  /** For localhost and 127.0.0.1, as all that don't say otherwise. */
  readonly good: Identity;
  readonly rsa: Identity;
  /** For pacs.example alone. */
  readonly named: Identity;
  readonly expired: Identity;
  readonly notYetValid: Identity;
  readonly revoked: Identity;
  readonly unknownCa: Identity;
  readonly selfSigned: Identity;
  /** Client authentication only. */
  readonly client: Identity;
  /** Server authentication only. */
  readonly server: Identity;
  /** The list that names `revoked`. */
  readonly crl: string;
}

/** A trusted and another authority, with one certificate for each thing that can be wrong. */
export async function makeTlsIdentities(): Promise<TlsIdentities> {
  const temporary = await temporaryFolder();
  const folder = temporary.path;
  const trusted = await createAuthority(`${folder}/trusted`, 'Trusted');
  const other = await createAuthority(`${folder}/other`, 'Other');
  const altNames = ['DNS:localhost', 'IP:127.0.0.1'];
  const identities = {
    good: await trusted.issue('good', { altNames }),
    rsa: await trusted.issue('rsa', { altNames, algorithm: 'rsa' }),
    named: await trusted.issue('named', { altNames: ['DNS:pacs.example'] }),
    expired: await trusted.issue('expired', { altNames, ...past }),
    notYetValid: await trusted.issue('early', { altNames, ...future }),
    revoked: await trusted.issue('revoked', { altNames }),
    client: await trusted.issue('client', { altNames, usage: 'clientAuth' }),
    server: await trusted.issue('server', { altNames, usage: 'serverAuth' }),
    unknownCa: await other.issue('unknown', { altNames }),
    selfSigned: await selfSigned(folder, 'self'),
  };
  const crl = await trusted.revoke(identities.revoked);
  return {
    folder,
    trusted,
    other,
    ...identities,
    crl,
    [Symbol.asyncDispose]: () => temporary[Symbol.asyncDispose](),
  };
}
