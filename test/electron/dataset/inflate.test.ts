import { deflateRawSync, deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DatasetError, inflate } from '../../../electron/dataset/index.ts';

describe('a deflated data set', () => {
  it('is inflated', () => {
    expect(inflate(deflateRawSync('some bytes')).toString()).toBe('some bytes');
  });

  it('is inflated from under a header of zlib', () => {
    expect(inflate(deflateSync('some bytes')).toString()).toBe('some bytes');
  });

  it('may be empty in most of its megabytes', () => {
    expect(inflate(deflateRawSync(Buffer.alloc(20_000_000))).length).toBe(20_000_000);
  });

  it('is refused when it inflates too far', () => {
    const bomb = deflateRawSync(Buffer.alloc(100_000_000));

    expect(() => inflate(bomb)).toThrow('inflates too far');
  });

  it('is refused when it is none', () => {
    expect(() => inflate(Buffer.from('not deflated at all'))).toThrow(DatasetError);
  });
});
