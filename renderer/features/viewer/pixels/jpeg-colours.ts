import { isFrameHeader, markersOf } from './jpeg-markers.ts';

/**
 * Says in a JPEG stream itself that its three components are RGB, by an Adobe marker, when the data
 * set says so and the stream says nothing: decoders then take them for YCbCr (PS3.5 §8.2.1 lets the
 * data set decide). Left alone is a stream with a JFIF or an Adobe marker, one with components named
 * R, G and B, and one whose second component is coarser than its first: that can only be chroma.
 */
export function markRgb(stream: Uint8Array, photometricInterpretation: string): Uint8Array {
  if (photometricInterpretation !== 'RGB' || saysItsColours(stream)) return stream;
  const marked = new Uint8Array(stream.length + adobeRgb.length);
  marked.set(stream.subarray(0, 2));
  marked.set(adobeRgb, 2);
  marked.set(stream.subarray(2), 2 + adobeRgb.length);
  return marked;
}

/** APP14, 14 bytes: "Adobe", version 100, flags, transform 0. */
const adobeRgb = [
  0xff, 0xee, 0x00, 0x0e, 0x41, 0x64, 0x6f, 0x62, 0x65, 0x00, 0x64, 0x00, 0x00, 0x00, 0x00, 0x00,
] as const;

function saysItsColours(stream: Uint8Array): boolean {
  for (const { marker, content } of markersOf(stream)) {
    if (marker === 0xe0 && startsWith(content, 'JFIF')) return true;
    if (marker === 0xee && startsWith(content, 'Adobe') && content.length >= 12) return true;
    if (isFrameHeader(marker)) return saysByComponents(content);
  }
  return true; // no picture that a marker could help
}

/** ISO/IEC 10918-1 §B.2.2: after six bytes three for each component, its name and its sampling first. */
function saysByComponents(frameHeader: Uint8Array): boolean {
  const [name, sampling] = frameHeader.subarray(6, 8);
  return frameHeader[5] !== 3 || name === 'R'.charCodeAt(0) || sampling !== frameHeader[10];
}

function startsWith(content: Uint8Array, word: string): boolean {
  return Array.from(word, (letter) => letter.charCodeAt(0)).every((code, index) => content[index] === code);
}
