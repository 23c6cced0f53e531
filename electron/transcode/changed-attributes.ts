import { randomUUID } from 'node:crypto';
import { type ByteOrder, encodingOf, explicitLittleEndian } from '../dataset/index.ts';
import type { Replacement } from './convert-dataset.ts';
import { GrowingBytes } from './growing-bytes.ts';
import { type ImageFacts, type ImageShape, Tag, textOf } from './image-facts.ts';
import type { RecodePlan } from './recode-plan.ts';
import type { Syntax } from './syntaxes.ts';

/** What describes the pixels must follow them: colours, their order, and tables of fragments. */
export function pixelAttributes(
  plan: RecodePlan,
  from: Syntax,
  facts: ImageFacts,
  to: ByteOrder,
): Map<number, Replacement> {
  const { photometricInterpretation, samplesPerPixel } = plan.written;
  const changed = new Map<number, Replacement>([
    [Tag.extendedOffsetTable, { vr: 'OV', value: null }],
    [Tag.extendedOffsetTableLengths, { vr: 'OV', value: null }],
    [Tag.encapsulatedTotalLength, { vr: 'UV', value: null }],
  ]);
  if (photometricInterpretation !== plan.stored.photometricInterpretation) {
    changed.set(Tag.photometricInterpretation, text('CS', photometricInterpretation));
  }
  if (samplesPerPixel > 1) {
    const value = Buffer.alloc(2);
    changed.set(Tag.planarConfiguration, { vr: 'US', value: to.bigEndian ? value.swap16() : value });
  }
  // Once lossy, always lossy (PS3.3 §C.7.6.1.1.5): uncompressed, nothing else would tell any more.
  if (from.loss === 'always' && !saysLossy(facts)) {
    changed.set(Tag.lossyImageCompression, text('CS', '01'));
  }
  return changed;
}

/** A derived image: what it is derived from, how, and by how much it was compressed. */
export interface Derivation {
  readonly sopClassUid: string;
  readonly sourceSopInstanceUid: string;
  readonly sopInstanceUid: string;
  readonly syntax: Syntax;
}

/** DS has at most so many characters; the ratio is filled in when it is known. */
const ratioCharacters = 16;
const longestDescription = 1024;

/**
 * The attributes of PS3.3 §C.7.6.1.1 that tell of a lossy step. Its ratio is spaces for now, at
 * `ratioOffset` in the value of (0028,2112). Frame Type (0008,9007) of an enhanced image stays as it was.
 */
export function derivedAttributes(facts: ImageFacts, derivation: Derivation): Map<number, Replacement> {
  const { syntax, sopInstanceUid } = derivation;
  const stored = (tag: number): string => textOf(facts.texts.get(tag));
  const changed = new Map<number, Replacement>([
    [Tag.sopInstanceUid, text('UI', sopInstanceUid)],
    [Tag.imageType, text('CS', ['DERIVED', ...stored(Tag.imageType).split('\\').slice(1)].join('\\'))],
    [Tag.lossyImageCompression, text('CS', '01')],
    [Tag.lossyRatio, text('DS', beforeRatio(facts) + ratioText(null))],
    [Tag.lossyMethod, text('CS', joined(stored(Tag.lossyMethod), syntax.lossyMethod))],
  ]);
  const description = described(
    facts.texts.get(Tag.derivationDescription),
    `Lossy compression, ${syntax.lossyMethod}`,
  );
  if (description !== null) changed.set(Tag.derivationDescription, description);
  if (!facts.hasSourceImages) changed.set(Tag.sourceImages, { vr: 'SQ', value: sourceImage(derivation) });
  return changed;
}

/** (0028,2112) as text of a fixed length; `null`: not known yet. */
export function ratioText(ratio: number | null): string {
  return (ratio === null ? '' : ratio.toFixed(3).slice(0, ratioCharacters)).padEnd(ratioCharacters);
}

/** Earlier steps have theirs before it. */
export function ratioOffset(facts: ImageFacts): number {
  return beforeRatio(facts).length;
}

function beforeRatio({ texts }: ImageFacts): string {
  return joined(textOf(texts.get(Tag.lossyRatio)), '');
}

/** Under 2.25 (PS3.5 §B.2). */
export function newUid(): string {
  return `2.25.${BigInt(`0x${randomUUID().replaceAll('-', '')}`)}`;
}

/** One item with the image that this one was made from, in the little endian of every lossy syntax. */
function sourceImage({ sopClassUid, sourceSopInstanceUid }: Derivation): Buffer {
  const order = encodingOf(explicitLittleEndian);
  const bytes = new GrowingBytes(longestDescription);
  bytes.appendHeader(0xfffee000, '', 0, order);
  const start = bytes.length;
  const uids = [
    [0x00081150, sopClassUid],
    [0x00081155, sourceSopInstanceUid],
  ] as const;
  for (const [tag, uid] of uids) {
    const { value } = text('UI', uid);
    bytes.appendHeader(tag, 'UI', value.length, order);
    bytes.append(value);
  }
  bytes.fillLength(start, order.bigEndian);
  return Buffer.from(bytes.take());
}

/** Behind what is there, whatever its characters; `null`: there's no room left. */
function described(before: Buffer | undefined, addition: string): Replacement | null {
  const kept = before === undefined || textOf(before) === '' ? null : trimmedEnd(before);
  const value =
    kept === null
      ? Buffer.from(addition, 'latin1')
      : Buffer.concat([kept, Buffer.from(`; ${addition}`, 'latin1')]);
  if (value.length > longestDescription) return null;
  return { vr: 'ST', value: evenly(value, 0x20) };
}

function trimmedEnd(bytes: Buffer): Buffer {
  return bytes.subarray(0, bytes.findLastIndex((byte) => byte !== 0x20 && byte !== 0) + 1);
}

function saysLossy({ texts }: ImageFacts): boolean {
  return textOf(texts.get(Tag.lossyImageCompression)) === '01';
}

function joined(before: string, next: string): string {
  return before === '' ? next : `${before}\\${next}`;
}

function text(vr: string, value: string): { readonly vr: string; readonly value: Buffer } {
  return { vr, value: evenly(Buffer.from(value, 'latin1'), vr === 'UI' ? 0 : 0x20) };
}

function evenly(bytes: Buffer, padding: number): Buffer {
  return bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.from([padding])]);
}

/** How many times smaller the pixels became. */
export function ratioOf(shape: ImageShape, frames: number, compressedBytes: number): number {
  return (
    (shape.rows * shape.columns * shape.samplesPerPixel * shape.bitsAllocated * frames) / 8 / compressedBytes
  );
}
