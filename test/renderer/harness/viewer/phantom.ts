import type {
  ArchiveInstance,
  ArchiveSeries,
  ArchiveStudy,
  ImageDescription,
} from '../../../../electron/contract/archive.ts';
import { FailureError } from '../../../../electron/contract/failure.ts';
import type { HarnessArchive } from './serve.ts';

const explicitLittleEndian = '1.2.840.10008.1.2.1';
export const phantomStudyUid = '1.2.3.1';

export interface PhantomArchive extends HarnessArchive {
  /** One more CT slice, put between those there are. */
  arrive(): ArchiveStudy;
}

/** A study made up: a CT that grows, a colour picture, one whose frames fail, a report. */
export function phantomArchive(): PhantomArchive {
  let slices = Array.from({ length: 20 }, (_, index) => index * 2);
  const study = (): ArchiveStudy => ({
    studyInstanceUid: phantomStudyUid,
    patientName: 'Yamada^Tarou=山田^太郎=やまだ^たろう',
    patientId: 'PHANTOM-1',
    patientBirthDate: '19650412',
    patientSex: 'M',
    studyDate: '20261120',
    studyTime: '101530',
    studyDescription: 'Chest with contrast',
    accessionNumber: 'A-77',
    modalities: ['CT', 'US', 'SR'],
    seriesCount: 4,
    instanceCount: slices.length + 4,
    bytes: 10_000_000,
    receivedAt: '2026-11-20T10:20:00Z',
  });
  return {
    studies: () => Promise.resolve([study()]),
    series: () => Promise.resolve(allSeries(slices)),
    openFrame: (uid) => frame(uid),
    arrive: () => {
      slices = [...slices, slices.length * 2 - 39].toSorted((a, b) => a - b);
      return study();
    },
  };
}

function allSeries(slices: readonly number[]): readonly ArchiveSeries[] {
  return [
    series('1', 'CT', 'Axial 1.0', slices.map(ctSlice)),
    series('2', 'US', 'Colour', [instance('1.2.3.2.1', colour)]),
    series('3', 'MR', 'Partly damaged', [
      instance('1.2.3.3.1', grey),
      {
        ...instance('1.2.3.3.2', grey),
        image: null,
        notShown: { cause: 'damaged', detail: 'the pixel data ends early' },
      },
      instance('1.2.3.3.404', grey),
      instance('1.2.3.3.500', grey, '1.2.840.10008.1.2.4.90'),
      instance('1.2.3.3.5', grey),
    ]),
    series('4', 'SR', 'Findings', [
      {
        ...instance('1.2.3.4.1', grey),
        sopClassUid: '1.2.840.10008.5.1.4.1.1.88.33',
        image: null,
        notShown: { cause: 'no-pixel-data' },
      },
    ]),
  ];
}

function series(
  number: string,
  modality: string,
  seriesDescription: string,
  instances: readonly ArchiveInstance[],
): ArchiveSeries {
  return {
    seriesInstanceUid: `1.2.3.1.${number}`,
    studyInstanceUid: phantomStudyUid,
    modality,
    seriesNumber: number,
    seriesDescription,
    instances,
  };
}

function instance(
  sopInstanceUid: string,
  image: ImageDescription,
  transferSyntaxUid = explicitLittleEndian,
): ArchiveInstance {
  return {
    sopInstanceUid,
    sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
    transferSyntaxUid,
    instanceNumber: sopInstanceUid.split('.').at(-1) ?? '',
    bytes: 0,
    image,
    notShown: null,
  };
}

function ctSlice(position: number): ArchiveInstance {
  return instance(`1.2.3.1.1.${position + 100}`, { ...grey, imagePositionPatient: [-120, -120, position] });
}

const size = 256;

const grey: ImageDescription = {
  frameCount: 1,
  rows: size,
  columns: size,
  samplesPerPixel: 1,
  photometricInterpretation: 'MONOCHROME2',
  planarConfiguration: 0,
  bitsAllocated: 16,
  bitsStored: 12,
  highBit: 11,
  pixelRepresentation: 0,
  rescaleSlope: 1,
  rescaleIntercept: -1024,
  windowCenters: [40],
  windowWidths: [400],
  voiLutFunction: 'LINEAR',
  pixelSpacing: [0.9375, 0.9375],
  imageOrientationPatient: [1, 0, 0, 0, 1, 0],
  imagePositionPatient: [-120, -120, 0],
  frameOfReferenceUid: '1.2.3.9',
  patientOrientation: ['L', 'P'],
  sliceThickness: 1,
  lossy: false,
  palette: null,
  warnings: [],
};

const colour: ImageDescription = {
  ...grey,
  samplesPerPixel: 3,
  photometricInterpretation: 'RGB',
  bitsAllocated: 8,
  bitsStored: 8,
  highBit: 7,
  rescaleIntercept: 0,
  windowCenters: [],
  windowWidths: [],
  pixelSpacing: null,
  imageOrientationPatient: null,
  imagePositionPatient: null,
  patientOrientation: [],
  lossy: true,
  warnings: ['2 frames are announced, 1 is there'],
};

function frame(uid: string): Promise<{ readonly bytes: Uint8Array; readonly transferSyntaxUid: string }> {
  const last = Number(uid.split('.').at(-1));
  if (last === 404) {
    return Promise.reject(new FailureError({ step: 'storage', cause: 'unreadable', detail: 'EIO' }));
  }
  if (last === 500) {
    return Promise.resolve({
      bytes: new Uint8Array([1, 2, 3, 4]),
      transferSyntaxUid: '1.2.840.10008.1.2.4.90',
    });
  }
  const bytes = uid.startsWith('1.2.3.2') ? rgbPixels() : new Uint8Array(greyPixels(last - 100).buffer);
  return Promise.resolve({ bytes, transferSyntaxUid: explicitLittleEndian });
}

/** A body of water with a bright spot on the patient's left, wider with the position, and air around. */
function greyPixels(position: number): Uint16Array<ArrayBuffer> {
  const pixels = new Uint16Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const body = Math.hypot((column - 128) / 110, (row - 128) / 80) < 1;
      const spot = Math.hypot(column - 190, row - 128) < 8 + position / 2;
      pixels[row * size + column] = spot ? 1300 : body ? 1064 : 24;
    }
  }
  return pixels;
}

/** Red grows to the right, green downwards, blue stands still. */
function rgbPixels(): Uint8Array {
  const pixels = new Uint8Array(size * size * 3);
  for (let pixel = 0; pixel < size * size; pixel++) {
    pixels.set([pixel % size, Math.floor(pixel / size), 64], pixel * 3);
  }
  return pixels;
}
