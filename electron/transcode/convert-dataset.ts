import { type ByteOrder, type ElementHeader, undefinedLength } from '../dataset/index.ts';
import { ElementConverter, isGroupLength, type Place, valueOf } from './element-converter.ts';
import { pixelDataTag } from './element-vr.ts';
import { GrowingBytes } from './growing-bytes.ts';
import { type ImageShape, Tag } from './image-facts.ts';
import type { PartFile } from './part-file.ts';
import type { SourceBytes } from './source-bytes.ts';
import { topLevelHeaders } from './walk-elements.ts';

/** An element that the copy has instead of, or beside, the source's; `null`: has not. */
export interface Replacement {
  readonly vr: string;
  /** Of even length; of a number in the copy's byte order. */
  readonly value: Buffer | null;
}

export interface Conversion {
  readonly source: SourceBytes;
  readonly from: ByteOrder;
  readonly to: ByteOrder;
  readonly shape: ImageShape;
  readonly replacements: ReadonlyMap<number, Replacement>;
  /** Writes Pixel Data instead; `null`: it's an element like any other. */
  readonly writePixels: (() => void) | null;
  /** For what must be held until its length is known. */
  readonly memoryLimitBytes: number;
}

/** Values longer than this go from file to file piece by piece. */
const streamedBytes = 256 * 1024;

/** (0008,0001), retired: the length of what follows, which changes. */
const lengthToEnd = 0x00080001;

/**
 * Writes a data set in another encoding, element by element. All are kept, the private, the unknown and
 * the empty too, but for the retired group lengths; an element without a representation gets that of
 * PS3.6, or UN. A private one that went through Implicit VR comes back as UN: its bytes are the same,
 * what they meant is no longer said.
 *
 * @returns where the value of each replacement is in the file
 * @throws DatasetError, FailureError
 */
export function convertDataset(conversion: Conversion, file: PartFile): ReadonlyMap<number, number> {
  const { source, from, to, shape, replacements, writePixels } = conversion;
  const out = new GrowingBytes(conversion.memoryLimitBytes);
  const converter = new ElementConverter(source, out);
  const { pixelRepresentation, bitsAllocated } = shape;
  const place: Place = { from, to, scope: { pixelRepresentation, bitsAllocated }, level: 1 };
  const waiting = [...replacements].toSorted(([one], [other]) => one - other);
  const placed = new Map<number, number>();

  const flush = (): void => file.write(out.take());
  const writeReplacementsUpTo = (tag: number): void => {
    for (let next = waiting[0]; next !== undefined && next[0] <= tag; next = waiting[0]) {
      waiting.shift();
      const [replaced, { vr, value }] = next;
      if (value === null) continue;
      out.appendHeader(replaced, vr, value.length, to);
      placed.set(replaced, file.position + out.length);
      out.append(value);
    }
  };
  const writeElement = (header: ElementHeader): void => {
    if (header.vr === 'SQ' || header.length <= streamedBytes || header.length === undefinedLength) {
      converter.element(header, place);
    } else {
      streamValue(header);
    }
  };
  const streamValue = (header: ElementHeader): void => {
    const { vr, unit } = valueOf(header, place);
    out.appendHeader(header.tag, vr, header.length, to);
    flush();
    for (let at = 0; at < header.length; at += streamedBytes) {
      file.write(converter.piece(header.valueOffset + at, Math.min(streamedBytes, header.length - at), unit));
    }
  };

  for (const header of topLevelHeaders(source, from)) {
    writeReplacementsUpTo(header.tag);
    if (replacements.has(header.tag) || isGroupLength(header) || header.tag === lengthToEnd) continue;
    if (header.tag === pixelDataTag && writePixels !== null) {
      flush();
      writePixels();
    } else {
      writeElement(header);
    }
    if (out.length > streamedBytes) flush();
  }
  writeReplacementsUpTo(Tag.encapsulatedTotalLength);
  flush();
  return placed;
}
