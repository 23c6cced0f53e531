import { createHmac, createPrivateKey, timingSafeEqual } from 'node:crypto';
import type { KeyObject, X509Certificate } from 'node:crypto';
import { FailureError, type CertificateCause } from '../../contract/failure.ts';
import { certificateFailure } from '../certificate-failure.ts';
import { readCertificate } from '../read-certificates.ts';
import { childOf, numberOf, objectIdentifierOf, octetsOf, readBer, Tag } from './ber.ts';
import type { BerValue } from './ber.ts';
import { decryptContent } from './decrypt-content.ts';
import type { Password } from './decrypt-content.ts';
import { deriveKey, Purpose } from './derive-key.ts';

export interface Pkcs12Content {
  readonly certificates: readonly X509Certificate[];
  readonly keys: readonly KeyObject[];
}

const maximumBytes = 1_000_000;

/** A PFX begins with its version, 3; a certificate does not. */
export function isPkcs12(bytes: Uint8Array): boolean {
  if (bytes[0] !== Tag.sequence || bytes.length > maximumBytes) return false;
  const length = bytes[1] ?? 0;
  const at = length <= 0x80 ? 2 : 2 + (length & 0x7f);
  return bytes[at] === Tag.integer && bytes[at + 1] === 1 && bytes[at + 2] === 3;
}

/**
 * Opens a PKCS#12 file (RFC 7292). Node could hand it to TLS as it is, but would then trust every
 * authority in it, and could not say what is wrong with it.
 *
 * @throws FailureError certificate
 */
export function openPkcs12(bytes: Uint8Array, passphrase: string): Pkcs12Content {
  const pfx = readBer(Buffer.from(bytes));
  const authenticated = dataOf(childOf(pfx, 1, Tag.sequence));
  const password = matching(passphrase, authenticated, pfx.children[2]);
  try {
    const bags = readBer(authenticated).children.flatMap((info) => bagsOf(info, password));
    return {
      certificates: bags.flatMap((bag) => certificateOf(bag)),
      keys: bags.flatMap((bag) => keyOf(bag, password)),
    };
  } catch (error) {
    // Nobody was asked for a password yet: say that first.
    if (passphrase === '' && causeOf(error) === 'wrong-password')
      throw certificateFailure('password-needed', '', error);
    throw error;
  }
}

const data = '1.2.840.113549.1.7.1';
const encryptedData = '1.2.840.113549.1.7.6';

function causeOf(error: unknown): CertificateCause | null {
  return error instanceof FailureError && error.failure.step === 'certificate' ? error.failure.cause : null;
}

/** A ContentInfo of type data. */
function dataOf(info: BerValue): Buffer {
  if (objectIdentifierOf(childOf(info, 0)) !== data) throw certificateFailure('unsupported-encryption');
  return octetsOf(childOf(childOf(info, 1, Tag.context0), 0));
}

/** The password in the form that the file's MAC was made with; where it has none, as it comes. */
function matching(passphrase: string, authenticated: Buffer, mac: BerValue | undefined): Password {
  const [usual, ...others] = formsOf(passphrase);
  if (mac === undefined) return usual;
  const digest = childOf(mac, 0, Tag.sequence);
  const hash = macHashes[objectIdentifierOf(childOf(childOf(digest, 0, Tag.sequence), 0))];
  // Without a MAC that we know, decrypting tells whether the password is right.
  if (hash === undefined) return usual;
  const expected = octetsOf(childOf(digest, 1));
  if (expected.length > longestHash) throw certificateFailure('unreadable');
  const salt = octetsOf(childOf(mac, 1));
  const counted = mac.children[2];
  const iterations = counted === undefined ? 1 : numberOf(counted);
  const found = [usual, ...others].find(({ bmp }) => {
    const key = deriveKey({ hash, password: bmp, salt, iterations }, Purpose.mac, expected.length);
    const made = createHmac(hash, key).update(authenticated).digest();
    return made.length === expected.length && timingSafeEqual(made, expected);
  });
  if (found !== undefined) return found;
  if (isDamaged(authenticated, usual)) throw certificateFailure('unreadable', 'damaged');
  throw certificateFailure(passphrase === '' ? 'password-needed' : 'wrong-password');
}

/**
 * Whether the file itself has changed: what isn't locked can't be read, or the password unlocks a part of
 * it and is the right one then.
 */
