import { damaged } from './transcode-failure.ts';

/** What a compressed frame says of itself. */
export interface CodestreamHeader {
  readonly rows: number;
  readonly columns: number;
  readonly components: number;
  /** Bits of a sample. */
  readonly precision: number;
  /** JPEG 2000's samples may be signed; JPEG's and JPEG-LS's never are. */
  readonly signed: boolean;
  /** JPEG 2000 has made Y, Cb and Cr out of its first three components, and undoes it by itself. */
  readonly colourTransform: boolean;
  /** JPEG-LS only: the components come one after the other. */
  readonly byPlane: boolean;
}

/** JPEG and JPEG-LS (ISO 10918-1 §B.2, ISO 14495-1 §C.2). @throws FailureError */
export function readJpegHeader(stream: Buffer): CodestreamHeader {
  let frame: Pick<CodestreamHeader, 'rows' | 'columns' | 'components' | 'precision'> | null = null;
  for (const { marker, segment } of jpegSegments(stream)) {
    if (isStartOfFrame(marker)) {
      if (segment.length < 6) break;
      frame = {
        precision: segment.readUInt8(0),
        rows: segment.readUInt16BE(1),
        columns: segment.readUInt16BE(3),
        components: segment.readUInt8(5),
      };
    }
    if (marker === 0xda && frame !== null) {
      const inScan = segment[0] ?? 0;
      const interleave = segment[2 + inScan * 2] ?? 0;
      return {
        ...frame,
        signed: false,
        colourTransform: false,
        byPlane: frame.components > 1 && interleave === 0,
      };
    }
  }
  throw damaged('a frame that is not JPEG');
}

function* jpegSegments(stream: Buffer): Generator<{ readonly marker: number; readonly segment: Buffer }> {
  if (stream.length < 4 || stream.readUInt16BE(0) !== 0xffd8) return;
  let at = 2;
  while (at + 4 <= stream.length && stream[at] === 0xff) {
    const marker = stream.readUInt8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = stream.readUInt16BE(at + 2);
    yield { marker, segment: stream.subarray(at + 4, at + 2 + length) };
    at += 2 + length;
  }
}

/** SOF0 to SOF15 without DHT, JPG and DAC, and JPEG-LS's SOF55. */
function isStartOfFrame(marker: number): boolean {
  if (marker === 0xf7) return true;
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/** JPEG 2000 and HTJ2K (ISO 15444-1 §A.5.1, §A.6.1), also inside a JP2 file. @throws FailureError */
export function readJpeg2000Header(stream: Buffer): CodestreamHeader {
  const start = stream.indexOf('ff4fff51', 0, 'hex');
  const siz = stream.subarray(start + 4);
  if (start < 0 || siz.length < 39) throw damaged('a frame that is not JPEG 2000');
  const components = siz.readUInt16BE(36);
  const parts = siz.subarray(38, 38 + components * 3);
  if (components < 1 || parts.length < components * 3) throw damaged('a frame that is not JPEG 2000');
  const depth = parts.readUInt8(0);
  for (let index = 0; index < components; index += 1) {
    const [size, x, y] = parts.subarray(index * 3);
    if (size !== depth || x !== 1 || y !== 1) throw damaged('components that differ in size');
  }
  return {
    columns: siz.readUInt32BE(4) - siz.readUInt32BE(12),
    rows: siz.readUInt32BE(8) - siz.readUInt32BE(16),
    components,
    precision: (depth & 0x7f) + 1,
    signed: (depth & 0x80) !== 0,
    colourTransform: components >= 3 && hasColourTransform(siz),
    byPlane: false,
  };
}

function hasColourTransform(siz: Buffer): boolean {
  const cod = 0xff52;
  let at = siz.readUInt16BE(0);
  while (at + 9 <= siz.length && siz[at] === 0xff) {
    if (siz.readUInt16BE(at) === cod) return siz[at + 8] === 1;
    at += 2 + siz.readUInt16BE(at + 2);
  }
  return false;
}
