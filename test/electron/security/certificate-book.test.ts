import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CertificateId } from '../../../electron/contract/certificate-id.ts';
import { describeFailure } from '../../../electron/contract/describe-failure.ts';
import { FailureError, type Failure } from '../../../electron/contract/failure.ts';
import { openCertificateBook, type CertificateBook } from '../../../electron/security/index.ts';
import { exportPkcs12, lockKey, type Identity } from '../../support/certificates.ts';
import { keyring } from '../../support/keyring.ts';
import { temporaryFolder, type TemporaryFolder } from '../../support/temporary-folder.ts';
import { makeTlsIdentities, type TlsIdentities } from '../../support/tls-identities.ts';

const password = 'Schlüssel 1';
let made: TlsIdentities;
let folder: TemporaryFolder;

beforeAll(async () => {
  made = await makeTlsIdentities();
});

afterAll(() => made[Symbol.asyncDispose]());

beforeEach(async () => {
  folder = await temporaryFolder();
  return () => folder[Symbol.asyncDispose]();
});

let counter = 0;
const open = (box = keyring()): Promise<CertificateBook> =>
  openCertificateBook({
    folder: join(folder.path, 'certificates'),
    box,
    newId: () => `certificate-${counter++}`,
    now: () => new Date(),
  });

const pkcs12 = (identity: Identity, more: readonly string[] = []) =>
  exportPkcs12(join(folder.path, 'exported.p12'), identity, password, more);

const clientFiles = async () => ({ certificate: await pkcs12(made.client), passphrase: password });

async function failureOf(work: Promise<unknown> | (() => unknown)): Promise<Failure> {
  try {
    await (typeof work === 'function' ? work() : work);
  } catch (thrown) {
    if (thrown instanceof FailureError) return thrown.failure;
    throw thrown;
  }
  throw new Error('it did not fail');
}

describe('a PKCS#12 file that can’t be used', () => {
  it('is refused by its own cause, in its own words, and nothing of it stays', async () => {
    const book = await open();
    const whole = await pkcs12(made.client);
    const signing = await made.trusted.issue('signing', {
      altNames: ['DNS:localhost'],
      usage: 'codeSigning',
    });
    const damaged = Buffer.from(whole);
    damaged[Math.floor(damaged.length / 2)]! ^= 0x20;
    const files: readonly (readonly [string, Buffer, string, string])[] = [
      ['wrong-password', whole, 'other', 'The password does not open this file.'],
      ['no-private-key', await pkcs12(made.client, ['-nokeys']), password, 'The private key is missing.'],
      ['expired', await pkcs12(made.expired), password, 'Your certificate has expired.'],
      ['not-yet-valid', await pkcs12(made.notYetValid), password, 'Your certificate is not valid yet.'],
      ['wrong-usage', await pkcs12(signing), password, 'Your certificate is not meant for this use.'],
      ['unreadable', damaged, password, 'This file holds no certificate or key that can be read.'],
      [
        'unreadable',
        whole.subarray(0, 700),
        password,
        'This file holds no certificate or key that can be read.',
      ],
    ];

    for (const [cause, certificate, passphrase, title] of files) {
      const failure = await failureOf(book.importIdentity({ certificate, passphrase }));

      expect(failure).toMatchObject({ step: 'certificate', cause });
      expect(describeFailure(failure, { server: '', ourAeTitle: '' }).title).toBe(title);
    }
    expect(book.list()).toEqual([]);
    expect(await readdir(join(folder.path, 'certificates'))).toEqual([]);
  });

  it('is called damaged, not wrongly unlocked, wherever a byte of it has changed', async () => {
    const book = await open();
    const whole = await pkcs12(made.client);
    const causes = new Set<string>();

    for (let at = 40; at < whole.length - 120; at += 37) {
      const damaged = Buffer.from(whole);
      damaged[at]! ^= 0x20;
      const failure = await failureOf(book.importIdentity({ certificate: damaged, passphrase: password }));
      causes.add('cause' in failure ? failure.cause : failure.step);
    }

    // A byte of the algorithm's own parameters may still pass for another way of locking it.
    expect([...causes].filter((cause) => cause !== 'unsupported-encryption')).toEqual(['unreadable']);
  });
});

