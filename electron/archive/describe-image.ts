import type { ImageDescription } from '../contract/archive.ts';
import { type Attributes, numberOf, numbersOf, textOf, textsOf } from '../dataset/index.ts';
import { flattenFunctionalGroups } from './functional-groups.ts';
import { readPalette } from './palette.ts';
import type { PixelShape } from './pixel-shape.ts';
import { pixelSyntaxOf } from './pixel-syntax.ts';

/** What the viewer must know before a pixel arrives, from the header alone. */
export function describeImage(
  dataset: Attributes,
  shape: PixelShape,
  transferSyntaxUid: string,
  pixelWarnings: readonly string[],
): ImageDescription {
  const { attributes, differing } = flattenFunctionalGroups(dataset);
  const palette = shape.photometricInterpretation === 'PALETTE COLOR' ? readPalette(attributes) : null;
  const rescale = rescaleOf(attributes, differing);
  return {
    ...shape,
    rescaleSlope: rescale.slope,
    rescaleIntercept: rescale.intercept,
    windowCenters: numbersOf(attributes, '00281050'),
    windowWidths: numbersOf(attributes, '00281051'),
    voiLutFunction: textOf(attributes, '00281056'),
    pixelSpacing: pixelSpacingOf(attributes),
    imageOrientationPatient: exactly(6, numbersOf(attributes, '00200037')),
    imagePositionPatient: exactly(3, numbersOf(attributes, '00200032')),
    frameOfReferenceUid: textOf(attributes, '00200052'),
    patientOrientation: textsOf(attributes, '00200020'),
    sliceThickness: numberOf(attributes, '00180050'),
    lossy: isLossy(attributes, transferSyntaxUid),
    palette,
    warnings: [...pixelWarnings, ...rescale.warnings, ...lutWarnings(attributes, shape, palette !== null)],
  };
}

/** How far along the normal of its plane the image lies; `null`: it doesn't say. */
export function positionAlongNormal(image: ImageDescription): number | null {
  const orientation = image.imageOrientationPatient;
  const position = image.imagePositionPatient;
  if (orientation === null || position === null) return null;
  return dot(cross(orientation.slice(0, 3), orientation.slice(3)), position);
}

function cross(one: readonly number[], other: readonly number[]): readonly number[] {
  return [0, 1, 2].map(
    (axis) =>
      component(one, axis + 1) * component(other, axis + 2) -
      component(one, axis + 2) * component(other, axis + 1),
  );
}

function component(vector: readonly number[], axis: number): number {
  return vector[axis % 3] ?? 0;
}

function dot(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, number, axis) => sum + number * (other[axis] ?? 0), 0);
}

function rescaleOf(
  attributes: Attributes,
  differing: ReadonlySet<string>,
): { readonly slope: number; readonly intercept: number; readonly warnings: readonly string[] } {
  if (differing.has('00281052') || differing.has('00281053')) {
    return { slope: 1, intercept: 0, warnings: ['Frames are rescaled differently: values are as stored.'] };
  }
  const slope = numberOf(attributes, '00281053');
  return {
    slope: slope === null || slope === 0 ? 1 : slope,
    intercept: numberOf(attributes, '00281052') ?? 0,
    warnings: slope === 0 ? ['Rescale Slope is 0: values are as stored.'] : [],
  };
}

function lutWarnings(attributes: Attributes, shape: PixelShape, hasPalette: boolean): readonly string[] {
  const warnings: string[] = [];
  if (attributes.has('00283000')) warnings.push('The Modality LUT is not applied.');
  if (attributes.has('00283010') && numbersOf(attributes, '00281050').length === 0) {
    warnings.push('The VOI LUT is not applied.');
  }
  if (shape.photometricInterpretation === 'PALETTE COLOR' && !hasPalette) {
    warnings.push('The colour palette is missing or damaged.');
  }
  return warnings;
}

function pixelSpacingOf(attributes: Attributes): readonly [number, number] | null {
  const [rows, columns] = numbersOf(attributes, '00280030');
  if (rows === undefined || columns === undefined || rows <= 0 || columns <= 0) return null;
  return [rows, columns];
}

function isLossy(attributes: Attributes, transferSyntaxUid: string): boolean {
  const said = textOf(attributes, '00282110');
  const syntax = pixelSyntaxOf(transferSyntaxUid);
  if (said === '01') return true;
  if (syntax.kind !== 'compressed') return false;
  return syntax.loss === 'always' || (syntax.loss === 'perhaps' && said !== '00');
}

function exactly(count: number, numbers: readonly number[]): readonly number[] | null {
  return numbers.length === count ? numbers : null;
}
