import { Enums, getShouldUseCPURendering, utilities, type Types } from '@cornerstonejs/core';
import type { ImageDescription } from '../../../../electron/contract/archive.ts';
import { extremesOf, rescale, type Greys } from '../pixels/rescale.ts';
import { firstWindow, rangeOf, type Range } from '../window.ts';
import { spacingOf } from './image-metadata.ts';
import type { Pixels } from './read-frame.ts';

/** Makes of a frame's pixels what cornerstone draws. */
export function makeImage(imageId: string, image: ImageDescription, pixels: Pixels): Types.IImage {
  if (pixels.kind === 'rgb') {
    return assemble(imageId, image, { data: pixels.rgb, ends: [0, 255], range: { lower: 0, upper: 255 } });
  }
  const slope = { slope: image.rescaleSlope || 1, intercept: image.rescaleIntercept };
  const greys = rescale(pixels.samples, slope, image);
  const ends = extremesOf(greys);
  const range = initialRange(image, ends);
  if (greys instanceof Float32Array && getShouldUseCPURendering()) {
    return assemble(imageId, image, { ...quantize(greys, ends), range });
  }
  return assemble(imageId, image, { data: greys, ends, range });
}

interface Drawable {
  readonly data: Greys;
  readonly ends: readonly [number, number];
  readonly range: Range;
  readonly slope?: number;
  readonly intercept?: number;
}

function assemble(imageId: string, image: ImageDescription, drawable: Drawable): Types.IImage {
  const { data, ends, range } = drawable;
  const { rows, columns } = image;
  const components = Math.round(data.length / (rows * columns));
  const [rowPixelSpacing, columnPixelSpacing] = spacingOf(image);
  // cornerstone's LINEAR, whichever the image says: its range is already right for the image's own.
  const { windowCenter, windowWidth } = utilities.windowLevel.toWindowLevel(range.lower, range.upper);
  return {
    imageId,
    dataType: data.constructor.name as Types.PixelDataTypedArrayString, // the classes of `Greys` are among them
    rows,
    columns,
    height: rows,
    width: columns,
    color: components === 3,
    rgba: false,
    numberOfComponents: components,
    photometricInterpretation: image.photometricInterpretation,
    minPixelValue: ends[0],
    maxPixelValue: ends[1],
    slope: drawable.slope ?? 1,
    intercept: drawable.intercept ?? 0,
    windowCenter,
    windowWidth,
    voiLUTFunction: Enums.VOILUTFunctionType.LINEAR,
    invert: image.photometricInterpretation === 'MONOCHROME1',
    rowPixelSpacing,
    columnPixelSpacing,
    sizeInBytes: data.byteLength,
    getPixelData: () => data,
    // Only asked for by the drawing of colours without WebGL, which does without it.
    getCanvas: undefined as unknown as () => HTMLCanvasElement,
    voxelManager: utilities.VoxelManager.createImageVoxelManager({
      scalarData: data,
      width: columns,
      height: rows,
      numberOfComponents: components,
    }),
  };
}

/** The image's own window, or everything it holds. */
function initialRange(image: ImageDescription, [lower, upper]: readonly [number, number]): Range {
  const own = firstWindow(image.windowCenters, image.windowWidths);
  if (own !== null) return rangeOf(own, image.voiLutFunction);
  return { lower, upper: upper > lower ? upper : lower + 1 };
}

/** Without WebGL cornerstone draws by a table of whole values: fractions become 65,536 steps. */
function quantize(
  greys: Float32Array,
  [least, most]: readonly [number, number],
): Pick<Drawable, 'data' | 'ends' | 'slope' | 'intercept'> {
  const slope = (most - least) / 0xffff || 1;
  const data = Uint16Array.from(greys, (value) => Math.round((value - least) / slope));
  return { data, ends: [0, 0xffff], slope, intercept: least };
}
