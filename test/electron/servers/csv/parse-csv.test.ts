import { array, assert, constantFrom, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCsv, separatorOf } from '../../../../electron/servers/csv/parse-csv.ts';
import { cellText, writeCsv } from '../../../../electron/servers/csv/write-csv.ts';

const cells = (text: string, separator = ','): unknown => parseCsv(text, separator).map((row) => row.cells);

describe('a CSV', () => {
  it('has cells between its separators and rows between its lines', () => {
    expect(cells('a,b,c\r\nd,,f\n\ng\r')).toEqual([['a', 'b', 'c'], ['d', '', 'f'], ['g']]);
    expect(cells('a;b\n1;2,5', ';')).toEqual([
      ['a', 'b'],
      ['1', '2,5'],
    ]);
  });

  it('quotes what holds separators, line breaks and quotes', () => {
    expect(cells('"a,b","c\r\nd","e ""f"" g"\nh')).toEqual([['a,b', 'c\r\nd', 'e "f" g'], ['h']]);
    expect(cells('"a" , b ,"c"')).toEqual([['a', 'b', 'c']]);
    expect(cells('a "b",c')).toEqual([['a "b"', 'c']]);
  });

  it('says of each row the line that it begins in', () => {
    expect(parseCsv('a\n"b\nc"\n\nd', ',').map(({ line }) => line)).toEqual([1, 2, 5]);
  });

  it('loses no more than one line to a quote that is never closed', () => {
    const rows = parseCsv('a,b\n"open,1\nc,d\ne,f', ',');

    expect(rows.map(({ line, problem }) => [line, problem !== null])).toEqual([
      [1, false],
      [2, true],
      [3, false],
      [4, false],
    ]);
    expect(rows[2]!.cells).toEqual(['c', 'd']);
  });

  it('says where something stands behind a closed quote, and goes on below', () => {
    const rows = parseCsv('"a"b,c\nd,e', ',');

    expect(rows[0]!.problem).toContain('behind a closed quote');
    expect(rows[1]).toEqual({ line: 2, cells: ['d', 'e'], problem: null });
  });

  it('tells its separator by the heading', () => {
    expect(separatorOf('name,ae,host')).toBe(',');
    expect(separatorOf('name;ae;"a,b,c,d"')).toBe(';');
    expect(separatorOf('name\tae')).toBe('\t');
    expect(separatorOf('| name | ae |')).toBe('|');
    expect(separatorOf('name')).toBe(',');
  });

  it('is what it was, whatever stands in it', () => {
    const letter = constantFrom('a', ' ', ',', ';', '"', '\n', '\r', '\t', '=', '+', '-', '@', 'ü', '像');
    const cell = array(letter, { maxLength: 6 }).map((letters) => letters.join('').trim());
    const rows = array(array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 });

    assert(
      property(rows, (written) => {
        const read = parseCsv(writeCsv(written), ',').map((row) => row.cells.map(cellText));
        expect(read).toEqual(written.filter((row) => row.some((text) => text !== '')));
      }),
      { numRuns: 500 },
    );
  });

  it('gives a spreadsheet nothing to calculate', () => {
    expect(writeCsv([['=1+1', '+49', '-1', '@x', 'a=b']])).toBe("'=1+1,'+49,'-1,'@x,a=b\r\n");
    expect(["'=1+1", "'quoted'", "'"].map(cellText)).toEqual(['=1+1', "'quoted'", "'"]);
  });
});
