import { describe, expect, it } from 'vitest';
import { decryptRc2Block, decryptRc2Cbc, expand } from '../../../../electron/security/pkcs12/rc2.ts';

/** RFC 2268 §5: key, effective bits, plain, encrypted. */
const vectors = [
  ['0000000000000000', 63, '0000000000000000', 'ebb773f993278eff'],
  ['ffffffffffffffff', 64, 'ffffffffffffffff', '278b27e42e2f0d49'],
  ['3000000000000000', 64, '1000000000000001', '30649edf9be7d2c2'],
  ['88', 64, '0000000000000000', '61a8a244adacccf0'],
  ['88bca90e90875a', 64, '0000000000000000', '6ccf4308974c267f'],
  ['88bca90e90875a7f0f79c384627bafb2', 64, '0000000000000000', '1a807d272bbe5db1'],
  ['88bca90e90875a7f0f79c384627bafb2', 128, '0000000000000000', '2269552ab0f85ca6'],
  [
    '88bca90e90875a7f0f79c384627bafb216f80a6f85920584c42fceb0be255daf1e',
    129,
    '0000000000000000',
    '5b78d3a43dfff1f1',
  ],
] as const;

describe('RC2', () => {
  it.each(vectors)('decrypts the standard’s example: key %s, %i bits', (key, bits, plain, encrypted) => {
    const K = expand(Buffer.from(key, 'hex'), bits);

    expect(decryptRc2Block(K, Buffer.from(encrypted, 'hex')).toString('hex')).toBe(plain);
  });

  it('chains blocks', () => {
    const key = Buffer.from('88bca90e90875a7f0f79c384627bafb2', 'hex');
    const encrypted = Buffer.from('2269552ab0f85ca6', 'hex');
    const first = Buffer.from('0101010101010101', 'hex');

    const plain = decryptRc2Cbc(key, first, Buffer.concat([encrypted, encrypted]));

    expect(plain.toString('hex')).toBe('01010101010101012269552ab0f85ca6');
  });
});
