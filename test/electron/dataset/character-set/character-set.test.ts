import { existsSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFileHeader, scanDataset, textOf } from '../../../../electron/dataset/index.ts';
import {
  characterSetOf,
  decodeText,
  encodeText,
} from '../../../../electron/dataset/character-set/character-set.ts';

function name(characterSet: string, bytes: string): string {
  return decodeText(Buffer.from(bytes, 'latin1'), characterSetOf(characterSet), true);
}

describe('a text with code extensions', () => {
  it('holds characters of JIS X 0212', () => {
    expect(name('\\ISO 2022 IR 87\\ISO 2022 IR 159', '\x1b$(D0!\x1b(B')).toBe('丂');
  });

  it('mixes scripts of one byte', () => {
    expect(name('ISO 2022 IR 100\\ISO 2022 IR 144', 'M\xfcller\x1b-L\xbb\xee')).toBe('MüllerЛю');
  });

  it('goes back to its first character set at a delimiter', () => {
    expect(name('ISO 2022 IR 100\\ISO 2022 IR 144', '\x1b-L\xbb\xee^M\xfcller')).toBe('Лю^Müller');
    expect(name('\\ISO 2022 IR 149', '\x1b$)C\xfb\xf3^\xfb\xf3')).toBe('洪^\uFFFD\uFFFD');
  });

  it('may hold the codes of delimiters inside of two-byte characters', () => {
    // 25H 5EH is マ, whose second half is the code of ^; 25H 3DH and 25H 5CH likewise.
    expect(name('\\ISO 2022 IR 87', '\x1b$B%^%=%\\\x1b(B^A')).toBe('マソ\u30dc^A');
  });
});

describe('a character set', () => {
  it('of one byte decodes the whole upper half', () => {
    expect(name('ISO_IR 100', 'Buc^J\xe9r\xf4me')).toBe('Buc^Jérôme');
    expect(name('ISO_IR 101', 'W\xb3adys\xb3aw')).toBe('Władysław');
    expect(name('ISO_IR 109', '\xa1')).toBe('Ħ');
    expect(name('ISO_IR 110', '\xa1')).toBe('Ą');
    expect(name('ISO_IR 144', '\xbb\xee\xda')).toBe('Люк');
    expect(name('ISO_IR 127', '\xe2\xc8\xc7\xe6\xea')).toBe('قباني');
    expect(name('ISO_IR 126', '\xc4\xe9\xef')).toBe('Διο');
    expect(name('ISO_IR 138', '\xf9\xf8\xe5\xef')).toBe('שרון');
    expect(name('ISO_IR 148', '\xc7avu\xfeo\xf0lu')).toBe('Çavuşoğlu');
    expect(name('ISO_IR 166', '\xb9\xd2\xc2')).toBe('นาย');
    expect(name('ISO_IR 13', '\xd4\xcf')).toBe('ﾔﾏ');
  });

  it('of several bytes decodes the whole text', () => {
    expect(name('ISO_IR 192', 'Wang^XiaoDong=\xe7\x8e\x8b')).toBe('Wang^XiaoDong=王');
    expect(name('GB18030', 'Wang^XiaoDong=\xcd\xf5^\xd0\xa1\xb6\xab=')).toBe('Wang^XiaoDong=王^小东=');
    expect(name('GBK', '\xcd\xf5')).toBe('王');
  });

  it('is known under its usual misspellings', () => {
    for (const spelling of [
      'ISO-IR 100',
      'ISO_IR100',
      'ISO IR 100',
      'iso_ir 100',
      'ISO_IR_100',
      'ISO8859-1',
    ]) {
      expect([spelling, name(spelling, 'M\xfcller')]).toEqual([spelling, 'Müller']);
    }
    expect(name('UTF-8', '\xc3\xbc')).toBe('ü');
  });

  it('is ASCII when none is given or known, and other bytes show as unreadable', () => {
    expect(name('', 'M\xfcller')).toBe('M\uFFFDller');
    expect(name('ISO_IR 999', 'M\xfcller')).toBe('M\uFFFDller');
    expect(name('\\ISO 2022 IR 87', 'M\xfcller')).toBe('M\uFFFDller');
  });

  it('of two bytes that stands first, against the standard, holds from the start', () => {
    expect(name('ISO_IR 149', '\xc8\xab^\xb1\xe6\xb5\xbf')).toBe('홍^길동');
    expect(name('ISO 2022 IR 58', '\xd5\xc5')).toBe('张');
    expect(name('ISO 2022 IR 87', '\x1b$B;3ED\x1b(B^A')).toBe('山田^A');
  });

  it('may be a code page of another world, under its own name', () => {
    expect(name('windows-1251', '\xcb\xfe\xea')).toBe('Люк');
    expect(name('windows-1252', 'M\xfcller \x80')).toBe('Müller €');
    expect(name('Shift_JIS', '\x8e\x52\x93\x63^\x83\x5c')).toBe('山田^ソ');
    expect(name('KOI8-R', '\xec\xc0\xcb')).toBe('Люк');
    expect(name('Big5', '\xa4\xfd')).toBe('王');
  });

  it('shows the control characters of its upper half as unreadable', () => {
    expect(name('ISO_IR 100', 'M\x80\x9f')).toBe('M\uFFFD\uFFFD');
  });

  it('never throws, whatever the bytes', () => {
    const sets = [
      '',
      'ISO_IR 192',
      'GB18030',
      '\\ISO 2022 IR 87',
      'ISO 2022 IR 13\\ISO 2022 IR 149',
      'ISO_IR 166',
    ];
    const byte = fc.oneof(fc.nat(255), fc.constantFrom(0x1b, 0x24, 0x28, 0x29, 0x42, 0x43, 0x5c, 0x5e));
    fc.assert(
      fc.property(
        fc.array(byte, { maxLength: 40 }),
        fc.constantFrom(...sets),
        fc.boolean(),
        (bytes, set, isName) => {
          expect(typeof decodeText(Uint8Array.from(bytes), characterSetOf(set), isName)).toBe('string');
        },
      ),
      { numRuns: 2000 },
    );
  });
});

