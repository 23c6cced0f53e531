import { uidFor, type DemoInstance, type NaturalDataset } from './demo-instance.ts';
import { chestRadiograph, radiographPixelMm, radiographSize } from './pictures/chest-radiograph.ts';
import { ctPixelMm, ctSize, ctSlice } from './pictures/ct-slice.ts';
import { mrPixelMm, mrSize, mrSlice } from './pictures/mr-slice.ts';
import { buildTorso } from './pictures/torso.ts';
import { ultrasoundColumns, ultrasoundFrames, ultrasoundRows } from './pictures/ultrasound-frames.ts';

const sliceCount = { ct: 60, mr: 24 } as const;
const sliceDistanceMm = { ct: 4.5, mr: 5 } as const;
const ultrasoundFrameCount = 20;

/** Everything the demonstration archive has, with study dates that lie a little before `now`. */
export function syntheticStudies(now: Date): readonly DemoInstance[] {
  return [ctStudy(now), mrStudy(now), ultrasoundStudy(now), radiograph(now), followUp(now)].flat();
}

function ctStudy(now: Date): DemoInstance[] {
  return ctSeries({
    ...muller,
    StudyDate: daysBefore(now, 0),
    StudyTime: '083012',
    StudyDescription: 'CT thorax and abdomen with contrast',
    AccessionNumber: 'DEMO-0001',
    StudyID: '1',
  });
}

function followUp(now: Date): DemoInstance[] {
  return ctSeries({
    ...muller,
    StudyDate: daysBefore(now, 182),
    StudyTime: '101500',
    StudyDescription: 'CT thorax, first examination',
    AccessionNumber: 'DEMO-0005',
    StudyID: '5',
  }).slice(30, 50);
}

function ctSeries(study: NaturalDataset): DemoInstance[] {
  const torso = buildTorso();
  const series = seriesOf(study, 'CT', 2, 'Axial 4.5 mm, portal venous');
  return Array.from({ length: sliceCount.ct }, (_, index) => {
    const z = index * sliceDistanceMm.ct;
    const attributes = {
      ...instanceOf(series, '1.2.840.10008.5.1.4.1.1.2', index + 1),
      ...plane(ctSize, ctPixelMm, z, sliceDistanceMm.ct),
      ...grey(ctSize, { bitsStored: 16, signed: true }),
      ImageType: ['ORIGINAL', 'PRIMARY', 'AXIAL'],
      BodyPartExamined: 'CHEST',
      KVP: '120',
      RescaleIntercept: '0',
      RescaleSlope: '1',
      RescaleType: 'HU',
      WindowCenter: ['50', '-550'],
      WindowWidth: ['400', '1600'],
      WindowCenterWidthExplanation: ['Soft tissue', 'Lung'],
    };
    return withPixels(attributes, () => ctSlice(torso, z).buffer, 'OW');
  });
}

function mrStudy(now: Date): DemoInstance[] {
  const study = {
    ...person('Παπαδοπούλου^Ελένη', 'DEMO-GR-2', '19790214', 'F'),
    StudyDate: daysBefore(now, 3),
    StudyTime: '141907',
    StudyDescription: 'MR head',
    AccessionNumber: 'DEMO-0002',
    StudyID: '2',
  };
  const series = seriesOf(study, 'MR', 3, 'T2 axial');
  return Array.from({ length: sliceCount.mr }, (_, index) => {
    const attributes = {
      ...instanceOf(series, '1.2.840.10008.5.1.4.1.1.4', index + 1),
      ...plane(mrSize, mrPixelMm, index * sliceDistanceMm.mr, sliceDistanceMm.mr),
      ...grey(mrSize, { bitsStored: 12, signed: false }),
      ImageType: ['ORIGINAL', 'PRIMARY', 'M'],
      BodyPartExamined: 'HEAD',
      ScanningSequence: 'SE',
      SequenceVariant: 'SK',
      ScanOptions: '',
      MRAcquisitionType: '2D',
      RepetitionTime: '4200',
      EchoTime: '98',
      WindowCenter: '520',
      WindowWidth: '1040',
    };
    return withPixels(attributes, () => mrSlice(index / (sliceCount.mr - 1)).buffer, 'OW');
  });
}

function ultrasoundStudy(now: Date): DemoInstance[] {
  const study = {
    ...person('Yamada^Tarou=山田^太郎=やまだ^たろう', 'DEMO-JP-3', '19551103', 'M'),
    StudyDate: daysBefore(now, 19),
    StudyTime: '090500',
    StudyDescription: 'Echocardiography',
    AccessionNumber: 'DEMO-0003',
    StudyID: '3',
  };
  const attributes = {
    ...instanceOf(seriesOf(study, 'US', 1, 'Colour Doppler'), '1.2.840.10008.5.1.4.1.1.3.1', 1),
    ImageType: ['ORIGINAL', 'PRIMARY'],
    SamplesPerPixel: 3,
    PhotometricInterpretation: 'RGB',
    PlanarConfiguration: 0,
    NumberOfFrames: String(ultrasoundFrameCount),
    FrameTime: '50',
    FrameIncrementPointer: 0x00181063,
    Rows: ultrasoundRows,
    Columns: ultrasoundColumns,
    BitsAllocated: 8,
    BitsStored: 8,
    HighBit: 7,
    PixelRepresentation: 0,
    LossyImageCompression: '00',
  };
  return [withPixels(attributes, () => ultrasoundFrames(ultrasoundFrameCount).buffer, 'OB')];
}

