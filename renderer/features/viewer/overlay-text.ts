import type { ArchiveStudy } from '../../../electron/contract/archive.ts';
import { formatDate, formatTime, personNameText, visibleText } from '../../format/index.ts';
import type { StackState } from './stack-state.ts';
import type { Window } from './window.ts';

/** The lines in the four corners of a picture, each from the top. */
export interface OverlayText {
  readonly topLeft: readonly string[];
  readonly topRight: readonly string[];
  readonly bottomLeft: readonly string[];
  readonly bottomRight: readonly string[];
}

export function overlayText(study: ArchiveStudy | null, state: StackState): OverlayText {
  return {
    topLeft: study === null ? [] : patientLines(study),
    topRight: study === null ? [] : lines(study.studyDescription, dateLine(study)),
    bottomLeft: lines(seriesLine(state), instanceLine(state)),
    bottomRight: viewLines(state),
  };
}

function viewLines({ inverted, slide, window, zoomPercent }: StackState): readonly string[] {
  return lines(
    slide?.instance.image?.lossy === true ? 'Lossy' : '',
    inverted ? 'Inverted' : '',
    zoomPercent === null ? '' : `Zoom ${rounded(zoomPercent)} %`,
    window === null ? '' : windowText(window),
  );
}

/**
 * `Image 12 of 60`, what the viewport is called by for those who can't see it; `Object 1 of 1` where it is
 * none, such as a report.
 */
export function positionText({ count, index, slide }: Pick<StackState, 'count' | 'index' | 'slide'>): string {
  if (count === 0) return 'No image';
  const isImage = slide?.instance.notShown?.cause !== 'no-pixel-data';
  return `${isImage ? 'Image' : 'Object'} ${index + 1} of ${count}`;
}

export function windowText({ center, width }: Window): string {
  return `W ${rounded(width)} L ${rounded(center)}`;
}

/** `3 Chest 1.0`, or what there is of it. */
export function seriesName(series: {
  readonly seriesNumber: string;
  readonly seriesDescription: string;
}): string {
  const name = [series.seriesNumber, visibleText(series.seriesDescription)]
    .filter((part) => part !== '')
    .join(' ');
  return name === '' ? 'Series without a name' : name;
}

function patientLines(study: ArchiveStudy): readonly string[] {
  const born = formatDate(study.patientBirthDate);
  return lines(
    personNameText(study.patientName) || 'No name',
    visibleText(study.patientId),
    [born, visibleText(study.patientSex)].filter((part) => part !== '').join(' · '),
  );
}

function dateLine(study: ArchiveStudy): string {
  return [formatDate(study.studyDate), formatTime(study.studyTime)].filter((part) => part !== '').join(' ');
}

function seriesLine({ slide }: StackState): string {
  if (slide === null) return '';
  return [slide.series.modality, seriesName(slide.series)].filter((part) => part !== '').join(' · ');
}

function instanceLine(state: StackState): string {
  const { slide } = state;
  if (slide === null) return '';
  const frames = slide.instance.image?.frameCount ?? 1;
  const number = slide.instance.instanceNumber;
  return [
    positionText(state),
    number === '' ? '' : `No. ${visibleText(number)}`,
    frames > 1 ? `Frame ${slide.frameNumber} of ${frames}` : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

function lines(...texts: readonly string[]): readonly string[] {
  return texts.map((text) => visibleText(text.trim())).filter((text) => text !== '');
}

/** Whole numbers, and three digits of what is smaller than 10, as windows of quantities are. */
function rounded(value: number): string {
  if (Number.isInteger(value) || Math.abs(value) >= 10) return String(Math.round(value));
  return String(Number(value.toPrecision(3)));
}
