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

export const signatureWords: Readonly<Record<EffectiveFile['signature'], string>> = {
  'not-asked-for': '',
  verified: 'signature verified',
  refused: 'signature refused: nothing of it counts',
};

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
