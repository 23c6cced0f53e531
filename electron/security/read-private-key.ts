import { createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { certificateFailure } from './certificate-failure.ts';
import { isPem } from './read-certificates.ts';

/**
 * The private key of a PEM file, or of a DER file (PKCS#8), decrypted.
 *
 * @throws FailureError certificate: no-private-key, password-needed, wrong-password,
 *   unsupported-encryption, unreadable
 */
export function readPrivateKey(file: Uint8Array, passphrase: string): KeyObject {
  if (!isPem(file)) return readDer(file, passphrase);
  const block = keyBlock.exec(Buffer.from(file).toString('latin1'))?.[0];
  if (block === undefined) throw certificateFailure('no-private-key');
  const isEncrypted = /^-----BEGIN ENCRYPTED|^Proc-Type: 4,ENCRYPTED/m.test(block);
  if (isEncrypted && passphrase === '') throw certificateFailure('password-needed');
  try {
    return createPrivateKey({ key: block, format: 'pem', passphrase });
  } catch (error) {
    throw isEncrypted ? lockedFailure(error) : certificateFailure('unreadable', '', error);
  }
}

/** With the lines of the old OpenSSL encryption (RFC 1421 §4.6), which hold hyphens. */
const keyBlock =
  /-----BEGIN (?:ENCRYPTED |RSA |EC )?PRIVATE KEY-----[\s\S]*?-----END (?:ENCRYPTED |RSA |EC )?PRIVATE KEY-----/;

function readDer(file: Uint8Array, passphrase: string): KeyObject {
  try {
    return createPrivateKey({ key: Buffer.from(file), format: 'der', type: 'pkcs8', passphrase });
  } catch (error) {
    throw certificateFailure('unreadable', '', error);
  }
}

/** A wrong password may also decrypt to nonsense, so every fault but one is its fault. */
function lockedFailure(error: unknown): Error {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : '';
  const isUnknown = code === 'ERR_OSSL_EVP_UNSUPPORTED';
  return certificateFailure(isUnknown ? 'unsupported-encryption' : 'wrong-password', '', error);
}