function radiograph(now: Date): DemoInstance[] {
  const study = {
    ...person('O’Brien^Siobhán', 'DEMO-IE-4', '19880630', 'F'),
    StudyDate: daysBefore(now, 1),
    StudyTime: '164455',
    StudyDescription: 'Chest, posteroanterior',
    AccessionNumber: 'DEMO-0004',
    StudyID: '4',
  };
  const attributes = {
    ...instanceOf(seriesOf(study, 'CR', 1, 'Chest PA'), '1.2.840.10008.5.1.4.1.1.1', 1),
    ...grey(radiographSize, { bitsStored: 12, signed: false }),
    ImageType: ['ORIGINAL', 'PRIMARY'],
    BodyPartExamined: 'CHEST',
    ViewPosition: 'PA',
    PatientOrientation: ['L', 'F'],
    ImagerPixelSpacing: [String(radiographPixelMm), String(radiographPixelMm)],
    WindowCenter: '2048',
    WindowWidth: '4096',
  };
  return [withPixels(attributes, () => chestRadiograph(buildTorso()).buffer, 'OW')];
}

function person(name: string, id: string, birthDate: string, sex: string): NaturalDataset {
  return {
    PatientName: name,
    PatientID: id,
    PatientBirthDate: birthDate,
    PatientSex: sex,
    ReferringPhysicianName: 'Demonstration^Physician',
    Manufacturer: 'Gantry',
    ManufacturerModelName: 'Synthetic study',
    InstitutionName: 'Demonstration',
    PatientComments: 'Made by a program; no such person.',
  };
}

const muller = person('Müller^Jürgen', 'DEMO-DE-1', '19610409', 'M');

function seriesOf(
  study: NaturalDataset,
  modality: string,
  number: number,
  description: string,
): NaturalDataset {
  const name = `${String(study['AccessionNumber'])} ${String(study['StudyDate'])}`;
  return {
    SpecificCharacterSet: 'ISO_IR 192',
    ...study,
    StudyInstanceUID: uidFor(name),
    SeriesInstanceUID: uidFor(`${name} series ${number}`),
    FrameOfReferenceUID: uidFor(`${name} frame of reference`),
    PositionReferenceIndicator: '',
    SeriesDate: study['StudyDate'],
    SeriesTime: study['StudyTime'],
    Modality: modality,
    SeriesNumber: String(number),
    SeriesDescription: description,
    Laterality: '',
  };
}

function instanceOf(series: NaturalDataset, sopClassUid: string, number: number): NaturalDataset {
  return {
    ...series,
    SOPClassUID: sopClassUid,
    SOPInstanceUID: uidFor(`${String(series['SeriesInstanceUID'])} instance ${number}`),
    InstanceNumber: String(number),
    AcquisitionNumber: '1',
    ContentDate: series['StudyDate'],
    ContentTime: series['StudyTime'],
  };
}

/** An axial plane in the patient's coordinates (PS3.3 §C.7.6.2): x to the left, y to the back, z to the head. */
function plane(size: number, pixelMm: number, z: number, distanceMm: number): NaturalDataset {
  const corner = String((-size / 2) * pixelMm);
  return {
    PatientPosition: 'HFS',
    ImageOrientationPatient: ['1', '0', '0', '0', '1', '0'],
    ImagePositionPatient: [corner, corner, String(z)],
    SliceLocation: String(z),
    SliceThickness: String(distanceMm),
    PixelSpacing: [String(pixelMm), String(pixelMm)],
  };
}

function grey(size: number, { bitsStored, signed }: { bitsStored: number; signed: boolean }): NaturalDataset {
  return {
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'MONOCHROME2',
    Rows: size,
    Columns: size,
    BitsAllocated: 16,
    BitsStored: bitsStored,
    HighBit: bitsStored - 1,
    PixelRepresentation: signed ? 1 : 0,
  };
}

function withPixels(attributes: NaturalDataset, pixels: () => ArrayBuffer, vr: 'OB' | 'OW'): DemoInstance {
  return {
    attributes,
    dataset: () => ({
      ...attributes,
      // Read when the data set is written, so that a study waiting to be sent costs nothing.
      get PixelData() {
        return pixels();
      },
      _vrMap: { PixelData: vr },
    }),
  };
}

/** YYYYMMDD in local time, as a scanner would write it. */
function daysBefore(now: Date, days: number): string {
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() - days);
  const parts = [day.getFullYear(), day.getMonth() + 1, day.getDate()];
  return parts.map((part) => String(part).padStart(2, '0')).join('');
}
