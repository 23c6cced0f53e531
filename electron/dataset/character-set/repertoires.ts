import { doubleByteSet } from './double-byte-set.ts';
import type { GraphicSet } from './graphic-set.ts';
import { ascii, romaji, upperHalf } from './single-byte-set.ts';

/**
 * PS3.3 Tables C.12-3 and C.12-4: what each ISO registration number designates.
 *
 * What lies beyond a set as registered is read where it comes, but not written: the € and ₯ of today's
 * ISO 8859-7, the direction marks of ISO 8859-8, the vendors' additions to the Chinese, Japanese and
 * Korean sets.
 */
const repertoires: ReadonlyMap<number, readonly GraphicSet[]> = new Map<number, readonly GraphicSet[]>([
  [6, [ascii]],
  [100, [ascii, upperHalf('-A', 'iso-8859-1')]],
  [101, [ascii, upperHalf('-B', 'iso-8859-2')]],
  [109, [ascii, upperHalf('-C', 'iso-8859-3')]],
  [110, [ascii, upperHalf('-D', 'iso-8859-4')]],
  [144, [ascii, upperHalf('-L', 'iso-8859-5')]],
  [127, [ascii, upperHalf('-G', 'iso-8859-6')]],
  [
    126,
    [
      ascii,
      upperHalf('-F', 'iso-8859-7', [
        [0xa4, 0xa5],
        [0xaa, 0xaa],
      ]),
    ],
  ],
  [138, [ascii, upperHalf('-H', 'iso-8859-8', [[0xfd, 0xfe]])]],
  [148, [ascii, upperHalf('-M', 'iso-8859-9')]],
  [203, [ascii, upperHalf('-b', 'iso-8859-15')]],
  [13, [romaji, upperHalf(')I', 'shift_jis')]],
  [166, [ascii, upperHalf('-T', 'tis620')]],
  [
    87,
    [
      doubleByteSet({
        half: 'g0',
        escape: '$B',
        encoding: 'euc-jp',
        beyond: [
          [0x2d21, 0x2d7e],
          [0x7521, 0x7e7e],
        ],
      }),
    ],
  ],
  [159, [doubleByteSet({ half: 'g0', escape: '$(D', encoding: 'euc-jp', prefix: 0x8f })]],
  [149, [doubleByteSet({ half: 'g1', escape: '$)C', encoding: 'euc-kr', beyond: [[0x2266, 0x2267]] })]],
  [
    58,
    [
      doubleByteSet({
        half: 'g1',
        escape: '$)A',
        encoding: 'gb2312',
        beyond: [
          [0x2221, 0x222a],
          [0x2660, 0x2675],
          [0x283b, 0x2840],
        ],
      }),
    ],
  ],
]);

/** What a registration number designates; nothing where it isn't one of DICOM's. */
export function repertoire(registration: number): readonly GraphicSet[] {
  return repertoires.get(registration) ?? [];
}

export function isRepertoire(registration: number): boolean {
  return repertoires.has(registration);
}

const byEscape: ReadonlyMap<string, GraphicSet> = new Map(
  [...repertoires.values()].flat().map((set) => [set.escape, set]),
);

/**
 * By its escape sequence, declared in (0008,0005) or not; `null`: none of DICOM's. JIS C 6226, the
 * edition of 1978, is read as its successor.
 */
export function designatedBy(escape: string): GraphicSet | null {
  return byEscape.get(escape === '$@' ? '$B' : escape) ?? null;
}
