export interface JpegMarker {
  /** Its second byte. */
  readonly marker: number;
  readonly content: Uint8Array;
}

/** The marker segments before the first scan (ISO/IEC 10918-1 §B.1.1). */
export function* markersOf(stream: Uint8Array): Generator<JpegMarker> {
  for (let at = 2; at + 4 <= stream.length && stream[at] === 0xff;) {
    const marker = stream[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1; // fill byte
      continue;
    }
    const length = ((stream[at + 2] ?? 0) << 8) | (stream[at + 3] ?? 0);
    if (marker === 0xda || length < 2) return;
    yield { marker, content: stream.subarray(at + 4, at + 2 + length) };
    at += 2 + length;
  }
}

/** SOF0 to SOF15, without DHT, JPG and DAC, which lie among them. */
export function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** Bits of a sample, as the frame header says; `null`: there is none. */
export function precisionOf(stream: Uint8Array): number | null {
  for (const { marker, content } of markersOf(stream)) {
    if (isFrameHeader(marker)) return content[0] ?? null;
  }
  return null;
}
