import { describe, expect, it } from 'vitest';
import {
  characterSetOf,
  decodeText,
  encodeText,
} from '../../../../electron/dataset/character-set/character-set.ts';

function bytesOf(text: string, characterSet: string, isPersonName = true): string {
  const encoded = encodeText(text, characterSetOf(characterSet), isPersonName);
  return encoded.kind === 'encoded' ? encoded.bytes.toString('latin1') : `refused: ${encoded.character}`;
}

function textOf(bytes: string, characterSet: string, isPersonName = true): string {
  return decodeText(Buffer.from(bytes, 'latin1'), characterSetOf(characterSet), isPersonName);
}

/** What the standard prints, byte by byte: name of the example, character set, text, bytes. */
const examples: readonly (readonly [example: string, set: string, text: string, bytes: string])[] = [
  [
    'Yamada, PS3.5 §H.3.1',
    '\\ISO 2022 IR 87',
    'Yamada^Tarou=山田^太郎=やまだ^たろう',
    'Yamada^Tarou=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B=\x1b$B$d$^$@\x1b(B^\x1b$B$?$m$&\x1b(B',
  ],
  [
    'Yamada in half-width katakana, PS3.5 §H.3.2',
    'ISO 2022 IR 13\\ISO 2022 IR 87',
    'ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう',
    '\xd4\xcf\xc0\xde^\xc0\xdb\xb3=\x1b$B;3ED\x1b(J^\x1b$BB@O:\x1b(J=\x1b$B$d$^$@\x1b(J^\x1b$B$?$m$&\x1b(J',
  ],
  [
    'Hong, PS3.5 §I.2',
    '\\ISO 2022 IR 149',
    'Hong^Gildong=洪^吉洞=홍^길동',
    'Hong^Gildong=\x1b$)C\xfb\xf3^\x1b$)C\xd1\xce\xd4\xd7=\x1b$)C\xc8\xab^\x1b$)C\xb1\xe6\xb5\xbf',
  ],
  [
    'Wang in UTF-8, PS3.5 §J.1',
    'ISO_IR 192',
    'Wang^XiaoDong=王^小東=',
    'Wang^XiaoDong=\xe7\x8e\x8b^\xe5\xb0\x8f\xe6\x9d\xb1=',
  ],
  [
    'Wang in GB 18030, PS3.5 §J.3',
    'GB18030',
    'Wang^XiaoDong=王^小东=',
    'Wang^XiaoDong=\xcd\xf5^\xd0\xa1\xb6\xab=',
  ],
  ['Wang in GBK', 'GBK', 'Wang^XiaoDong=王^小东=', 'Wang^XiaoDong=\xcd\xf5^\xd0\xa1\xb6\xab='],
  [
    'Zhang, PS3.5 §K.2',
    '\\ISO 2022 IR 58',
    'Zhang^XiaoDong=张^小东=',
    'Zhang^XiaoDong=\x1b$)A\xd5\xc5^\x1b$)A\xd0\xa1\xb6\xab=',
  ],
  ['French', 'ISO_IR 100', 'Buc^Jérôme', 'Buc^J\xe9r\xf4me'],
  ['German', 'ISO_IR 100', 'Äneas^Rüdiger', '\xc4neas^R\xfcdiger'],
  ['Polish', 'ISO_IR 101', 'Wałęsa', 'Wa\xb3\xeasa'],
  ['Maltese', 'ISO_IR 109', 'Ħamrun', '\xa1amrun'],
  ['Latvian', 'ISO_IR 110', 'Ģederts', '\xabederts'],
  ['Russian', 'ISO_IR 144', 'Люкceмбypг', '\xbb\xee\xdace\xdc\xd1yp\xd3'],
  ['Arabic', 'ISO_IR 127', 'قباني^لنزار', '\xe2\xc8\xc7\xe6\xea^\xe4\xe6\xd2\xc7\xd1'],
  ['Greek', 'ISO_IR 126', 'Διονυσιος', '\xc4\xe9\xef\xed\xf5\xf3\xe9\xef\xf2'],
  ['Hebrew', 'ISO_IR 138', 'שרון^דבורה', '\xf9\xf8\xe5\xef^\xe3\xe1\xe5\xf8\xe4'],
  ['Turkish', 'ISO_IR 148', 'Çavuşoğlu', '\xc7avu\xfeo\xf0lu'],
  ['French with the euro', 'ISO_IR 203', 'Œuvre^€', '\xbcuvre^\xa4'],
  ['Thai', 'ISO_IR 166', 'นามสกุล^ชื่อต้น', '\xb9\xd2\xc1\xca\xa1\xd8\xc5^\xaa\xd7\xe8\xcd\xb5\xe9\xb9'],
  ['katakana', 'ISO_IR 13', 'ﾔﾏﾀﾞ', '\xd4\xcf\xc0\xde'],
  ['JIS X 0212', '\\ISO 2022 IR 87\\ISO 2022 IR 159', '丂^二', '\x1b$(D0!\x1b(B^\x1b$BFs\x1b(B'],
];

