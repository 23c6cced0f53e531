import { describe, expect, it } from 'vitest';
import { readNative } from '../../../../../renderer/features/viewer/pixels/read-native.ts';
import { buildLayout } from './layout.ts';

describe('native pixel data', () => {
  it('is read as signed words where it says so, from any place in memory', () => {
    const bytes = Uint8Array.of(9, 0xff, 0xff, 1, 0, 0, 0x80, 2, 0).subarray(1);

    const samples = readNative(bytes, buildLayout({ bitsAllocated: 16, pixelRepresentation: 1 }));

    expect(samples).toEqual(Int16Array.of(-1, 1, -32768, 2));
  });

  it('is read as unsigned double words', () => {
    const samples = readNative(
      Uint8Array.of(0, 0, 0, 0x80),
      buildLayout({ rows: 1, columns: 1, bitsAllocated: 32 }),
    );

    expect(samples).toEqual(Uint32Array.of(0x80000000));
  });

  it('puts the colours of a pixel side by side where they came in planes', () => {
    const layout = buildLayout({ rows: 1, samplesPerPixel: 3, planarConfiguration: 1 });

    expect(readNative(Uint8Array.of(1, 2, 11, 12, 21, 22), layout)).toEqual(
      Uint8Array.of(1, 11, 21, 2, 12, 22),
    );
  });

  it('gives each pixel of a pair their common chroma', () => {
    const layout = buildLayout({ rows: 1, samplesPerPixel: 3, photometricInterpretation: 'YBR_FULL_422' });

    expect(readNative(Uint8Array.of(10, 20, 7, 8), layout)).toEqual(Uint8Array.of(10, 7, 8, 20, 7, 8));
  });

  it('is refused when its length is not that of the frame', () => {
    expect(() => readNative(Uint8Array.of(1, 2, 3), buildLayout())).toThrow('has 3 bytes, 4 are needed');
    expect(() => readNative(Uint8Array.of(1, 2, 3, 4, 5), buildLayout())).toThrow('has 5 bytes');
  });

  it('is refused in a width that no array has', () => {
    const layout = buildLayout({ rows: 1, bitsAllocated: 64 });
    expect(() => readNative(new Uint8Array(16), layout)).toThrow('64 bits are not supported');
  });
});
