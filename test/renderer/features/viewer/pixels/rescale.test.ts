import { describe, expect, it } from 'vitest';
import { extremesOf, rescale } from '../../../../../renderer/features/viewer/pixels/rescale.ts';

const unsigned12 = { bitsStored: 12, pixelRepresentation: 0 };

describe('rescaling', () => {
  it('makes whole numbers of whole numbers', () => {
    const scaled = rescale(Uint16Array.of(0, 1024, 4095), { slope: 1, intercept: -1024 }, unsigned12);

    expect(scaled).toEqual(Int16Array.of(-1024, 0, 3071));
  });

  it('takes the class by what may be stored, so that the images of a series are alike', () => {
    const dark = rescale(Uint16Array.of(1), { slope: 2, intercept: 0 }, unsigned12);
    const bright = rescale(Uint16Array.of(4095), { slope: 2, intercept: 0 }, unsigned12);

    expect(dark.constructor).toBe(bright.constructor);
  });

  it('takes the class by what is there where anything may be stored', () => {
    const layout = { bitsStored: 16, pixelRepresentation: 0 };

    expect(rescale(Uint16Array.of(0, 4095), { slope: 1, intercept: -1024 }, layout)).toEqual(
      Int16Array.of(-1024, 3071),
    );
    expect(rescale(Uint16Array.of(0, 65535), { slope: 1, intercept: -1024 }, layout)).toEqual(
      Float32Array.of(-1024, 64511),
    );
  });

  it('makes floats of fractions', () => {
    expect(rescale(Uint16Array.of(0, 3), { slope: 0.5, intercept: 0 }, unsigned12)).toEqual(
      Float32Array.of(0, 1.5),
    );
  });

  it('copies nothing that stays as it is', () => {
    const samples = Uint16Array.of(1, 2);
    expect(rescale(samples, { slope: 1, intercept: 0 }, unsigned12)).toBe(samples);
  });

  it('widens what can’t be drawn as it is', () => {
    const eight = { bitsStored: 8, pixelRepresentation: 1 };
    expect(rescale(Int8Array.of(-128, 127), { slope: 1, intercept: 0 }, eight)).toEqual(
      Int16Array.of(-128, 127),
    );
    const thirtyTwo = { bitsStored: 32, pixelRepresentation: 0 };
    expect(rescale(Uint32Array.of(70_000), { slope: 1, intercept: 0 }, thirtyTwo)).toEqual(
      Float32Array.of(70_000),
    );
  });

  it('turns ends round with a negative slope', () => {
    expect(rescale(Uint16Array.of(0, 4095), { slope: -1, intercept: 0 }, unsigned12)).toEqual(
      Int16Array.of(-0, -4095),
    );
  });

  it('knows the least and the most', () => {
    expect(extremesOf(Int16Array.of(3, -7, 5))).toEqual([-7, 5]);
    expect(extremesOf(new Int16Array())).toEqual([0, 0]);
  });
});
