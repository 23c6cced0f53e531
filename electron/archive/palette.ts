import type { Palette } from '../contract/archive.ts';
import { type Attributes, numbersAs, numbersOf } from '../dataset/index.ts';
import { expandSegments } from './segmented-palette.ts';

const colours = ['red', 'green', 'blue'] as const;
type Colour = (typeof colours)[number];

const tags: Readonly<Record<Colour, { descriptor: string; entries: string; segments: string }>> = {
  red: { descriptor: '00281101', entries: '00281201', segments: '00281221' },
  green: { descriptor: '00281102', entries: '00281202', segments: '00281222' },
  blue: { descriptor: '00281103', entries: '00281203', segments: '00281223' },
};

/** The Palette Color LUTs (PS3.3 §C.7.6.3.1.5, §C.7.9); `null`: not there, or not all of it. */
export function readPalette(attributes: Attributes): Palette | null {
  const descriptor = numbersOf(attributes, tags.red.descriptor);
  const [count, firstMapped, bits] = descriptor;
  if (count === undefined || firstMapped === undefined || bits === undefined) return null;
  const luts = colours.map((colour) => readLut(attributes, colour, count === 0 ? 65_536 : count));
  const [red, green, blue] = luts;
  if (red === undefined || green === undefined || blue === undefined) return null;
  if (luts.some((lut) => lut.length === 0)) return null;
  return { descriptor: [count, firstMapped, bits], red, green, blue };
}

function readLut(attributes: Attributes, colour: Colour, count: number): readonly number[] {
  const bits = numbersOf(attributes, tags[colour].descriptor)[2] ?? 16;
  const words = numbersAs(attributes, tags[colour].entries, 'US');
  if (words.length > 0)
    return bits === 8 && words.length < count ? unpacked(words, count) : words.slice(0, count);
  return expandSegments(numbersAs(attributes, tags[colour].segments, 'US'), count);
}

/** Entries of eight bits, two in a word, the first in its lower half. */
function unpacked(words: readonly number[], count: number): readonly number[] {
  return words.flatMap((word) => [word & 0xff, word >> 8]).slice(0, count);
}
