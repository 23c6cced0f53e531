import { describe, expect, it } from 'vitest';
import {
  ageAt,
  formatBytes,
  formatCount,
  formatDate,
  formatDuration,
  formatPersonName,
  formatRate,
  formatTime,
  personNameText,
  visibleText,
} from '../../../renderer/format/index.ts';

describe('a person name', () => {
  it('puts the family name first and leaves the carets out', () => {
    expect(personNameText('DOE^JANE')).toBe('DOE, JANE');
    expect(personNameText('Adams^John Robert^Quincy^Rev.^B.A. M.Div.')).toBe(
      'Adams, John Robert Quincy, B.A. M.Div. (Rev.)',
    );
  });

  it('shows the ideographic group after the alphabetic one', () => {
    expect(personNameText('Yamada^Tarou=山田^太郎=やまだ^たろう')).toBe('Yamada, Tarou 山田 太郎');
    expect(formatPersonName('Yamada^Tarou=山田^太郎=やまだ^たろう').phonetic).toBe('やまだ たろう');
  });

  it('shows whichever group there is', () => {
    expect(personNameText('=山田^太郎')).toBe('山田 太郎');
    expect(personNameText('==やまだ^たろう')).toBe('やまだ たろう');
    expect(personNameText('^^^Dr.')).toBe('Dr.');
    expect(personNameText('')).toBe('');
  });
});

describe('text from outside', () => {
  it('makes control characters visible', () => {
    expect(visibleText('A\u0000B\u001B$\u007F\u0085')).toBe('A␀B␛$␡⟨85⟩');
  });

  it('makes direction overrides visible, so that they override nothing', () => {
    expect(visibleText('abc\u202Edef\u2066')).toBe('abc⟨RLO⟩def⟨LRI⟩');
  });

  it('leaves every script as it is, joiners included', () => {
    const names = ['كريم', 'می\u200Cخواهم', 'Müller', '김희중', '😀'];
    expect(names.map(visibleText)).toEqual(names);
  });

  it('shows half a surrogate pair as no character', () => {
    expect(visibleText('a\uD800b')).toBe('a\uFFFDb');
  });
});

describe('a DICOM date', () => {
  it('is written in the locale, the month as a word', () => {
    expect(formatDate('20261120', 'en-GB')).toBe('20 Nov 2026');
    expect(formatDate('2026.11.20', 'en-US')).toBe('Nov 20, 2026');
  });

  it('keeps the years of the first century', () => {
    expect(formatDate('00991231', 'en-GB')).toContain('99');
    expect(formatDate('00991231', 'en-GB')).not.toContain('1999');
  });

  it('is shown as it came when it is no day', () => {
    expect(['20260230', '2026', '', 'soon'].map((value) => formatDate(value))).toEqual([
      '20260230',
      '2026',
      '',
      'soon',
    ]);
  });

  it('has its time to the minute', () => {
    expect(formatTime('093015.250000', 'en-GB')).toBe('09:30');
    expect(formatTime('09', 'en-GB')).toBe('09:00');
    expect(formatTime('09:30:15', 'en-GB')).toBe('09:30');
    expect(formatTime('250000', 'en-GB')).toBe('250000');
    expect(formatTime('', 'en-GB')).toBe('');
  });
});

describe('an age', () => {
  it('counts whole years up to the birthday', () => {
    expect(ageAt('19650321', '20260320')).toBe('60 y');
    expect(ageAt('19650321', '20260321')).toBe('61 y');
  });

  it('counts months and days of the youngest', () => {
    expect(ageAt('20250101', '20260301')).toBe('14 mo');
    expect(ageAt('20260301', '20260310')).toBe('9 d');
  });

  it('is unknown without both dates', () => {
    expect(ageAt('', '20260310')).toBe('');
    expect(ageAt('20270101', '20260310')).toBe('');
  });
});

describe('a quantity', () => {
  it('has its digits grouped', () => {
    expect(formatCount(1284, 'en-GB')).toBe('1,284');
  });

  it('has a unit that keeps it short', () => {
    expect([0, 999, 1000, 9_940, 612_400_000, 999_600, 3_200_000_000_000].map(formatBytes)).toEqual([
      '0 B',
      '999 B',
      '1.0 kB',
      '9.9 kB',
      '612 MB',
      '1.0 MB',
      '3.2 TB',
    ]);
    expect([0, 24_000_000].map(formatRate)).toEqual(['', '24 MB/s']);
  });

  it('says how long in the largest unit that tells enough', () => {
    expect([400, 14_000, 99_400, 180_000, 7_500_000, 7_200_000].map(formatDuration)).toEqual([
      '0.4 s',
      '14 s',
      '99 s',
      '3 min',
      '2 h 5 min',
      '2 h',
    ]);
  });
});
