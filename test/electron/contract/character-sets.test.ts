import { describe, expect, it } from 'vitest';
import {
  characterSetProblem,
  characterSets,
  codePages,
  DecodeAs,
  SpecificCharacterSet,
  specificCharacterSet,
} from '../../../electron/contract/character-sets.ts';

describe('a character set', () => {
  it.each([
    '',
    ...characterSets.map(({ term }) => term),
    '\\ISO 2022 IR 87',
    'ISO 2022 IR 13\\ISO 2022 IR 87\\ISO 2022 IR 159',
    'ISO 2022 IR 100\\ISO 2022 IR 144',
    'ISO 2022 IR 6\\ISO 2022 IR 149',
  ])('may be “%s”', (value) => {
    expect(characterSetProblem(value)).toBeNull();
  });

  it.each([
    [
      'ISO_IR 999',
      '“ISO_IR 999” is no character set of DICOM. Enter a term such as ISO_IR 100 or ISO_IR 192.',
    ],
    ['ISO 2022 IR 87\\', '“” is no character set of DICOM. Enter a term such as ISO_IR 100 or ISO_IR 192.'],
    [
      'windows-1251',
      '“windows-1251” is no character set of DICOM. Enter a term such as ISO_IR 100 or ISO_IR 192.',
    ],
    [
      'ISO 2022 IR 87\\ISO 2022 IR 159',
      'ISO 2022 IR 87 can’t come first. Begin with a backslash: \\ISO 2022 IR 87\\ISO 2022 IR 159.',
    ],
    ['ISO_IR 13\\ISO 2022 IR 87', 'ISO_IR 13 stands alone. Write ISO 2022 IR 13 where there are several.'],
    ['\\ISO_IR 192', 'ISO_IR 192 stands alone. Remove the others.'],
    ['\\ISO 2022 IR 87\\ISO 2022 IR 87', 'ISO 2022 IR 87 stands there twice. Remove one.'],
  ])('may not be “%s”, and is told why', (value, problem) => {
    expect(characterSetProblem(value)).toBe(problem);
    expect(SpecificCharacterSet.safeParse(value).error?.issues[0]?.message).toBe(problem);
  });

  it('that is chosen by itself is written where it stands among several', () => {
    expect(specificCharacterSet('ISO 2022 IR 149')).toBe('\\ISO 2022 IR 149');
    expect(specificCharacterSet('ISO 2022 IR 100')).toBe('ISO_IR 100');
    expect(specificCharacterSet(' ISO_IR 100 ')).toBe('ISO_IR 100');
    expect(specificCharacterSet('ISO 2022 IR 13\\ISO 2022 IR 87')).toBe('ISO 2022 IR 13\\ISO 2022 IR 87');
    expect(specificCharacterSet('GBK')).toBe('GBK');
  });

  it('to be read in may be a code page too', () => {
    for (const { term } of codePages) expect(DecodeAs.parse(` ${term}`)).toBe(term);
    expect(DecodeAs.parse('\\ISO 2022 IR 87')).toBe('\\ISO 2022 IR 87');
    expect(DecodeAs.safeParse('EBCDIC').success).toBe(false);
  });

  it('is there once', () => {
    const terms = [...characterSets, ...codePages].map(({ term }) => term);

    expect(new Set(terms).size).toBe(terms.length);
  });
});
