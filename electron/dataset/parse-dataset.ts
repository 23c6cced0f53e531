import { type Attributes, DatasetError, type DatasetProblem, type Element } from './attributes.ts';
import {
  type ByteOrder,
  type ElementHeader,
  insideUnknown,
  itemDelimiterTag,
  itemTag,
  readElementHeader,
  sequenceDelimiterTag,
  tagText,
  undefinedLength,
} from './element-header.ts';
import { encodingOf } from './encoding.ts';
import { skipUndefined } from './skip-undefined.ts';

export interface ParseOptions {
  /** Ends before the first element of this tag or a higher one, outside of sequences. */
  readonly until?: string;
  /** Opens only these sequences, the others get no items; not given: all. */
  readonly sequences?: ReadonlySet<string>;
}

/** What could be read of a data set, and what ended it. */
export interface Scan {
  readonly attributes: Attributes;
  /** The element that `until` ended it at, its value not read; `null`: there was none. */
  readonly next: Element | null;
  /** `null`: whole up to its end or to `next`. */
  readonly problem: DatasetError | null;
}

const limits = { levels: 64, elements: 200_000 } as const;

/**
 * Reads a data set (PS3.5 §7) from its bytes; values are views on them, not copies. A deflated one
 * must have been inflated. Nothing is reserved by a declared length.
 *
 * @throws DatasetError on bytes that aren't one, and beyond 64 levels or 200,000 elements
 */
export function parseDataset(
  bytes: Uint8Array,
  transferSyntaxUid: string,
  options: ParseOptions = {},
): Attributes {
  const parser = new Parser(bytes, encodingOf(transferSyntaxUid), options, 'strict');
  const { attributes, problem } = parser.scan();
  if (problem !== null) throw problem;
  return attributes;
}

/**
 * Reads as much as there is, and never throws: of a file cut short, what came before the cut; of a
 * sequence that is broken or beyond the limits, only where it ends.
 */
export function scanDataset(bytes: Uint8Array, transferSyntaxUid: string, options: ParseOptions = {}): Scan {
  return new Parser(bytes, encodingOf(transferSyntaxUid), options, 'tolerant').scan();
}

class Parser {
  readonly #bytes: Uint8Array;
  readonly #order: ByteOrder;
  readonly #until: number;
  readonly #sequences: ReadonlySet<string> | null;
  readonly #strict: boolean;
  #elements = 0;
  #contentEnd: number | null = null;

  constructor(
    bytes: Uint8Array,
    order: ByteOrder,
    { until, sequences }: ParseOptions,
    mode: 'strict' | 'tolerant',
  ) {
    this.#bytes = bytes;
    this.#order = order;
    this.#until = until === undefined ? Number.POSITIVE_INFINITY : Number.parseInt(until, 16);
    this.#sequences = sequences ?? null;
    this.#strict = mode === 'strict';
  }

  scan(): Scan {
    const attributes = new Map<string, Element>();
    let at = 0;
    try {
      while (at < this.#bytes.length) {
        if (this.#isPadding(at)) break;
        const header = readElementHeader(this.#bytes, at, this.#order);
        if (header.tag >= this.#until) return { attributes, next: this.#unread(header), problem: null };
        const element = this.#element(header, this.#order, 1);
        attributes.set(element.tag, element);
        at = element.offset + element.length;
      }
      return { attributes, next: null, problem: null };
    } catch (thrown) {
      if (!(thrown instanceof DatasetError)) throw thrown;
      return { attributes, next: null, problem: thrown };
    }
  }

  #element(header: ElementHeader, order: ByteOrder, level: number): Element {
    this.#elements += 1;
    if (this.#elements > limits.elements) this.#fail('too many elements', header);
    if (header.tag >>> 16 === 0xfffe) this.#fail('not an element', header);
    if (header.length === undefinedLength) return this.#undefinedLength(header, order, level);
    const end = header.valueOffset + header.length;
    if (end > this.#bytes.length) this.#fail('cut short', header);
    const tag = tagText(header.tag);
    const items = header.vr === 'SQ' && this.#opens(tag) ? this.#itemsUntil(header, order, level) : null;
    return {
      tag,
      vr: header.vr,
      offset: header.valueOffset,
      length: header.length,
      value: header.vr === 'SQ' ? null : this.#bytes.subarray(header.valueOffset, end),
      items,
      bigEndian: order.bigEndian,
      undefinedLength: false,
    };
  }

  #undefinedLength(header: ElementHeader, order: ByteOrder, level: number): Element {
    const tag = tagText(header.tag);
    const inside = header.vr === 'UN' && order.explicitVr ? insideUnknown : order;
    // Fragments of pixel data are no items: they're walked over, not opened.
    const isSequence = header.vr !== 'OB' && header.vr !== 'OW';
    const opened = isSequence && this.#opens(tag) ? this.#itemsToDelimiter(header, inside, level) : null;
    const { items, end } = opened ?? {
      items: null,
      end: skipUndefined(this.#bytes, header.valueOffset, inside),
    };
    return {
      tag,
      vr: isSequence ? 'SQ' : header.vr,
      offset: header.valueOffset,
      length: end - header.valueOffset,
      value: null,
      items,
      bigEndian: order.bigEndian,
      undefinedLength: true,
    };
  }

  #opens(tag: string): boolean {
    return this.#sequences === null || this.#sequences.has(tag);
  }

  #itemsUntil(header: ElementHeader, order: ByteOrder, level: number): readonly Attributes[] | null {
    return this.#orUnopened(level, () => {
      const items: Attributes[] = [];
      const end = header.valueOffset + header.length;
      let at = header.valueOffset;
      while (at < end) {
        const item = this.#item(at, end, order, level + 1);
        if (item === null) break;
        items.push(item.attributes);
        at = item.end;
      }
      return items;
    });
  }