describe('a name in its character set', () => {
  it.each(examples)('is written as it is printed: %s', (_, characterSet, text, bytes) => {
    expect(bytesOf(text, characterSet)).toBe(bytes);
  });

  it.each(examples)('is read as it is printed: %s', (_, characterSet, text, bytes) => {
    expect(textOf(bytes, characterSet)).toBe(text);
  });
});

describe('code extensions', () => {
  it('end before ^ and = of a name only, but before a backslash and a new line of every text', () => {
    const set = '\\ISO 2022 IR 149';

    expect(bytesOf('홍^동=길', set, false)).toBe('\x1b$)C\xc8\xab^\xb5\xbf=\xb1\xe6');
    expect(bytesOf('홍\\동', set, false)).toBe('\x1b$)C\xc8\xab\\\x1b$)C\xb5\xbf');
    expect(bytesOf('홍\r\n길\t동\f.', set, false)).toBe(
      '\x1b$)C\xc8\xab\r\n\x1b$)C\xb1\xe6\t\x1b$)C\xb5\xbf\f.',
    );
  });

  it('leave ASCII beside what is in the upper half as it is', () => {
    expect(bytesOf('1.홍A길', '\\ISO 2022 IR 149', false)).toBe('1.\x1b$)C\xc8\xabA\xb1\xe6');
  });

  it('go back to ASCII for what stands between two-byte characters of the lower half', () => {
    expect(bytesOf('山 1', '\\ISO 2022 IR 87', false)).toBe('\x1b$B;3\x1b(B 1');
    expect(bytesOf('山田*', '\\ISO 2022 IR 87')).toBe('\x1b$B;3ED\x1b(B*');
  });

  it('bring back the first character set, in both halves', () => {
    expect(bytesOf('MüЛю^ü', 'ISO 2022 IR 100\\ISO 2022 IR 144')).toBe('M\xfc\x1b-L\xbb\xee\x1b-A^\xfc');
    expect(bytesOf('Лü', 'ISO 2022 IR 144\\ISO 2022 IR 100')).toBe('\xbb\x1b-A\xfc\x1b-L');
    expect(bytesOf('ソﾔ', 'ISO 2022 IR 13\\ISO 2022 IR 87')).toBe('\x1b$B%=\x1b(J\xd4');
  });

  it('are used only where several character sets are given', () => {
    expect(bytesOf('Л', 'ISO_IR 100')).toBe('refused: Л');
    expect(bytesOf('山', 'ISO 2022 IR 100\\ISO 2022 IR 144')).toBe('refused: 山');
  });

  it('are in single bytes in the first group of a name where those have the character', () => {
    const set = '\\ISO 2022 IR 87\\ISO 2022 IR 144';

    expect(bytesOf('Л=Л', set)).toBe("\x1b-L\xbb=\x1b$B'-\x1b(B");
    expect(bytesOf('=Л\\Л', set)).toBe("=\x1b$B'-\x1b(B\\\x1b-L\xbb");
    expect(bytesOf('山=山', set)).toBe('\x1b$B;3\x1b(B=\x1b$B;3\x1b(B');
  });
});

describe('a text', () => {
  it.each([
    ['ISO_IR 6', 'aé', 'é'],
    ['', 'aé', 'é'],
    ['ISO_IR 999', 'aé', 'é'],
    ['ISO_IR 100', '€', '€'],
    ['ISO_IR 126', '€', '€'],
    ['ISO_IR 192', 'a\uD83D', '\uD83D'],
    ['\\ISO 2022 IR 87', '①', '①'],
    ['\\ISO 2022 IR 87', '髙', '髙'],
    ['\\ISO 2022 IR 58', '東', '東'],
    ['\\ISO 2022 IR 149', '뷁', '뷁'],
    ['GBK', '€', '€'],
  ])('that %s has no code for is refused by its first character: %s', (characterSet, text, character) => {
    expect(bytesOf(text, characterSet)).toBe(`refused: ${character}`);
  });

  it.each(['ISO_IR 6', 'ISO_IR 192', '\\ISO 2022 IR 87', 'GB18030'])(
    'with an escape sequence or control character of its own is refused in %s',
    (characterSet) => {
      expect(bytesOf('A\x1b$B;3', characterSet)).toBe('refused: \x1b');
      expect(bytesOf('A\0', characterSet)).toBe('refused: \0');
      expect(bytesOf('A\x85', characterSet)).toBe('refused: \x85');
      expect(bytesOf('A\t\r\n\f', characterSet, false)).toBe('A\t\r\n\f');
    },
  );
});