describe('an imported certificate of ours', () => {
  it('is given only for what it says it is for', async () => {
    const book = await open();
    const client = await book.importIdentity({
      certificate: await pkcs12(made.client),
      passphrase: password,
    });
    const server = await book.importIdentity({
      certificate: await pkcs12(made.server),
      passphrase: password,
    });
    const any = await book.importIdentity({ certificate: await pkcs12(made.good), passphrase: password });
    const refused = { step: 'certificate', cause: 'wrong-usage' };

    expect(await failureOf(() => book.identityFor(client, 'server'))).toMatchObject(refused);
    expect(await failureOf(() => book.identityFor(server))).toMatchObject(refused);
    expect(book.identityFor(server, 'server').cert).toContain('BEGIN CERTIFICATE');
    expect(book.identityFor(any, 'client')).toEqual(book.identityFor(any, 'server'));
  });

  it('is listed with what a person tells it by, and given to connections', async () => {
    const book = await open();
    const bundle = join(folder.path, 'chain.pem');
    await writeFile(bundle, made.trusted.cert);
    const certificate = await pkcs12(made.client, ['-certfile', bundle]);

    const id = await book.importIdentity({ certificate, passphrase: password });

    expect(book.list()).toMatchObject([
      {
        id,
        kind: 'identity',
        key: 'sealed',
        origin: { kind: 'user' },
        certificates: [
          {
            subject: 'client',
            issuer: 'Trusted',
            names: ['DNS:localhost', 'IP Address:127.0.0.1'],
            purposes: ['client'],
            daysLeft: 9,
            fingerprint: new X509Certificate(made.client.cert).fingerprint256,
          },
          { subject: 'Trusted', isAuthority: true },
        ],
      },
    ]);
    const { cert, key } = book.identityFor(id);
    expect(cert).toContain(made.client.cert.trim());
    expect(key).toContain('PRIVATE KEY');
    expect(JSON.stringify(book.list())).not.toContain('PRIVATE KEY');
  });

  it('comes as a pair of PEM files in any order, its key locked or not', async () => {
    const book = await open();
    const certificate = Buffer.from(made.client.cert);
    const key = Buffer.from(await lockKey(join(folder.path, 'locked.key'), made.client, password));

    expect(await failureOf(book.importIdentity({ certificate, key }))).toMatchObject({
      cause: 'password-needed',
    });
    expect(await failureOf(book.importIdentity({ certificate, key, passphrase: 'other' }))).toMatchObject({
      cause: 'wrong-password',
    });
    await book.importIdentity({ certificate: key, key: certificate, passphrase: password });

    expect(book.list()).toHaveLength(1);
  });

  it('is refused where the key belongs to another certificate', async () => {
    const book = await open();
    const files = { certificate: Buffer.from(made.client.cert), key: Buffer.from(made.good.key) };

    expect(await failureOf(book.importIdentity(files))).toMatchObject({ cause: 'key-mismatch' });
  });

  it('is still there after a restart, its key sealed on disk and for the owner’s eyes only', async () => {
    const box = keyring();
    const id = await (await open(box)).importIdentity(await clientFiles());
    const pem = (await open(box)).identityFor(id).key;

    const again = await open(box);

    expect(again.list()).toMatchObject([{ id, key: 'sealed' }]);
    expect(again.identityFor(id).key).toBe(pem);
    const [name = ''] = await readdir(join(folder.path, 'certificates'));
    const path = join(folder.path, 'certificates', name);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const body = pem.split('\n')[1] ?? '';
    expect(await readFile(path, 'utf8')).not.toContain(body);
    expect(await readFile(path, 'utf8')).not.toContain(Buffer.from(pem).toString('base64'));
  });

  it('is asked for again where the keyring has changed, and takes its old place', async () => {
    const id = await (await open(keyring())).importIdentity(await clientFiles());
    const book = await open(keyring());

    expect(book.list()).toMatchObject([{ id, key: 'locked' }]);
    expect(await failureOf(() => book.identityFor(id))).toMatchObject({ cause: 'key-locked' });
    expect(await book.importIdentity(await clientFiles())).toBe(id);
    expect(book.list()).toMatchObject([{ id, key: 'sealed' }]);
  });

  it('is removed, unless a server refers to it: then that server is named', async () => {
    const book = await open();
    const id = await book.importIdentity(await clientFiles());

    expect(await failureOf(() => book.remove(id, ['Main PACS', 'Research']))).toEqual({
      step: 'certificate',
      cause: 'in-use',
      detail: 'Main PACS, Research',
    });
    book.remove(id, []);

    expect(book.list()).toEqual([]);
    expect(await failureOf(() => book.identityFor(id))).toMatchObject({ cause: 'unknown' });
    expect((await open()).list()).toEqual([]);
  });

  it('leaves what can’t be read where it is', async () => {
    const certificates = join(folder.path, 'certificates');
    const id = await (await open()).importAuthorities(Buffer.from(made.trusted.cert));
    await writeFile(join(certificates, 'broken.certificate.json'), '{ "version": 9');

    const book = await open();

    expect(book.list()).toMatchObject([{ id }]);
    expect(await readdir(certificates)).toContain('broken.certificate.json');
  });
});

