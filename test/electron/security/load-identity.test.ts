import { execFile } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FailureError, type Failure } from '../../../electron/contract/failure.ts';
import { loadIdentity, type IdentityFiles, type LoadedIdentity } from '../../../electron/security/index.ts';
import {
  createAuthority,
  exportPkcs12,
  lockKey,
  type Authority,
  type Identity,
} from '../../support/certificates.ts';
import { temporaryFolder, type TemporaryFolder } from '../../support/temporary-folder.ts';

const run = promisify(execFile);
const password = 'Schlüssel 1';
let folder: TemporaryFolder;
let authority: Authority;
let mine: Identity;
let other: Identity;

beforeAll(async () => {
  folder = await temporaryFolder();
  authority = await createAuthority(folder.path, 'Hospital CA');
  mine = await authority.issue('viewer', { altNames: ['DNS:viewer.example'], usage: 'clientAuth' });
  other = await authority.issue('other', { altNames: ['DNS:other.example'] });
});

afterAll(() => folder[Symbol.asyncDispose]());

function load(
  files: IdentityFiles,
  purpose: 'client' | 'server' = 'client',
  now = new Date(),
): LoadedIdentity {
  return loadIdentity(files, { purpose, now });
}

function failureOf(files: IdentityFiles, purpose?: 'client' | 'server', now?: Date): Failure {
  try {
    load(files, purpose, now);
  } catch (error) {
    if (error instanceof FailureError) return error.failure;
    throw error;
  }
  throw new Error('it did not fail');
}

function endOf(files: IdentityFiles): 'loaded' | 'refused' | 'a bug' {
  try {
    load(files);
    return 'loaded';
  } catch (error) {
    return error instanceof FailureError ? 'refused' : 'a bug';
  }
}

function pkcs12(name: string, secret = password, more: readonly string[] = [], of = mine): Promise<Buffer> {
  return exportPkcs12(join(folder.path, name), of, secret, more);
}

/** What came out, and whether the key belongs to the certificate. */
function partsOf({ identity, certificate }: LoadedIdentity): object {
  const own = new X509Certificate(identity.cert);
  const { subject, issuer, daysLeft } = certificate;
  const keyFits = own.checkPrivateKey(createPrivateKey(identity.key));
  return { fingerprint: own.fingerprint256, keyFits, subject, issuer, daysLeft };
}

function myParts(): object {
  const fingerprint = new X509Certificate(mine.cert).fingerprint256;
  return { fingerprint, keyFits: true, subject: 'viewer', issuer: 'Hospital CA', daysLeft: 9 };
}

