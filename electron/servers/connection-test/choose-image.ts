import { numberOf, textOf, type Attributes, type IdentifierKey } from '../../dataset/index.ts';
import { requestAssociation, SopClass } from '../../dimse/index.ts';
import { datesSince, windows } from './days-back.ts';
import { findSome } from './find-some.ts';
import { plainly, planTo, type TestedPeer } from './tested-peer.ts';

/** Where one image lies at the server. */
export interface ImagePlace {
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly sopInstanceUid: string;
  /** '' where the server does not say. */
  readonly sopClassUid: string;
}

interface Series {
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly modality: string;
  /** `null`: the server does not say. */
  readonly images: number | null;
}

const mostStudies = 5;
const mostSeries = 50;

/** Of no pictures, and not accepted everywhere. */
const notPictures: readonly string[] = ['PR', 'KO', 'SR', 'DOC', 'AU', 'ECG', 'REG', 'SEG', 'PLAN'];

/**
 * A small image for a test: the first of the smallest series of some recent studies. Only UIDs and counts
 * are asked for, nothing of a patient.
 *
 * @returns `null` where the server shows none
 * @throws FailureError
 */
export async function chooseImage(
  peer: TestedPeer,
  address: string,
  signal: AbortSignal,
): Promise<ImagePlace | null> {
  const contexts = [plainly(SopClass.StudyRootFind)];
  await using association = await requestAssociation(planTo(peer, address, contexts), {}, signal);
  signal.addEventListener('abort', () => association.abort(), { once: true });
  for (const days of windows) {
    const studies = await findSome(association, { keys: studyKeys(days) }, mostStudies, signal);
    const series: Series[] = [];
    for (const study of studies) {
      const keys = seriesKeys(textOf(study, 'StudyInstanceUID'));
      series.push(...(await findSome(association, { keys }, mostSeries, signal)).map(seriesOf(study)));
    }
    for (const smallest of inOrder(series)) {
      const [image] = await findSome(association, { keys: imageKeys(smallest) }, 1, signal);
      if (image !== undefined) return placeOf(image, smallest);
    }
  }
  return null;
}

function studyKeys(days: number | null): readonly IdentifierKey[] {
  return [
    { keyword: 'QueryRetrieveLevel', value: 'STUDY' },
    { keyword: 'StudyInstanceUID', value: '' },
    { keyword: 'StudyDate', value: datesSince(days) },
  ];
}

function seriesKeys(studyInstanceUid: string): readonly IdentifierKey[] {
  return [
    { keyword: 'QueryRetrieveLevel', value: 'SERIES' },
    { keyword: 'StudyInstanceUID', value: studyInstanceUid },
    { keyword: 'SeriesInstanceUID', value: '' },
    { keyword: 'Modality', value: '' },
    { keyword: 'NumberOfSeriesRelatedInstances', value: '' },
  ];
}

function imageKeys({ studyInstanceUid, seriesInstanceUid }: Series): readonly IdentifierKey[] {
  return [
    { keyword: 'QueryRetrieveLevel', value: 'IMAGE' },
    { keyword: 'StudyInstanceUID', value: studyInstanceUid },
    { keyword: 'SeriesInstanceUID', value: seriesInstanceUid },
    { keyword: 'SOPInstanceUID', value: '' },
    { keyword: 'SOPClassUID', value: '' },
  ];
}

const seriesOf =
  (study: Attributes) =>
  (found: Attributes): Series => ({
    studyInstanceUid: textOf(study, 'StudyInstanceUID'),
    seriesInstanceUid: textOf(found, 'SeriesInstanceUID'),
    modality: textOf(found, 'Modality'),
    images: numberOf(found, 'NumberOfSeriesRelatedInstances'),
  });

/** Pictures before the rest, the smallest first, those of unknown size last; those that can't be asked for not. */
function inOrder(series: readonly Series[]): readonly Series[] {
  const rank = ({ modality }: Series): number => (notPictures.includes(modality) ? 1 : 0);
  const size = ({ images }: Series): number => images ?? Number.MAX_SAFE_INTEGER;
  return series
    .filter(({ seriesInstanceUid, images }) => seriesInstanceUid !== '' && images !== 0)
    .toSorted((one, other) => rank(one) - rank(other) || size(one) - size(other))
    .slice(0, mostStudies);
}

function placeOf(image: Attributes, { studyInstanceUid, seriesInstanceUid }: Series): ImagePlace | null {
  const sopInstanceUid = textOf(image, 'SOPInstanceUID');
  if (sopInstanceUid === '') return null;
  const sopClassUid = textOf(image, 'SOPClassUID');
  return { studyInstanceUid, seriesInstanceUid, sopInstanceUid, sopClassUid };
}