const folder = new URL('../../../../../shared/data/charset/', import.meta.url);

describe.skipIf(!existsSync(folder))('the names in real files', () => {
  const names: Readonly<Record<string, string>> = {
    'chrArab.dcm': 'قباني^لنزار',
    'chrFren.dcm': 'Buc^Jérôme',
    'chrGerm.dcm': 'Äneas^Rüdiger',
    'chrGreek.dcm': 'Διονυσιος',
    'chrH31.dcm': 'Yamada^Tarou=山田^太郎=やまだ^たろう',
    'chrH32.dcm': 'ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう',
    'chrHbrw.dcm': 'שרון^דבורה',
    'chrI2.dcm': 'Hong^Gildong=洪^吉洞=홍^길동',
    'chrRuss.dcm': 'Люкceмбypг',
    'chrX1.dcm': 'Wang^XiaoDong=王^小東=',
    'chrX2.dcm': 'Wang^XiaoDong=王^小东=',
    'chrGB2312.dcm': 'Zhang^XiaoDong=张^小东=',
  };

  it.each(Object.entries(names))('are read, and would be written as they are: %s', async (file, expected) => {
    const path = new URL(file, folder).pathname;
    const { datasetOffset, transferSyntaxUid } = await readFileHeader(path);
    const { attributes } = scanDataset(readFileSync(path).subarray(datasetOffset), transferSyntaxUid);

    expect(textOf(attributes, 'PatientName')).toBe(expected);
    const again = encodeText(expected, characterSetOf(textOf(attributes, 'SpecificCharacterSet')), true);
    const stored = Buffer.from(attributes.get('00100010')?.value ?? []).toString('latin1');
    expect(again).toMatchObject({ kind: 'encoded', bytes: Buffer.from(stored.trimEnd(), 'latin1') });
  });
});
