import {
  type ByteOrder,
  DatasetError,
  type ElementHeader,
  hasLongLength,
  insideUnknown,
  itemDelimiterTag,
  itemTag,
  sequenceDelimiterTag,
  undefinedLength,
} from '../dataset/index.ts';
import { implicitVr, pixelDataTag, type Scope } from './element-vr.ts';
import type { GrowingBytes } from './growing-bytes.ts';
import { readExactly, type SourceBytes } from './source-bytes.ts';
import { notTranscodable } from './transcode-failure.ts';
import { swapped, unitOf, type UnitBytes } from './value-order.ts';
import { headerAt, isUnknown } from './walk-elements.ts';

/** Where an element stands, and how it's read and written there. */
export interface Place {
  readonly from: ByteOrder;
  readonly to: ByteOrder;
  readonly scope: Scope;
  readonly level: number;
}

/** A value as it is to be written. */
export interface ConvertedValue {
  readonly vr: string;
  /** Of the numbers whose bytes are to be swapped. */
  readonly unit: UnitBytes;
}

const maximumLevels = 64;
/** The even length that two bytes can still say (PS3.5 §7.1.2). */
const longestShort = 0xfffe;
const pieceBytes = 256 * 1024;

/**
 * Writes elements in another byte order, with or without representations. Values keep their bytes but
 * for that order, items and sequences their kind of length; a sequence of defined length gets a new one.
 */
export class ElementConverter {
  readonly #source: SourceBytes;
  readonly #out: GrowingBytes;

  constructor(source: SourceBytes, out: GrowingBytes) {
    this.#source = source;
    this.#out = out;
  }

  /** @returns where the next element begins. @throws DatasetError, FailureError */
  element(header: ElementHeader, place: Place): number {
    if (header.tag >>> 16 === 0xfffe) throw new DatasetError('not an element', header.valueOffset);
    if (header.length === undefinedLength) return this.#undefinedLength(header, place);
    const end = header.valueOffset + header.length;
    if (end > this.#source.size) throw new DatasetError('cut short', header.valueOffset);
    if (header.vr === 'SQ') return this.#definedSequence(header, end, place);
    const { vr, unit } = valueOf(header, place);
    this.#out.appendHeader(header.tag, vr, header.length, place.to);
    for (let at = header.valueOffset; at < end; at += pieceBytes) {
      this.#out.append(this.piece(at, Math.min(pieceBytes, end - at), unit));
    }
    this.#learn(header, place);
    return end;
  }

  /** Bytes of a value, swapped where they must be. */
  piece(offset: number, length: number, unit: UnitBytes): Buffer {
    const bytes = readExactly(this.#source, offset, length);
    return unit === 1 ? bytes : swapped(bytes, unit);
  }

  #definedSequence(header: ElementHeader, end: number, place: Place): number {
    this.#out.appendHeader(header.tag, 'SQ', 0, place.to);
    const start = this.#out.length;
    let at = header.valueOffset;
    while (at < end) {
      // Some writers end a sequence of defined length as well.
      if (headerAt(this.#source, at, place.from).tag === sequenceDelimiterTag) break;
      at = this.#item(this.#itemHeader(at, end, place), deeper(place));
    }
    this.#out.fillLength(start, place.to.bigEndian);
    return end;
  }

  #undefinedLength(header: ElementHeader, place: Place): number {
    if (header.tag === pixelDataTag || header.vr === 'OB' || header.vr === 'OW') {
      throw notTranscodable('it holds a second compressed image, such as an icon');
    }
    const unknown = isUnknown(header, place.from);
    this.#out.appendHeader(header.tag, unknown ? 'UN' : 'SQ', undefinedLength, place.to);
    const inside = unknown ? { ...place, from: insideUnknown, to: insideUnknown } : place;
    let at = header.valueOffset;
    for (;;) {
      const next = headerAt(this.#source, at, inside.from);
      if (next.tag === sequenceDelimiterTag) break;
      at = this.#item(this.#itemHeader(at, this.#source.size, inside), deeper(inside));
    }
    this.#out.appendHeader(sequenceDelimiterTag, '', 0, inside.to);
    return at + 8;
  }

  #itemHeader(offset: number, limit: number, { from }: Place): ElementHeader {
    const header = headerAt(this.#source, offset, from);
    if (header.tag !== itemTag) throw new DatasetError('not an element', offset);
    if (header.length !== undefinedLength && header.valueOffset + header.length > limit) {
      throw new DatasetError('cut short', offset);
    }
    return header;
  }

  #item(header: ElementHeader, place: Place): number {
    const isDefined = header.length !== undefinedLength;
    this.#out.appendHeader(itemTag, '', header.length, place.to);
    const start = this.#out.length;
    const end = isDefined ? header.valueOffset + header.length : Number.POSITIVE_INFINITY;
    let at = header.valueOffset;
    while (at < end) {
      const next = headerAt(this.#source, at, place.from);
      if (next.tag === itemDelimiterTag) {
        at = isDefined ? end : next.valueOffset;
        break;
      }
      // A sequence that ends inside an item: its writer forgot the item's delimiter.
      if (next.tag === sequenceDelimiterTag && !isDefined) break;
      const isDropped = place.from !== place.to && isGroupLength(next);
      at = isDropped ? next.valueOffset + next.length : this.element(next, place);
    }
    if (isDefined) this.#out.fillLength(start, place.to.bigEndian);
    else this.#out.appendHeader(itemDelimiterTag, '', 0, place.to);
    return at;
  }

  /** What an item says of its own pixels goes for the rest of it. */
  #learn({ tag, valueOffset, length }: ElementHeader, { from, scope }: Place): void {
    if ((tag !== 0x00280100 && tag !== 0x00280103) || length !== 2) return;
    const bytes = this.#source.read(valueOffset, 2);
    const number = from.bigEndian ? bytes.readUInt16BE() : bytes.readUInt16LE();
    if (tag === 0x00280100) scope.bitsAllocated = number;
    else scope.pixelRepresentation = number;
  }
}

/** A value that two bytes can't give the length of becomes UN, in little endian (PS3.5 §6.2.2). */
export function valueOf(header: ElementHeader, { from, to, scope }: Place): ConvertedValue {
  const vr = from.explicitVr ? header.vr : implicitVr(header, scope);
  if (to.explicitVr && !hasLongLength(vr) && header.length > longestShort) {
    return { vr: 'UN', unit: from.bigEndian ? unitOf(vr) : 1 };
  }
  return { vr, unit: from.bigEndian === to.bigEndian ? 1 : unitOf(vr) };
}

/** Retired (PS3.5 §7.2), and wrong as soon as a length changes. */
export function isGroupLength({ tag, length }: ElementHeader): boolean {
  return (tag & 0xffff) === 0 && length === 4;
}

function deeper(place: Place): Place {
  if (place.level >= maximumLevels) throw new DatasetError('nested too deep', 0);
  return { ...place, scope: { ...place.scope }, level: place.level + 1 };
}
