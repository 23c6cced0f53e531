import { inflateSync } from 'node:zlib';

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, opacity of each pixel, a byte each. */
  readonly rgba: Uint8ClampedArray;
}

/** A PNG as Chromium writes screenshots: 8 bits a channel, not interlaced (ISO/IEC 15948). */
export function readPng(png: Buffer): Picture {
  const chunks = chunksOf(png);
  const header = chunks.find(({ type }) => type === 'IHDR')!.body;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const channels = header[9] === 6 ? 4 : 3;
  if (header[8] !== 8 || header[12] !== 0) throw new Error('no PNG of this kind is read here');
  const bytes = inflateSync(
    Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ body }) => body)),
  );
  const lines = unfiltered(bytes, { stride: width * channels, height, channels });
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    for (let channel = 0; channel < channels; channel += 1) {
      rgba[pixel * 4 + channel] = lines[pixel * channels + channel]!;
    }
  }
  return { width, height, rgba };
}

function chunksOf(png: Buffer): readonly { readonly type: string; readonly body: Buffer }[] {
  const chunks: { type: string; body: Buffer }[] = [];
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    chunks.push({
      type: png.toString('latin1', at + 4, at + 8),
      body: png.subarray(at + 8, at + 8 + length),
    });
    at += length + 12;
  }
  return chunks;
}

interface Layout {
  /** Bytes of a line. */
  readonly stride: number;
  readonly height: number;
  readonly channels: number;
}

function unfiltered(bytes: Buffer, { stride, height, channels }: Layout): Uint8Array {
  const lines = new Uint8Array(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = bytes[y * (stride + 1)]!;
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x;
      const left = x < channels ? 0 : lines[at - channels]!;
      const above = y === 0 ? 0 : lines[at - stride]!;
      const corner = y === 0 || x < channels ? 0 : lines[at - stride - channels]!;
      lines[at] = bytes[y * (stride + 1) + 1 + x]! + predicted(filter, { left, above, corner });
    }
  }
  return lines;
}

function predicted(
  filter: number,
  { left, above, corner }: { readonly left: number; readonly above: number; readonly corner: number },
): number {
  switch (filter) {
    case 0:
      return 0;
    case 1:
      return left;
    case 2:
      return above;
    case 3:
      return (left + above) >> 1;
    default: {
      const [toLeft, toAbove, toCorner] = [above - corner, left - corner, left + above - 2 * corner].map(
        Math.abs,
      );
      if (toLeft! <= toAbove! && toLeft! <= toCorner!) return left;
      return toAbove! <= toCorner! ? above : corner;
    }
  }
}