function isDamaged(authenticated: Buffer, password: Password): boolean {
  const outcome = outcomeOf(() => readBer(authenticated).children);
  if (outcome.kind !== 'read') return true;
  const parts = outcome.value.map((info) => outcomeOf(() => unlock(info, password)));
  return parts.some((part) => part.kind === 'damaged' || (part.kind === 'read' && part.value));
}

/** @returns whether something in it was locked, and is not any more */
function unlock(info: BerValue, password: Password): boolean {
  const bags = bagsOf(info, password);
  for (const bag of bags) keyOf(bag, password);
  const wasLocked = objectIdentifierOf(childOf(info, 0)) === encryptedData;
  return bags.some((bag) => wasLocked || typeOf(bag) === shroudedKeyBag);
}

type PartOutcome<Value> =
  | { readonly kind: 'read'; readonly value: Value }
  | { readonly kind: 'damaged' | 'locked' };

function outcomeOf<Value>(read: () => Value): PartOutcome<Value> {
  try {
    return { kind: 'read', value: read() };
  } catch (thrown) {
    if (!(thrown instanceof FailureError)) throw thrown;
    return { kind: causeOf(thrown) === 'unreadable' ? 'damaged' : 'locked' };
  }
}

const longestHash = 64;
const macHashes: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.4': 'sha224',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/** No password is an empty string to some programs, and nothing at all to others. */
function formsOf(passphrase: string): readonly [Password, ...Password[]] {
  const utf8 = Buffer.from(passphrase, 'utf8');
  const bmp = Buffer.from(`${passphrase}\0`, 'utf16le').swap16();
  return passphrase === ''
    ? [
        { utf8, bmp },
        { utf8, bmp: Buffer.alloc(0) },
      ]
    : [{ utf8, bmp }];
}

/** The SafeBags of a ContentInfo of the authenticated safe. */
function bagsOf(info: BerValue, password: Password): readonly BerValue[] {
  if (objectIdentifierOf(childOf(info, 0)) !== encryptedData) return nested(readBer(dataOf(info)), 0);
  const content = childOf(childOf(childOf(info, 1, Tag.context0), 0, Tag.sequence), 1, Tag.sequence);
  const algorithm = childOf(content, 1, Tag.sequence);
  const plain = decryptContent(algorithm, octetsOf(childOf(content, 2)), password);
  return nested(
    decrypted(() => readBer(plain)),
    0,
  );
}

/** A wrong password may decrypt to nonsense: where there was no MAC to tell, this does. */
function decrypted<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    throw certificateFailure('wrong-password', '', error);
  }
}

const bagTypes = '1.2.840.113549.1.12.10.1';
const keyBag = `${bagTypes}.1`;
const shroudedKeyBag = `${bagTypes}.2`;
const certificateBag = `${bagTypes}.3`;
const safeContentsBag = `${bagTypes}.6`;
const x509Certificate = '1.2.840.113549.1.9.22.1';

/** Bags may hold bags. */
function nested(safeContents: BerValue, depth: number): readonly BerValue[] {
  if (depth > 4) throw certificateFailure('unreadable');
  return safeContents.children.flatMap((bag) =>
    typeOf(bag) === safeContentsBag ? nested(valueOf(bag), depth + 1) : [bag],
  );
}

function typeOf(bag: BerValue): string {
  return objectIdentifierOf(childOf(bag, 0));
}

function valueOf(bag: BerValue): BerValue {
  return childOf(childOf(bag, 1, Tag.context0), 0);
}

function certificateOf(bag: BerValue): readonly X509Certificate[] {
  if (typeOf(bag) !== certificateBag) return [];
  const value = valueOf(bag);
  if (objectIdentifierOf(childOf(value, 0)) !== x509Certificate) return [];
  return [readCertificate(octetsOf(childOf(childOf(value, 1, Tag.context0), 0)))];
}

function keyOf(bag: BerValue, password: Password): readonly KeyObject[] {
  switch (typeOf(bag)) {
    case shroudedKeyBag: {
      const value = valueOf(bag);
      const algorithm = childOf(value, 0, Tag.sequence);
      const plain = decryptContent(algorithm, octetsOf(childOf(value, 1)), password);
      return [decrypted(() => readKey(plain))];
    }
    case keyBag:
      return [readKey(valueOf(bag).encoded)];
    default:
      return [];
  }
}

function readKey(pkcs8: Buffer): KeyObject {
  try {
    return createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  } catch (error) {
    throw certificateFailure('unreadable', '', error);
  }
}
