import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, describe, expect, it } from 'vitest';
import { FailureError } from '../../../../electron/contract/failure.ts';
import { secureContextFor } from '../../../../electron/dimse/upper-layer/secure-context.ts';
import { selfSigned } from '../../../support/certificates.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const before = getCACertificates('default');

afterAll(() => setDefaultCACertificates(before));

describe('a secure context', () => {
  it('of the system’s authorities is made once, and anew when they change', async () => {
    await using folder = await temporaryFolder();
    const { cert } = await selfSigned(folder.path, 'one');
    const first = secureContextFor({});

    expect(secureContextFor({})).toBe(first);
    expect(secureContextFor({ minVersion: 'TLSv1.3' })).not.toBe(first);
    setDefaultCACertificates([...before, cert]);
    expect(secureContextFor({})).not.toBe(first);
  });

  it('of one server is its own', async () => {
    await using folder = await temporaryFolder();
    const { cert, key } = await selfSigned(folder.path, 'one');

    expect(secureContextFor({ ca: [cert] })).not.toBe(secureContextFor({ ca: [cert] }));
    expect(secureContextFor({ identity: { cert, key } })).not.toBe(secureContextFor({}));
  });

  it.each([
    ['an identity', { identity: { cert: 'nonsense', key: 'nonsense' } }],
    ['a revocation list', { crl: ['nonsense'] }],
  ])('can’t be made of %s that can’t be read', (_what, options) => {
    const make = (): unknown => secureContextFor(options);

    expect(make).toThrow(FailureError);
  });
});
