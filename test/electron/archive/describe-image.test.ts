import { describe, expect, it } from 'vitest';
import { describeImage, positionAlongNormal } from '../../../electron/archive/describe-image.ts';
import { pixelShapeOf } from '../../../electron/archive/pixel-shape.ts';
import type { ImageDescription } from '../../../electron/contract/archive.ts';
import { parseDataset } from '../../../electron/dataset/index.ts';
import { buildDataset, type BuiltElement, buildItems } from '../../support/build-dataset.ts';
import { explicit, imageDataset } from './instances.ts';

function describeElements(elements: readonly BuiltElement[], transferSyntaxUid = explicit): ImageDescription {
  const attributes = parseDataset(imageDataset({}, elements), explicit);
  return describeImage(attributes, pixelShapeOf(attributes), transferSyntaxUid, []);
}

function sequence(...elements: BuiltElement[]): Buffer {
  return buildItems([buildDataset(elements)]);
}

function frame(position: string, intercept: string): Buffer {
  return buildDataset([
    ['00209113', 'SQ', sequence(['00200032', 'DS', position])],
    ['00289145', 'SQ', sequence(['00281052', 'DS', intercept], ['00281053', 'DS', '1'])],
  ]);
}

/** The descriptor and one more element for each of the three tables of a palette. */
function tables(descriptor: readonly number[], data: (lut: number) => BuiltElement): BuiltElement[] {
  return [1, 2, 3].flatMap((lut): BuiltElement[] => [[`0028110${lut}`, 'US', descriptor], data(lut)]);
}

describe('the description of an image', () => {
  it('has its plane, spacing, rescale and windows', () => {
    const image = describeElements([
      ['00180050', 'DS', '5'],
      ['00200020', 'CS', 'L\\P'],
      ['00200032', 'DS', '-10\\20\\30.5'],
      ['00200037', 'DS', '1\\0\\0\\0\\1\\0'],
      ['00200052', 'UI', '1.9'],
      ['00280030', 'DS', '0.5\\0.25'],
      ['00281050', 'DS', '40\\-600'],
      ['00281051', 'DS', '400\\1500'],
      ['00281052', 'DS', '-1024'],
      ['00281053', 'DS', '2'],
      ['00281056', 'CS', 'SIGMOID'],
    ]);

    expect(image).toMatchObject({
      sliceThickness: 5,
      patientOrientation: ['L', 'P'],
      imagePositionPatient: [-10, 20, 30.5],
      imageOrientationPatient: [1, 0, 0, 0, 1, 0],
      frameOfReferenceUid: '1.9',
      pixelSpacing: [0.5, 0.25],
      windowCenters: [40, -600],
      windowWidths: [400, 1500],
      rescaleIntercept: -1024,
      rescaleSlope: 2,
      voiLutFunction: 'SIGMOID',
      lossy: false,
      palette: null,
      warnings: [],
    });
    expect(positionAlongNormal(image)).toBe(30.5);
  });

  it('claims no spacing that is none', () => {
    expect(describeElements([]).pixelSpacing).toBeNull();
    expect(describeElements([['00280030', 'DS', '0\\0']]).pixelSpacing).toBeNull();
    expect(describeElements([['00280030', 'DS', '0.5']]).pixelSpacing).toBeNull();
    expect(positionAlongNormal(describeElements([]))).toBeNull();
  });

  it('finds them in the shared functional groups', () => {
    const image = describeElements([
      [
        '52009229',
        'SQ',
        sequence(
          ['00209116', 'SQ', sequence(['00200037', 'DS', '1\\0\\0\\0\\1\\0'])],
          ['00289110', 'SQ', sequence(['00280030', 'DS', '0.5\\0.25'], ['00180050', 'DS', '3'])],
          ['00289132', 'SQ', sequence(['00281050', 'DS', '40'], ['00281051', 'DS', '400'])],
          ['00289145', 'SQ', sequence(['00281052', 'DS', '-1024'], ['00281053', 'DS', '1'])],
        ),
      ],
    ]);

    expect(image).toMatchObject({
      imageOrientationPatient: [1, 0, 0, 0, 1, 0],
      pixelSpacing: [0.5, 0.25],
      sliceThickness: 3,
      windowCenters: [40],
      rescaleIntercept: -1024,
    });
  });

  it('takes them from the first frame where frames have their own, but no rescale that differs', () => {
    const same = describeElements([
      ['52009230', 'SQ', buildItems([frame('0\\0\\1', '-5'), frame('0\\0\\2', '-5')])],
    ]);
    const differing = describeElements([
      ['52009230', 'SQ', buildItems([frame('0\\0\\1', '-5'), frame('0\\0\\2', '-7')])],
    ]);

    expect(same).toMatchObject({ imagePositionPatient: [0, 0, 1], rescaleIntercept: -5, warnings: [] });
    expect(differing).toMatchObject({
      rescaleIntercept: 0,
      warnings: ['Frames are rescaled differently: values are as stored.'],
    });
  });

  it('says what is lossy', () => {
    expect(describeElements([['00282110', 'CS', '01']]).lossy).toBe(true);
    expect(describeElements([], '1.2.840.10008.1.2.4.50').lossy).toBe(true);
    expect(describeElements([], '1.2.840.10008.1.2.4.90').lossy).toBe(false);
    expect(describeElements([], '1.2.840.10008.1.2.4.91').lossy).toBe(true);
    expect(describeElements([['00282110', 'CS', '00']], '1.2.840.10008.1.2.4.91').lossy).toBe(false);
  });

  it('warns of tables that are not applied', () => {
    expect(describeElements([['00283000', 'SQ', sequence(['00283003', 'LO', 'X'])]]).warnings).toEqual([
      'The Modality LUT is not applied.',
    ]);
    expect(describeElements([['00283010', 'SQ', sequence(['00283003', 'LO', 'X'])]]).warnings).toEqual([
      'The VOI LUT is not applied.',
    ]);
  });
});