describe('an identity in PEM', () => {
  it('is read from two files', () => {
    expect(partsOf(load({ certificate: Buffer.from(mine.cert), key: Buffer.from(mine.key) }))).toEqual(
      myParts(),
    );
  });

  it('is read from one file with everything, in any order, its own certificate first', () => {
    const everything = Buffer.from(authority.cert + other.cert + mine.key + mine.cert);

    const loaded = load({ certificate: everything });

    expect(partsOf(loaded)).toEqual(myParts());
    expect(loaded.identity.cert.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
    expect(loaded.identity.cert).not.toContain(other.cert.trim());
  });

  it.each([
    ['PKCS#8 by AES', ['-v2', 'aes-256-cbc']],
    ['PKCS#8 by 3DES', ['-v1', 'PBE-SHA1-3DES']],
    ['PKCS#8 by scrypt', ['-scrypt']],
  ])('is unlocked with its password: %s', async (_what, more) => {
    const key = await lockKey(join(folder.path, 'locked.key'), mine, 'secret', more);
    const files = { certificate: Buffer.from(mine.cert), key: Buffer.from(key) };

    expect(partsOf(load({ ...files, passphrase: 'secret' }))).toEqual(myParts());
    expect(failureOf({ ...files, passphrase: 'Secret' })).toMatchObject({ cause: 'wrong-password' });
    expect(failureOf(files)).toMatchObject({ cause: 'password-needed' });
  });

  it('is unlocked where the key is locked in OpenSSL’s old way', async () => {
    const file = join(folder.path, 'old.key');
    await run('openssl', ['ec', '-in', mine.keyFile, '-out', file, '-aes128', '-passout', 'pass:secret']);
    const files = { certificate: Buffer.from(mine.cert), key: await readFile(file) };

    expect(partsOf(load({ ...files, passphrase: 'secret' }))).toEqual(myParts());
    expect(failureOf({ ...files, passphrase: 'x' })).toMatchObject({ cause: 'wrong-password' });
    expect(failureOf(files)).toMatchObject({ cause: 'password-needed' });
  });

  it('is read from DER', async () => {
    const [certificate, key] = ['mine.cer', 'mine.p8'].map((name) => join(folder.path, name));
    await run('openssl', ['x509', '-in', mine.certFile, '-outform', 'DER', '-out', certificate!]);
    await run('openssl', [
      'pkcs8',
      '-topk8',
      '-nocrypt',
      '-in',
      mine.keyFile,
      '-outform',
      'DER',
      '-out',
      key!,
    ]);

    expect(partsOf(load({ certificate: await readFile(certificate!), key: await readFile(key!) }))).toEqual(
      myParts(),
    );
  });

  it('says what is wrong with it', () => {
    const certificate = Buffer.from(mine.cert);

    expect(failureOf({ certificate })).toMatchObject({ cause: 'no-private-key' });
    expect(failureOf({ certificate: Buffer.from(mine.key) })).toMatchObject({ cause: 'no-certificate' });
    expect(failureOf({ certificate, key: Buffer.from(other.key) })).toMatchObject({ cause: 'key-mismatch' });
    expect(failureOf({ certificate, key: Buffer.from('nonsense') })).toMatchObject({ cause: 'unreadable' });
    expect(failureOf({ certificate: Buffer.from('nonsense') })).toMatchObject({ cause: 'unreadable' });
    const cut = mine.cert.replace(/.{40}\n-----END/s, '\n-----END');
    expect(failureOf({ certificate: Buffer.from(cut), key: Buffer.from(mine.key) })).toMatchObject({
      cause: 'unreadable',
    });
  });
});

describe('an identity in PKCS#12', () => {
  it.each([
    ['as OpenSSL 3 makes it (AES-256, HMAC-SHA-256)', []],
    ['with its authority', ['-certfile', 'CA']],
    [
      'as Windows made it (3DES, SHA-1)',
      ['-certpbe', 'PBE-SHA1-3DES', '-keypbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'],
    ],
    ['as older systems made it (40 bits of RC2 for the certificate)', ['-legacy']],
    ['with two-key 3DES', ['-certpbe', 'PBE-SHA1-2DES', '-keypbe', 'PBE-SHA1-2DES']],
    ['with AES-128 and SHA-512', ['-certpbe', 'AES-128-CBC', '-keypbe', 'AES-192-CBC', '-macalg', 'sha512']],
    ['with the certificate in the open', ['-certpbe', 'NONE']],
    ['with everything in the open', ['-certpbe', 'NONE', '-keypbe', 'NONE']],
    ['without a MAC', ['-nomac']],
  ])('is read %s', async (_what, more) => {
    const options = more.map((option) => (option === 'CA' ? authority.certFile : option));

    expect(
      partsOf(load({ certificate: await pkcs12('mine.p12', password, options), passphrase: password })),
    ).toEqual(myParts());
  });

  it.each([[''], ['more than one block of the hash: '.repeat(6)], ['пароль 密码 🔑']])(
    'is opened by the password “%s”',
    async (secret) => {
      expect(partsOf(load({ certificate: await pkcs12('mine.p12', secret), passphrase: secret }))).toEqual(
        myParts(),
      );
    },
  );

  it('is read in indefinite lengths, as Firefox writes them', async () => {
    const der = await pkcs12('mine.p12');

    expect(partsOf(load({ certificate: indefinite(der), passphrase: password }))).toEqual(myParts());
  });

  it('brings its chain, and nothing else of its authorities', async () => {
    const bundle = join(folder.path, 'bundle.pem');
    await writeFile(bundle, other.cert + authority.cert);

    const { identity } = load({
      certificate: await pkcs12('mine.p12', password, ['-certfile', bundle]),
      passphrase: password,
    });

    expect(identity.cert).toContain(authority.cert.trim());
    expect(identity.cert).not.toContain(other.cert.trim());
  });

  it('says that the password is wrong, or missing', async () => {
    for (const more of [[], ['-legacy'], ['-nomac']]) {
      const certificate = await pkcs12('mine.p12', password, more);

      expect(failureOf({ certificate, passphrase: 'other' })).toMatchObject({ cause: 'wrong-password' });
      expect(failureOf({ certificate })).toMatchObject({ cause: 'password-needed' });
    }
  });

  it('says that there is no private key in it', async () => {
    const certificate = await pkcs12('mine.p12', password, ['-nokeys']);

    expect(failureOf({ certificate, passphrase: password })).toMatchObject({ cause: 'no-private-key' });
  });

  it('says that there is no certificate in it', async () => {
    const certificate = await pkcs12('mine.p12', password, ['-nocerts']);

    expect(failureOf({ certificate, passphrase: password })).toMatchObject({ cause: 'no-certificate' });
  });

  it('says that it is locked in a way we do not know', async () => {
    const certificate = await pkcs12('mine.p12', password, ['-legacy', '-keypbe', 'PBE-SHA1-RC4-128']);

    expect(failureOf({ certificate, passphrase: password })).toMatchObject({
      cause: 'unsupported-encryption',
    });
  });

  it('is refused as unreadable, never as a bug, wherever it is cut or changed', async () => {
    const whole = await pkcs12('mine.p12');

    for (let at = 0; at < whole.length; at += 23) {
      expect(failureOf({ certificate: whole.subarray(0, at), passphrase: password })).toMatchObject({
        step: 'certificate',
      });
      const changed = Buffer.from(whole);
      changed[at] = changed[at]! ^ 0x41;
      expect(endOf({ certificate: changed, passphrase: password })).not.toBe('a bug');
    }
  });

  it('is refused where it would keep us deriving its key for minutes', async () => {
    const certificate = await pkcs12('mine.p12', password, ['-iter', '1100000']);

    const started = performance.now();
    expect(failureOf({ certificate, passphrase: password })).toMatchObject({
      cause: 'unsupported-encryption',
    });
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

describe('a certificate of ours', () => {
  it('must be valid now', () => {
    const files = { certificate: Buffer.from(mine.cert), key: Buffer.from(mine.key) };

    expect(failureOf(files, 'client', new Date('2099-01-01'))).toMatchObject({
      step: 'certificate',
      cause: 'expired',
      detail: expect.stringMatching(/^viewer, \d{4}-\d\d-\d\d$/),
    });
    expect(failureOf(files, 'client', new Date('2001-01-01'))).toMatchObject({ cause: 'not-yet-valid' });
  });

  it('must be meant for what it is used for, where it says so', () => {
    const forClients = { certificate: Buffer.from(mine.cert), key: Buffer.from(mine.key) };
    const forAll = { certificate: Buffer.from(other.cert), key: Buffer.from(other.key) };

    expect(failureOf(forClients, 'server')).toEqual({
      step: 'certificate',
      cause: 'wrong-usage',
      detail: 'viewer',
    });
    expect(load(forAll, 'server').certificate.subject).toBe('other');
    expect(load(forAll, 'client').certificate.subject).toBe('other');
  });
});

/** The same values, every constructed one with an indefinite length (X.690 §8.1.3.6). */
function indefinite(der: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < der.length;) {
    const tag = der[at]!;
    const first = der[at + 1]!;
    const count = first < 0x80 ? 0 : first & 0x7f;
    const length = count === 0 ? first : der.readUIntBE(at + 2, count);
    const start = at + 2 + count;
    const content = der.subarray(start, start + length);
    parts.push(
      (tag & 0x20) === 0
        ? der.subarray(at, start + length)
        : Buffer.concat([Buffer.from([tag, 0x80]), indefinite(content), Buffer.from([0, 0])]),
    );
    at = start + length;
  }
  return Buffer.concat(parts);
}
