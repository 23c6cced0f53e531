import { describe, expect, it } from 'vitest';
import { markRgb } from '../../../../../renderer/features/viewer/pixels/jpeg-colours.ts';

const start = [0xff, 0xd8];
const adobe = [0xff, 0xee, 0, 14, ...ascii('Adobe'), 0, 100, 0, 0, 0, 0, 1];
const jfif = [0xff, 0xe0, 0, 16, ...ascii('JFIF'), 0, 1, 1, 0, 0, 1, 0, 1, 0, 0];
const scan = [0xff, 0xda, 0, 2];

describe('a JPEG stream in a data set that says RGB', () => {
  it('is marked so where it says nothing itself', () => {
    const stream = jpeg(frame([1, 2, 3]));

    const marked = markRgb(stream, 'RGB');

    expect([...marked.subarray(0, 4)]).toEqual([0xff, 0xd8, 0xff, 0xee]);
    expect(marked[17]).toBe(0); // no transform
    expect([...marked.subarray(18)]).toEqual([...stream.subarray(2)]);
  });

  it.each([
    ['a JFIF marker', jpeg(jfif, frame([1, 2, 3]))],
    ['an Adobe marker', jpeg(adobe, frame([1, 2, 3]))],
    ['components called R, G and B', jpeg(frame(ascii('RGB')))],
    ['a chroma that is coarser than the luma', jpeg(frame([1, 2, 3], 0x22))],
    ['one component', jpeg(frame([1]))],
    ['no picture', jpeg()],
    ['nothing at all', new Uint8Array()],
  ])('is left alone with %s', (_, stream) => {
    expect(markRgb(stream, 'RGB')).toBe(stream);
  });

  it('is marked beside an Adobe marker that is cut short', () => {
    const cut = [0xff, 0xee, 0, 12, ...ascii('Adobe'), 0, 0, 0, 0, 0];
    const stream = jpeg(cut, frame([1, 2, 3]));

    expect(markRgb(stream, 'RGB')).toHaveLength(stream.length + 16);
  });

  it('is left alone where the data set says something else', () => {
    const stream = jpeg(frame([1, 2, 3]));
    expect(markRgb(stream, 'YBR_FULL_422')).toBe(stream);
  });
});

function jpeg(...segments: readonly (readonly number[])[]): Uint8Array {
  return Uint8Array.of(...start, ...segments.flat(), ...scan);
}

/** SOF0 of one pixel with these component names. */
function frame(components: readonly number[], firstSampling = 0x11): readonly number[] {
  const samplings = components.map((name, index) => [name, index === 0 ? firstSampling : 0x11, 0]);
  const content = [8, 0, 1, 0, 1, components.length, ...samplings.flat()];
  return [0xff, 0xc0, 0, content.length + 2, ...content];
}

function ascii(word: string): readonly number[] {
  return Array.from(word, (letter) => letter.charCodeAt(0));
}
