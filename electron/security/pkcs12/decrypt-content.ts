import { createDecipheriv, pbkdf2Sync } from 'node:crypto';
import { certificateFailure } from '../certificate-failure.ts';
import { childOf, numberOf, objectIdentifierOf, octetsOf, Tag } from './ber.ts';
import type { BerValue } from './ber.ts';
import { checkIterations, deriveKey, Purpose } from './derive-key.ts';
import { decryptRc2Cbc } from './rc2.ts';

/** A password in both forms that PKCS#12 knows. */
export interface Password {
  /** For PBES2 (RFC 8018). */
  readonly utf8: Buffer;
  /** For PKCS#12's own schemes: UTF-16 big-endian with two zero bytes (RFC 7292 §B.1). */
  readonly bmp: Buffer;
}

/**
 * Decrypts by an AlgorithmIdentifier.
 *
 * @throws FailureError certificate: wrong-password (or damaged bytes: it can't be told),
 *   unsupported-encryption, unreadable
 */
export function decryptContent(algorithm: BerValue, encrypted: Buffer, password: Password): Buffer {
  const name = objectIdentifierOf(childOf(algorithm, 0));
  const parameters = childOf(algorithm, 1, Tag.sequence);
  if (name === pbes2) return decryptPbes2(parameters, encrypted, password);
  const scheme = pkcs12Schemes[name];
  if (scheme === undefined) throw certificateFailure('unsupported-encryption', name);
  const salt = octetsOf(childOf(parameters, 0));
  const iterations = numberOf(childOf(parameters, 1));
  const derivation = { hash: 'sha1', password: password.bmp, salt, iterations };
  const key = deriveKey(derivation, Purpose.key, scheme.keyBytes);
  const initialVector = deriveKey(derivation, Purpose.initialVector, 8);
  if (scheme.cipher === 'rc2') return withoutPadding(decryptRc2Cbc(key, initialVector, encrypted));
  const whole = scheme.keyBytes === 16 ? Buffer.concat([key, key.subarray(0, 8)]) : key;
  return decipher(scheme.cipher, { key: whole, initialVector }, encrypted);
}

const pbes2 = '1.2.840.113549.1.5.13';
const pbkdf2 = '1.2.840.113549.1.5.12';

/** RFC 7292 §C; those with RC4 are left out. */
const pkcs12Schemes: Readonly<
  Record<string, { readonly cipher: 'rc2' | 'des-ede3-cbc'; readonly keyBytes: number }>
> = {
  '1.2.840.113549.1.12.1.3': { cipher: 'des-ede3-cbc', keyBytes: 24 },
  '1.2.840.113549.1.12.1.4': { cipher: 'des-ede3-cbc', keyBytes: 16 },
  '1.2.840.113549.1.12.1.5': { cipher: 'rc2', keyBytes: 16 },
  '1.2.840.113549.1.12.1.6': { cipher: 'rc2', keyBytes: 5 },
};

/** RFC 8018 §B.2.2, §B.2.5. */
const pbes2Ciphers: Readonly<Record<string, { readonly cipher: string; readonly keyBytes: number }>> = {
  '2.16.840.1.101.3.4.1.2': { cipher: 'aes-128-cbc', keyBytes: 16 },
  '2.16.840.1.101.3.4.1.22': { cipher: 'aes-192-cbc', keyBytes: 24 },
  '2.16.840.1.101.3.4.1.42': { cipher: 'aes-256-cbc', keyBytes: 32 },
  '1.2.840.113549.3.7': { cipher: 'des-ede3-cbc', keyBytes: 24 },
};

/** RFC 8018 §B.1. */
const pseudorandomFunctions: Readonly<Record<string, string>> = {
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.8': 'sha224',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
};

/** RFC 8018 §6.2. */
function decryptPbes2(parameters: BerValue, encrypted: Buffer, { utf8 }: Password): Buffer {
  const derivation = childOf(parameters, 0, Tag.sequence);
  const encryption = childOf(parameters, 1, Tag.sequence);
  const scheme = pbes2Ciphers[objectIdentifierOf(childOf(encryption, 0))];
  if (objectIdentifierOf(childOf(derivation, 0)) !== pbkdf2 || scheme === undefined) {
    throw certificateFailure('unsupported-encryption');
  }
  const [salt, iterations, ...rest] = childOf(derivation, 1, Tag.sequence).children;
  if (salt === undefined || iterations === undefined) throw certificateFailure('unreadable');
  const rounds = checkIterations(numberOf(iterations));
  // The length of the key may stand in between; without the last, it is HMAC-SHA-1.
  const named = rest.find(({ tag }) => tag === Tag.sequence);
  const hash = named === undefined ? 'sha1' : pseudorandomFunctions[objectIdentifierOf(childOf(named, 0))];
  if (hash === undefined || rounds === 0) throw certificateFailure('unsupported-encryption');
  const key = pbkdf2Sync(utf8, octetsOf(salt), rounds, scheme.keyBytes, hash);
  return decipher(scheme.cipher, { key, initialVector: octetsOf(childOf(encryption, 1)) }, encrypted);
}

function decipher(
  cipher: string,
  { key, initialVector }: { readonly key: Buffer; readonly initialVector: Buffer },
  encrypted: Buffer,
): Buffer {
  try {
    const opening = createDecipheriv(cipher, key, initialVector);
    return Buffer.concat([opening.update(encrypted), opening.final()]);
  } catch (error) {
    throw certificateFailure('wrong-password', '', error);
  }
}

/** RFC 8018 §6.1.1: as many bytes as each of them says. */
function withoutPadding(plain: Buffer): Buffer {
  const count = plain.at(-1) ?? 0;
  const padding = plain.subarray(plain.length - count);
  if (count < 1 || count > 8 || padding.some((byte) => byte !== count))
    throw certificateFailure('wrong-password');
  return plain.subarray(0, plain.length - count);
}
