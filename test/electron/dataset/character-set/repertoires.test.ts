import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { characterSets } from '../../../../electron/contract/character-sets.ts';
import {
  characterSetOf,
  decodeText,
  encodeText,
} from '../../../../electron/dataset/character-set/character-set.ts';

/** Characters besides ASCII that a set has, as counted by its standard or registration. */
const counts: readonly (readonly [characterSet: string, count: number])[] = [
  ['ISO_IR 6', 0],
  ['ISO_IR 100', 96],
  ['ISO_IR 101', 96],
  ['ISO_IR 109', 89],
  ['ISO_IR 110', 96],
  ['ISO_IR 144', 96],
  ['ISO_IR 127', 51],
  ['ISO_IR 126', 90],
  ['ISO_IR 138', 58],
  ['ISO_IR 148', 96],
  ['ISO_IR 203', 96],
  ['ISO_IR 13', 63],
  ['ISO_IR 166', 87],
  // JIS X 0208, X 0212, KS C 5601 and GB 2312.
  ['\\ISO 2022 IR 87', 6879],
  ['\\ISO 2022 IR 159', 6067],
  ['\\ISO 2022 IR 149', 8224],
  ['\\ISO 2022 IR 58', 7445],
];

/** All of Unicode's first plane but its surrogates and control characters, and some of the others. */
const characters: readonly string[] = [
  ...Array.from({ length: 0x10000 }, (_, code) => code),
  ...Array.from({ length: 0x400 }, (_, index) => 0x20000 + index),
  0x1f600,
  0x10ffff,
]
  .filter((code) => code < 0xd800 || code > 0xdfff)
  .map((code) => String.fromCodePoint(code));

function encode(text: string, characterSet: string, isPersonName = false): Buffer | null {
  const encoded = encodeText(text, characterSetOf(characterSet), isPersonName);
  return encoded.kind === 'encoded' ? encoded.bytes : null;
}

function carriedBy(characterSet: string): readonly string[] {
  return characters.filter((character) => encode(character, characterSet) !== null);
}

function unlike(characterSet: string): readonly string[] {
  return carriedBy(characterSet).filter((character) => {
    const bytes = encode(character, characterSet) ?? Buffer.alloc(0);
    return decodeText(bytes, characterSetOf(characterSet), false) !== character;
  });
}

describe('a character set', () => {
  it.each(counts)('%s carries %i characters besides ASCII, and reads each as it was', (set, count) => {
    const carried = carriedBy(set).filter((character) => character > '\x7f');

    expect(carried).toHaveLength(count);
    expect(unlike(set)).toEqual([]);
  });

  it.each(['ISO_IR 192', 'GB18030', 'GBK'])('%s reads each character that it carries as it was', (set) => {
    expect(unlike(set)).toEqual([]);
  });

  it('of Unicode carries all of it, GB 18030 too but for a private few, GBK some 22,000', () => {
    const printable = characters.filter((character) => !/\p{Cc}/u.test(character));

    expect(carriedBy('ISO_IR 192').filter((character) => !/\p{Cc}/u.test(character))).toEqual(printable);
    expect(
      printable.filter((character) => encode(character, 'GB18030') === null && !/\p{Co}/u.test(character)),
    ).toEqual([]);
    expect(carriedBy('GBK').length).toBeGreaterThan(21_000);
  });

  it('is tested here as many as DICOM has', () => {
    const tested = [...counts.map(([set]) => set), 'ISO_IR 192', 'GB18030', 'GBK'];
    const terms = characterSets
      .map(({ term }) => term)
      .filter((term) => !/^ISO 2022 IR (?!87|159|149|58)/.test(term));

    expect(tested.map((set) => set.replace('\\', '')).toSorted()).toEqual(terms.toSorted());
  });
});

describe('any text of what its character set carries', () => {
  const sets = [
    'ISO_IR 100',
    'ISO_IR 144',
    'ISO_IR 13',
    'ISO_IR 192',
    'GB18030',
    'GBK',
    '\\ISO 2022 IR 87',
    'ISO 2022 IR 13\\ISO 2022 IR 87\\ISO 2022 IR 159',
    '\\ISO 2022 IR 149',
    '\\ISO 2022 IR 58',
    'ISO 2022 IR 100\\ISO 2022 IR 144\\ISO 2022 IR 126\\ISO 2022 IR 166',
    '\\ISO 2022 IR 58\\ISO 2022 IR 149\\ISO 2022 IR 87\\ISO 2022 IR 13\\ISO 2022 IR 127',
  ];
  const delimiters = fc.constantFrom('^', '=', '\\', '\n', '\t', ' ', '*', 'A', '~');

  it.each(sets)('comes back as it was: %s', (set) => {
    const carried = carriedBy(set).filter((character) => character > '\x7f');
    const text = fc.array(fc.oneof(fc.constantFrom(...carried), delimiters), { maxLength: 30 });

    fc.assert(
      fc.property(text, fc.boolean(), (letters, isPersonName) => {
        const bytes = encode(letters.join(''), set, isPersonName);

        expect(bytes).not.toBeNull();
        expect(decodeText(bytes ?? Buffer.alloc(0), characterSetOf(set), isPersonName)).toBe(
          letters.join(''),
        );
      }),
      { numRuns: 300 },
    );
  });

  it.each(sets)('stands for itself between any two delimiters of a name: %s', (set) => {
    const carried = carriedBy(set).filter((character) => character > ' ' && !'\\^=\x7f'.includes(character));
    const component = fc
      .array(fc.constantFrom(...carried), { maxLength: 8 })
      .map((letters) => letters.join(''));

    fc.assert(
      fc.property(component, component, component, (one, two, three) => {
        const whole = encode(`${one}^${two}=${three}`, set, true)?.toString('latin1') ?? '';
        const alone = [one, two].map((text) => encode(text, set, true)?.toString('latin1') ?? '');
        const inThirdPlace = encode(`=${three}`, set, true)?.toString('latin1') ?? '';

        expect(whole).toBe(`${alone.join('^')}${inThirdPlace}`);
      }),
      { numRuns: 200 },
    );
  });

  it.each(sets)('is read or refused, never anything else: %s', (set) => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 12 }), fc.boolean(), (text, isPersonName) => {
        const encoded = encodeText(text, characterSetOf(set), isPersonName);
        const came =
          encoded.kind === 'encoded'
            ? decodeText(encoded.bytes, characterSetOf(set), isPersonName) === text
            : text.includes(encoded.character);

        expect(came).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