describe('without a keyring of the system', () => {
  const none = keyring({ available: false });

  it('a key is held in memory only, and asked for again in the next session', async () => {
    const book = await open(none);
    const id = await book.importIdentity(await clientFiles());
    const { key } = book.identityFor(id);

    expect(book.list()).toMatchObject([{ key: 'session' }]);
    for (const name of await readdir(join(folder.path, 'certificates'))) {
      const text = await readFile(join(folder.path, 'certificates', name), 'utf8');
      expect(text).not.toContain(key.split('\n')[1]);
      expect(JSON.parse(text)).toMatchObject({ sealedKey: null });
    }
    const next = await open(none);
    expect(next.list()).toMatchObject([{ id, key: 'missing' }]);
    expect(await failureOf(() => next.identityFor(id))).toMatchObject({ cause: 'key-not-kept' });
    expect(await next.importIdentity(await clientFiles())).toBe(id);
    expect(next.identityFor(id).key).toBe(key);
  });
});

describe('authorities', () => {
  it('are a bundle with a name of its own, the same file again being the same bundle', async () => {
    const book = await open();
    const file = Buffer.from(made.trusted.cert + made.other.cert);

    const id = await book.importAuthorities(file);

    expect(await book.importAuthorities(file)).toBe(id);
    expect(book.list()).toMatchObject([
      { kind: 'authorities', key: null, certificates: [{ subject: 'Trusted' }, { subject: 'Other' }] },
    ]);
    expect(book.authoritiesFor(id)).toEqual([made.trusted.cert, made.other.cert]);
    expect(await failureOf(() => book.identityFor(id))).toMatchObject({ cause: 'unknown' });
  });
});

describe('the administrator’s certificates', () => {
  const named = (name: string, kind: 'identity' | 'authorities', text: string) =>
    ({ name, kind, files: { certificate: Buffer.from(text) }, file: '/etc/gantry.ini', line: 7 }) as const;

  it('stand in the list by their file’s name, can’t be removed, and give way to the next reading', async () => {
    const book = await open();
    const id = CertificateId.parse('admin:site-ca.pem');

    const problems = book.manage([
      named('site-ca.pem', 'authorities', made.trusted.cert),
      named('viewer.pem', 'identity', made.client.cert + made.client.key),
      named('old.pem', 'identity', made.expired.cert + made.expired.key),
    ]);

    expect(problems).toMatchObject([{ name: 'old.pem', failure: { cause: 'expired' } }]);
    expect(book.list()).toMatchObject([
      { id, kind: 'authorities', origin: { kind: 'administrator', file: '/etc/gantry.ini', line: 7 } },
      { id: 'admin:viewer.pem', kind: 'identity', key: 'file' },
    ]);
    expect(await failureOf(() => book.remove(id, []))).toEqual({
      step: 'managed',
      file: '/etc/gantry.ini',
      line: 7,
    });
    book.manage([]);
    expect(book.list()).toEqual([]);
  });
});

it('says that it has changed', async () => {
  const book = await open();
  let changes = 0;
  const stop = book.onChange(() => (changes += 1));

  const id = await book.importAuthorities(Buffer.from(made.trusted.cert));
  book.remove(id, []);
  stop();
  book.manage([]);

  expect(changes).toBe(2);
});

it('mends a folder that others could read', async () => {
  const id = await (await open()).importAuthorities(Buffer.from(made.trusted.cert));
  const certificates = join(folder.path, 'certificates');
  const [name = ''] = await readdir(certificates);
  await chmod(join(certificates, name), 0o644);

  expect(await (await open()).importAuthorities(Buffer.from(made.trusted.cert))).toBe(id);

  expect((await stat(join(certificates, name))).mode & 0o777).toBe(0o600);
});
