import type { ImportCertificate } from '../../../../electron/contract/certificate.ts';
import type { FileGrant } from '../../../../electron/contract/send.ts';

/** What is to be imported of files that were dropped together. */
export interface Dropped {
  readonly kind: ImportCertificate['kind'];
  readonly file: FileGrant;
  readonly keyFile: FileGrant | null;
}

/** A PKCS#12 file, or a certificate with its key beside it, is ours; a certificate alone is an authority's. */
export function sortedOut(files: readonly FileGrant[]): Dropped | null {
  const [first, second] = files.toSorted((one, other) => Number(isKey(one)) - Number(isKey(other)));
  if (first === undefined) return null;
  const isOurs = second !== undefined || isPkcs12(first) || isKey(first);
  return { kind: isOurs ? 'identity' : 'authorities', file: first, keyFile: second ?? null };
}

function isPkcs12({ name }: FileGrant): boolean {
  return /\.(?:p12|pfx)$/i.test(name);
}

function isKey({ name }: FileGrant): boolean {
  return /\.key$|key\.pem$/i.test(name);
}
