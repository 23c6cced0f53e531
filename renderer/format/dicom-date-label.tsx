import type { ReactElement } from 'react';
import { formatDate, formatTime } from './dicom-date.ts';
import { visibleText } from './visible-text.ts';

interface DicomDateProps {
  readonly value: string;
  /** A TM value shown after the date; not given: the date alone. */
  readonly time?: string;
}

/** A date, and a time where there is one, in the person's locale; DICOM's form is on hover. */
export function DicomDate({ value, time = '' }: DicomDateProps): ReactElement {
  return (
    <span title={visibleText([value, time].filter((part) => part !== '').join(' '))}>
      {formatDate(value)}
      {value !== '' && time !== '' && ' '}
      {time !== '' && <span className="secondary">{formatTime(time)}</span>}
    </span>
  );
}
