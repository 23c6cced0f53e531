import { describe, expect, it } from 'vitest';
import {
  imageMetadata,
  isOriented,
} from '../../../../../renderer/features/viewer/cornerstone/image-metadata.ts';
import { slidesOf } from '../../../../../renderer/features/viewer/slides.ts';
import type { ImageDescription } from '../../../../../electron/contract/archive.ts';
import { buildImage, buildInstance, buildSeries } from '../build-series.ts';

const placed = {
  pixelSpacing: [0.5, 0.7],
  imageOrientationPatient: [0, 1, 0, 0, 0, -1],
  imagePositionPatient: [1, 2, 3],
} as const;

describe('what cornerstone is told of a frame', () => {
  it('is how its pixels lie', () => {
    expect(metadata('imagePixelModule', { bitsStored: 12 })).toMatchObject({
      rows: 2,
      columns: 2,
      bitsStored: 12,
      photometricInterpretation: 'MONOCHROME2',
    });
  });

  it('is where it lies in the patient', () => {
    expect(metadata('imagePlaneModule', placed)).toMatchObject({
      rowPixelSpacing: 0.5,
      columnPixelSpacing: 0.7,
      rowCosines: [0, 1, 0],
      columnCosines: [0, 0, -1],
      imagePositionPatient: [1, 2, 3],
      usingDefaultValues: false,
    });
  });

  it('is a plain plane, said to be one, where it has no place', () => {
    expect(metadata('imagePlaneModule')).toMatchObject({
      rowPixelSpacing: 1,
      columnPixelSpacing: 1,
      rowCosines: [1, 0, 0],
      columnCosines: [0, 1, 0],
      imagePositionPatient: [0, 0, 0],
      usingDefaultValues: true,
    });
  });

  it('is a plain plane where the directions given span none', () => {
    expect(metadata('imagePlaneModule', { imageOrientationPatient: [1, 0, 0, 1, 0, 0] })).toMatchObject({
      rowCosines: [1, 0, 0],
      columnCosines: [0, 1, 0],
    });
    expect(isOriented(buildImage({ imageOrientationPatient: [0, 0, 0, 0, 0, 0] }))).toBe(false);
    expect(isOriented(buildImage(placed))).toBe(true);
  });

  it('is its modality', () => {
    expect(metadata('generalSeriesModule')).toMatchObject({ modality: 'CT' });
  });

  it('is nothing of what we don’t know, and of what is no picture', () => {
    expect(metadata('petIsotopeModule')).toBeUndefined();
    const [report] = slidesOf(buildSeries([buildInstance({ image: null })]));
    expect(imageMetadata('imagePixelModule', report!)).toBeUndefined();
  });
});

function metadata(module: string, image: Partial<ImageDescription> = {}): object | undefined {
  const [slide] = slidesOf(buildSeries([buildInstance({ image: buildImage(image) })]));
  return imageMetadata(module, slide!);
}
