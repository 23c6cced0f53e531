import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FailureError } from '../../../electron/contract/failure.ts';
import { describeCertificate, loadAuthorities, readCertificates } from '../../../electron/security/index.ts';
import { createAuthority, type Authority, type Identity } from '../../support/certificates.ts';
import { temporaryFolder, type TemporaryFolder } from '../../support/temporary-folder.ts';

let folder: TemporaryFolder;
let authority: Authority;
let server: Identity;

beforeAll(async () => {
  folder = await temporaryFolder();
  authority = await createAuthority(folder.path, 'Hospital CA');
  server = await authority.issue('pacs', {
    altNames: ['DNS:pacs.example', 'IP:10.0.0.5'],
    from: '20300101000000Z',
    to: '20300131120000Z',
  });
});

afterAll(() => folder[Symbol.asyncDispose]());

describe('a certificate', () => {
  it('is described by what people know it by', () => {
    const [certificate] = readCertificates(Buffer.from(server.cert));

    expect(describeCertificate(certificate!, new Date('2030-01-29T00:00:00Z'))).toEqual({
      subject: 'pacs',
      issuer: 'Hospital CA',
      names: ['DNS:pacs.example', 'IP Address:10.0.0.5'],
      validFrom: '2030-01-01T00:00:00.000Z',
      validTo: '2030-01-31T12:00:00.000Z',
      daysLeft: 2,
      fingerprint: expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/),
      selfSigned: false,
      isAuthority: false,
      purposes: null,
    });
  });

  it('says what it may be used for, where it does', async () => {
    const purposesOf = async (name: string, usage: string) => {
      const { cert } = await authority.issue(name, { altNames: ['DNS:a.example'], usage });
      return describeCertificate(readCertificates(Buffer.from(cert))[0]!, new Date()).purposes;
    };

    expect(await purposesOf('for-clients', 'clientAuth')).toEqual(['client']);
    expect(await purposesOf('for-both', 'serverAuth,clientAuth')).toEqual(['server', 'client']);
    expect(await purposesOf('for-mail', 'emailProtection,codeSigning')).toEqual(['other']);
    expect(await purposesOf('for-any', 'anyExtendedKeyUsage,clientAuth')).toBeNull();
  });

  it('of an authority says so', () => {
    const [certificate] = readCertificates(Buffer.from(authority.cert));

    expect(describeCertificate(certificate!, new Date())).toMatchObject({
      subject: 'Hospital CA',
      selfSigned: true,
      isAuthority: true,
    });
  });

  it('counts the days since it expired as negative', () => {
    const [certificate] = readCertificates(Buffer.from(server.cert));

    expect(describeCertificate(certificate!, new Date('2030-02-02T00:00:00Z')).daysLeft).toBe(-2);
  });
});

describe('authorities to be trusted', () => {
  it('come out of a bundle one by one, whatever stands between them', () => {
    const bundle = `# first\n${authority.cert}\n# a comment\n${server.cert}${server.key}`;

    expect(loadAuthorities(Buffer.from(bundle))).toEqual([authority.cert, server.cert]);
  });

  it('are refused where there are none, or none that can be read', () => {
    expect(causeOf(() => loadAuthorities(Buffer.from(server.key)))).toBe('no-certificate');
    expect(causeOf(() => loadAuthorities(Buffer.from('')))).toBe('unreadable');
    expect(causeOf(() => loadAuthorities(Buffer.alloc(5_000_000)))).toBe('unreadable');
  });
});

function causeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof FailureError && error.failure.step === 'certificate') return error.failure.cause;
    throw error;
  }
  throw new Error('it did not fail');
}
