import { describe, expect, it } from 'vitest';
import { paletteToRgb } from '../../../../../renderer/features/viewer/pixels/palette-to-rgb.ts';

describe('a palette', () => {
  it('gives each value its colour, from the first value it maps on', () => {
    const palette = { descriptor: [2, 10, 8] as const, red: [1, 2], green: [11, 12], blue: [21, 22] };

    expect(paletteToRgb(Uint8Array.of(10, 11), palette)).toEqual(Uint8Array.of(1, 11, 21, 2, 12, 22));
  });

  it('gives what lies outside its first and its last colour', () => {
    const palette = { descriptor: [2, 10, 8] as const, red: [1, 2], green: [1, 2], blue: [1, 2] };

    expect(paletteToRgb(Uint8Array.of(0, 200), palette)).toEqual(Uint8Array.of(1, 1, 1, 2, 2, 2));
  });

  it('gives the high byte of sixteen bits', () => {
    const palette = { descriptor: [1, 0, 16] as const, red: [0xff00], green: [0x8000], blue: [0x0100] };

    expect(paletteToRgb(Uint8Array.of(0), palette)).toEqual(Uint8Array.of(255, 128, 1));
  });

  it('takes for eight bits what says sixteen and holds no more than eight', () => {
    const palette = { descriptor: [1, 0, 16] as const, red: [200], green: [100], blue: [0] };

    expect(paletteToRgb(Uint8Array.of(0), palette)).toEqual(Uint8Array.of(200, 100, 0));
  });

  it('is refused when it is missing or empty', () => {
    expect(() => paletteToRgb(Uint8Array.of(0), null)).toThrow('palette is missing');
    const empty = { descriptor: [0, 0, 8] as const, red: [], green: [], blue: [] };
    expect(() => paletteToRgb(Uint8Array.of(0), empty)).toThrow('palette is empty');
  });
});
