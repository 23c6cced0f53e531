import { countOf, visibleText } from '../../../format/index.ts';
import type { EffectiveFile, EffectiveValue } from '../../../../electron/contract/effective-configuration.ts';

/** Who set a value: `/etc/gantry/site.ini:12`, or in a word. */
export function originText(origin: EffectiveValue['origin']): string {
  switch (origin.kind) {
    case 'default':
      return 'usual value';
    case 'user':
      return 'you';
    case 'administrator':
      return `${origin.file}:${origin.line}`;
  }
}

const signatureWords: Readonly<Record<EffectiveFile['signature'], string>> = {
  'not-asked-for': '',
  verified: 'signature verified',
  refused: 'signature refused: nothing of it counts',
};

/** Whose file it is, as it says itself; '' where it says nothing. */
export function aboutWords({ site, issued, contact }: EffectiveFile): string {
  return [site, issued === '' ? '' : `issued ${issued}`, contact === '' ? '' : `contact ${contact}`]
    .filter((words) => words !== '')
    .map(visibleText)
    .join(', ');
}

/** What is to be said of a file in one line. */
export function fileWords({ errors, warnings, signature }: EffectiveFile): string {
  const counts = [
    ...(errors === 0 ? [] : [countOf(errors, 'fault', 'faults')]),
    ...(warnings === 0 ? [] : [countOf(warnings, 'warning', 'warnings')]),
  ];
  const state = counts.length === 0 ? 'Every line is in order' : counts.join(', ');
  return [state, signatureWords[signature]].filter((words) => words !== '').join('; ');
}

export interface EffectiveSection {
  readonly section: string;
  readonly values: readonly EffectiveValue[];
}

/** The values by section, in the order in which they came. */
export function bySection(values: readonly EffectiveValue[]): readonly EffectiveSection[] {
  const sections = new Map<string, EffectiveValue[]>();
  for (const value of values) {
    sections.set(value.section, [...(sections.get(value.section) ?? []), value]);
  }
  return [...sections].map(([section, all]) => ({ section, values: all }));
}