  #itemsToDelimiter(
    header: ElementHeader,
    order: ByteOrder,
    level: number,
  ): { readonly items: readonly Attributes[]; readonly end: number } | null {
    return this.#orUnopened(level, () => {
      const items: Attributes[] = [];
      let at = header.valueOffset;
      for (;;) {
        const item = this.#item(at, this.#bytes.length, order, level + 1);
        if (item === null) return { items, end: at + 8 };
        items.push(item.attributes);
        at = item.end;
      }
    });
  }

  /** `null`: a sequence delimiter stands there. */
  #item(
    offset: number,
    limit: number,
    order: ByteOrder,
    level: number,
  ): { readonly attributes: Attributes; readonly end: number } | null {
    const header = readElementHeader(this.#bytes, offset, order);
    if (level > limits.levels) this.#fail('nested too deep', header);
    if (header.tag === sequenceDelimiterTag) return null;
    if (header.tag !== itemTag) this.#fail('not an element', header);
    // Only a delimiter ends an item of undefined length: without one, reading on fails.
    const isDefined = header.length !== undefinedLength;
    const end = isDefined ? header.valueOffset + header.length : Number.POSITIVE_INFINITY;
    if (isDefined && end > limit) this.#fail('cut short', header);
    const attributes = new Map<string, Element>();
    let at = header.valueOffset;
    while (at < end) {
      const next = readElementHeader(this.#bytes, at, order);
      if (next.tag === itemDelimiterTag) return { attributes, end: next.valueOffset };
      // A sequence that ends inside an item: its writer forgot the item's delimiter.
      if (next.tag === sequenceDelimiterTag) return { attributes, end: at };
      const element = this.#element(next, order, level);
      attributes.set(element.tag, element);
      at = element.offset + element.length;
    }
    return { attributes, end: at };
  }

  /** A tolerant reader does without a sequence that fails, from the outermost on. */
  #orUnopened<Value>(level: number, read: () => Value): Value | null {
    const before = this.#elements;
    try {
      return read();
    } catch (thrown) {
      if (this.#strict || level > 1 || !(thrown instanceof DatasetError)) throw thrown;
      this.#elements = before;
      return null;
    }
  }

  #unread(header: ElementHeader): Element {
    const { vr, length, valueOffset: offset } = header;
    const isUndefined = length === undefinedLength;
    const known = { vr, offset, bigEndian: this.#order.bigEndian, undefinedLength: isUndefined };
    return { ...known, tag: tagText(header.tag), length: isUndefined ? 0 : length, value: null, items: null };
  }

  /** Zeros up to the end: some writers fill the last block of a file. */
  #isPadding(offset: number): boolean {
    if (this.#bytes[offset] !== 0) return false;
    this.#contentEnd ??= this.#bytes.findLastIndex((byte) => byte !== 0) + 1;
    return offset >= this.#contentEnd;
  }

  #fail(reason: DatasetProblem, header: ElementHeader): never {
    throw new DatasetError(reason, header.valueOffset);
  }
}
