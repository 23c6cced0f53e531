import type { ImageDescription } from '../../../../electron/contract/archive.ts';
import { isPicture, type Slide } from '../slides.ts';

type Point = readonly [number, number, number];

/**
 * What cornerstone asks about a frame before and after its pixels come: `undefined` where there is
 * nothing to say. The names of modules and fields are cornerstone's.
 */
export function imageMetadata(module: string, slide: Slide): object | undefined {
  if (!isPicture(slide)) return undefined;
  const { image } = slide.instance;
  switch (module) {
    case 'imagePixelModule':
      return imagePixelModule(image);
    case 'imagePlaneModule':
      return imagePlaneModule(image);
    case 'generalSeriesModule':
      return { modality: slide.series.modality, seriesInstanceUID: slide.series.seriesInstanceUid };
    case 'modalityLutModule':
      return { rescaleSlope: image.rescaleSlope, rescaleIntercept: image.rescaleIntercept };
    case 'voiLutModule':
      return {
        windowCenter: image.windowCenters,
        windowWidth: image.windowWidths,
        voiLUTFunction: image.voiLutFunction,
      };
    case 'sopCommonModule':
      return { sopClassUID: slide.instance.sopClassUid, sopInstanceUID: slide.instance.sopInstanceUid };
    case 'transferSyntax':
      return { transferSyntaxUID: slide.instance.transferSyntaxUid };
    default:
      return undefined;
  }
}

function imagePixelModule(image: ImageDescription): object {
  return {
    samplesPerPixel: image.samplesPerPixel,
    photometricInterpretation: image.photometricInterpretation,
    planarConfiguration: image.planarConfiguration,
    rows: image.rows,
    columns: image.columns,
    bitsAllocated: image.bitsAllocated,
    bitsStored: image.bitsStored,
    highBit: image.highBit,
    pixelRepresentation: image.pixelRepresentation,
  };
}

function imagePlaneModule(image: ImageDescription): object {
  const [rowSpacing, columnSpacing] = spacingOf(image);
  const { rowCosines, columnCosines } = cosinesOf(image.imageOrientationPatient);
  return {
    frameOfReferenceUID: image.frameOfReferenceUid,
    rows: image.rows,
    columns: image.columns,
    imageOrientationPatient: [...rowCosines, ...columnCosines],
    rowCosines,
    columnCosines,
    imagePositionPatient: pointOf(image.imagePositionPatient) ?? [0, 0, 0],
    sliceThickness: image.sliceThickness,
    rowPixelSpacing: rowSpacing,
    columnPixelSpacing: columnSpacing,
    // Whether lengths on this image are millimetres.
    usingDefaultValues: image.pixelSpacing === null,
  };
}

/** The distance between rows, then columns; 1 where unknown or senseless, so that pixels are square. */
export function spacingOf({ pixelSpacing }: ImageDescription): readonly [number, number] {
  const [rows = 0, columns = 0] = pixelSpacing ?? [];
  return rows > 0 && columns > 0 ? [rows, columns] : [1, 1];
}

function cosinesOf(orientation: readonly number[] | null): {
  readonly rowCosines: Point;
  readonly columnCosines: Point;
} {
  const row = pointOf(orientation?.slice(0, 3) ?? null);
  const column = pointOf(orientation?.slice(3, 6) ?? null);
  if (row === null || column === null || !areAcross(row, column)) {
    return { rowCosines: [1, 0, 0], columnCosines: [0, 1, 0] };
  }
  return { rowCosines: row, columnCosines: column };
}

/** Two directions that span a plane: a picture laid on others would be nothing. */
function areAcross(row: Point, column: Point): boolean {
  const normal = Math.hypot(
    row[1] * column[2] - row[2] * column[1],
    row[2] * column[0] - row[0] * column[2],
    row[0] * column[1] - row[1] * column[0],
  );
  return normal > 0.5;
}

function pointOf(numbers: readonly number[] | null): Point | null {
  const [x, y, z] = numbers ?? [];
  if (x === undefined || y === undefined || z === undefined) return null;
  return [x, y, z].every(Number.isFinite) ? [x, y, z] : null;
}

/** Whether the directions of the picture in the patient are known. */
export function isOriented({ imageOrientationPatient }: ImageDescription): boolean {
  const row = pointOf(imageOrientationPatient?.slice(0, 3) ?? null);
  const column = pointOf(imageOrientationPatient?.slice(3, 6) ?? null);
  return row !== null && column !== null && areAcross(row, column);
}
