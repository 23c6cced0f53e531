import { assert, property, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FailureError } from '../../../../electron/contract/failure.ts';
import {
  childOf,
  numberOf,
  objectIdentifierOf,
  octetsOf,
  readBer,
} from '../../../../electron/security/pkcs12/ber.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

describe('BER', () => {
  it('reads values inside values', () => {
    const value = readBer(hex('30 0b 02 01 03 06 06 2a 86 48 86 f7 0d'));

    expect(numberOf(childOf(value, 0))).toBe(3);
    expect(objectIdentifierOf(childOf(value, 1))).toBe('1.2.840.113549');
    expect(value.encoded).toHaveLength(13);
  });

  it('reads lengths that are not told beforehand, and octet strings in pieces', () => {
    const value = readBer(hex('30 80 24 80 04 02 0102 04 81 01 03 00 00 02 01 05 00 00 ff'));

    expect(octetsOf(childOf(value, 0))).toEqual(hex('010203'));
    expect(numberOf(childOf(value, 1))).toBe(5);
    expect(value.encoded.at(-1)).toBe(0);
  });

  it.each([
    ['nothing', ''],
    ['a length beyond the end', '30 05 02 01'],
    ['a child beyond its parent', '30 03 02 05 01 01 01 01 01'],
    ['a length of five bytes', '30 85 00 00 00 00 01 00'],
    ['a primitive of unknown length', '04 80 01 00 00'],
    ['an unknown length without an end', '30 80 02 01 05'],
    ['a tag of several bytes', '1f 81 01 00'],
    ['a hundred values inside each other', '30 80 '.repeat(100)],
  ])('refuses %s', (_what, bytes) => {
    expect(() => readBer(hex(bytes))).toThrow(FailureError);
  });

  it('refuses what is no number, and what is not where it belongs', () => {
    expect(() => numberOf(readBer(hex('02 05 01 00 00 00 00')))).toThrow(FailureError);
    expect(() => numberOf(readBer(hex('02 01 80')))).toThrow(FailureError);
    expect(() => childOf(readBer(hex('30 00')), 0)).toThrow(FailureError);
    expect(() => childOf(readBer(hex('30 03 02 01 01')), 0, 0x30)).toThrow(FailureError);
  });

  it('never throws anything else, whatever comes', () => {
    assert(
      property(uint8Array({ maxLength: 200 }), (bytes) => {
        expect(endOf(Buffer.from(bytes))).not.toBe('a bug');
      }),
      { numRuns: 2_000 },
    );
  });
});

function endOf(bytes: Buffer): 'read' | 'refused' | 'a bug' {
  try {
    readBer(bytes);
    return 'read';
  } catch (error) {
    return error instanceof FailureError ? 'refused' : 'a bug';
  }
}
