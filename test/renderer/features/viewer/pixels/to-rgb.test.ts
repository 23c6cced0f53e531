import { describe, expect, it } from 'vitest';
import { toRgb } from '../../../../../renderer/features/viewer/pixels/to-rgb.ts';
import { buildLayout } from './layout.ts';

describe('the colours of a frame', () => {
  it('stay when they are RGB, or were made so by their decoder', () => {
    for (const photometricInterpretation of ['RGB', 'YBR_RCT', 'YBR_ICT']) {
      expect(toRgb(Uint8Array.of(1, 2, 3), buildLayout({ photometricInterpretation }))).toEqual(
        Uint8Array.of(1, 2, 3),
      );
    }
  });

  it('come from luma and chroma by the standard’s equations', () => {
    const layout = buildLayout({ photometricInterpretation: 'YBR_FULL' });

    expect(toRgb(Uint8Array.of(76, 85, 255), layout)).toEqual(Uint8Array.of(254, 0, 0)); // red
    expect(toRgb(Uint8Array.of(255, 128, 128), layout)).toEqual(Uint8Array.of(255, 255, 255));
    expect(toRgb(Uint8Array.of(0, 0, 0), layout)).toEqual(Uint8Array.of(0, 135, 0)); // what lies outside is cut
  });

  it('are stretched from the partial range', () => {
    const layout = buildLayout({ photometricInterpretation: 'YBR_PARTIAL_422' });

    expect(toRgb(Uint8Array.of(16, 128, 128), layout)).toEqual(Uint8Array.of(0, 0, 0));
    expect(toRgb(Uint8Array.of(235, 128, 128), layout)).toEqual(Uint8Array.of(255, 255, 255));
  });

  it('keep their highest eight bits where they have more', () => {
    const layout = buildLayout({ photometricInterpretation: 'RGB', bitsAllocated: 16 });

    expect(toRgb(Uint16Array.of(0xffff, 0x80ff, 0x00ff), layout)).toEqual(Uint8Array.of(255, 128, 0));
  });

  it('are refused where nobody knows what they are', () => {
    expect(() => toRgb(Uint8Array.of(1), buildLayout({ photometricInterpretation: 'CMYK' }))).toThrow(
      'Colours as CMYK are not supported.',
    );
  });
});
