import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The public key by which the administrator's files must be signed. */
export type SigningKey =
  /** None was installed: files are taken as they are. */
  | { readonly kind: 'none' }
  | { readonly kind: 'key'; readonly key: KeyObject }
  /** One was installed and can't be used, so that nothing can be trusted. */
  | { readonly kind: 'unusable'; readonly file: string };

/** Reads `admin-ini/public-key.pem` (Ed25519, SPKI) of the program's folder, which only an installer writes. */
export function readSigningKey(programFolder: string): SigningKey {
  const file = join(programFolder, 'admin-ini', 'public-key.pem');
  if (!existsSync(file)) return { kind: 'none' };
  try {
    const key = createPublicKey(readFileSync(file));
    return key.asymmetricKeyType === 'ed25519' ? { kind: 'key', key } : { kind: 'unusable', file };
  } catch {
    return { kind: 'unusable', file };
  }
}

/** Why the file is not to be trusted; `null`: it is. Its signature lies beside it, as `X.ini.sig`. */
export function signatureProblem(file: string, bytes: Uint8Array, signing: SigningKey): string | null {
  switch (signing.kind) {
    case 'none':
      return null;
    case 'unusable':
      return `The public key in ${signing.file} is not one for Ed25519, so no file can be trusted. Install it anew.`;
    case 'key': {
      const signature = readSignature(`${file}.sig`);
      if (signature === null) {
        return `The file must be signed, and there is no signature in ${file}.sig. Sign it, and put it there.`;
      }
      if (verify(null, bytes, signing.key, signature)) return null;
      return `The signature in ${file}.sig does not fit this file, so nothing of it is used. Sign it anew.`;
    }
  }
}

const signatureBytes = 64;

/** 64 bytes as they are, or in base64. */
function readSignature(file: string): Uint8Array | null {
  try {
    const bytes = readFileSync(file);
    if (bytes.length === signatureBytes) return bytes;
    return Buffer.from(bytes.toString('latin1').trim(), 'base64');
  } catch {
    return null;
  }
}
