import type { ArchiveInstance } from '../../../electron/contract/archive.ts';
import { objectName, withUidNames } from '../../../electron/contract/uid-names.ts';
import { unknownObject } from './series-pictures.ts';

/** Why there is no picture in a picture's place, in words. */
export interface PictureNotice {
  /** `not-a-picture` is as it should be; the other two are not. */
  readonly kind: 'not-a-picture' | 'unsupported' | 'failed';
  readonly title: string;
  readonly explanation: string;
}

/** What the archive already knows about an instance that can't be shown; `null`: it has an image. */
export function noticeOf(instance: ArchiveInstance): PictureNotice | null {
  if (instance.image !== null) return null;
  const name = objectName(instance.sopClassUid) ?? unknownObject;
  switch (instance.notShown?.cause) {
    case 'no-pixel-data':
      return { kind: 'not-a-picture', title: name, explanation: 'This object holds no picture.' };
    case 'unsupported':
      return {
        kind: 'unsupported',
        title: `This ${lowerFirst(name)} can’t be shown`,
        explanation: sentence(instance.notShown.detail),
      };
    case 'damaged':
      return {
        kind: 'failed',
        title: `This ${lowerFirst(name)} is damaged`,
        explanation: sentence(instance.notShown.detail),
      };
    case undefined:
      return { kind: 'failed', title: `This ${lowerFirst(name)} can’t be shown`, explanation: '' };
  }
}

function sentence(detail: string): string {
  const text = withUidNames(detail.trim());
  if (text === '') return '';
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}

function lowerFirst(name: string): string {
  return /^[A-Z][a-z]/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}