describe('a palette', () => {
  const palette: BuiltElement = ['00280004', 'CS', 'PALETTE COLOR'];

  it('has entries of 16 bits', () => {
    const image = describeElements([
      palette,
      ...tables([2, 10, 16], (lut) => [`0028120${lut}`, 'OW', Buffer.from([lut, 1, 0, lut])]),
    ]);

    expect(image.palette).toEqual({
      descriptor: [2, 10, 16],
      red: [257, 256],
      green: [258, 512],
      blue: [259, 768],
    });
  });

  it('has entries of 8 bits, two in a word', () => {
    const image = describeElements([
      palette,
      ...tables([3, 0, 8], (lut) => [`0028120${lut}`, 'OW', Buffer.from([lut, 20, 30, 0])]),
    ]);

    expect(image.palette).toMatchObject({ red: [1, 20, 30], green: [2, 20, 30], blue: [3, 20, 30] });
  });

  it('may be in segments', () => {
    // discrete 10, linear to 40 in 3 steps, the first segment again
    const segments = [0, 1, 10, 1, 3, 40, 2, 1, 0, 0];
    const image = describeElements([
      palette,
      ...tables([5, 0, 16], (lut) => [`0028122${lut}`, 'OW', Buffer.from(Uint16Array.from(segments).buffer)]),
    ]);

    expect(image.palette?.red).toEqual([10, 20, 30, 40, 10]);
  });

  it('in segments that point at themselves is none', () => {
    const image = describeElements([
      palette,
      ...tables([5, 0, 16], (lut) => [
        `0028122${lut}`,
        'OW',
        Buffer.from(Uint16Array.from([0, 1, 10, 2, 9, 6, 0, 0]).buffer),
      ]),
    ]);

    expect(image.palette).toBeNull();
    expect(image.warnings).toEqual(['The colour palette is missing or damaged.']);
  });
});
