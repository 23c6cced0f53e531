import { encodingOf, explicitLittleEndian, type Attributes, type Element } from '../dataset/index.ts';

/** Deeper than any object that is meant well. */
const deepest = 16;

const utf8 = Buffer.from('ISO_IR 192');

/**
 * Attributes of the DICOM JSON Model (PS3.18 §F.2) as those of a data set, so that one reader does for
 * both. JSON is UTF-8, whatever Specific Character Set the original had. What isn't an attribute is left
 * out; bulk data that is only referred to has no value.
 */
export function attributesOfJson(json: unknown): Attributes {
  const attributes = objectAt(json, 0);
  return new Map([...attributes, ['00080005', element('00080005', 'CS', utf8)]]);
}

function objectAt(json: unknown, depth: number): Map<string, Element> {
  const attributes = new Map<string, Element>();
  if (!isObject(json)) return attributes;
  for (const [key, attribute] of Object.entries(json)) {
    const tag = key.toUpperCase();
    if (!/^[0-9A-F]{8}$/.test(tag) || !isObject(attribute)) continue;
    attributes.set(tag, elementOf(tag, attribute, depth));
  }
  return attributes;
}

function elementOf(tag: string, json: Readonly<Record<string, unknown>>, depth: number): Element {
  const vr = typeof json['vr'] === 'string' ? json['vr'].toUpperCase() : 'UN';
  const values: readonly unknown[] = Array.isArray(json['Value']) ? json['Value'] : [];
  if (vr === 'SQ') {
    const items = depth < deepest ? values.map((item) => objectAt(item, depth + 1)) : [];
    return { ...element(tag, vr, null), items };
  }
  const inline = json['InlineBinary'];
  if (typeof inline === 'string') return element(tag, vr, Buffer.from(inline, 'base64'));
  if ('BulkDataURI' in json) return element(tag, vr, null);
  return element(tag, vr, bytesOf(vr, values));
}

function element(tag: string, vr: string, value: Buffer | null): Element {
  return {
    tag,
    vr,
    offset: 0,
    length: value?.length ?? 0,
    value,
    items: null,
    bigEndian: encodingOf(explicitLittleEndian).bigEndian,
    undefinedLength: false,
  };
}

function bytesOf(vr: string, values: readonly unknown[]): Buffer {
  const write = numberWriters[vr];
  if (write !== undefined) return Buffer.concat(values.map((value) => numberBytes(value, write)));
  if (vr === 'AT') return Buffer.concat(values.map(tagBytes));
  return Buffer.from(values.map((value) => (vr === 'PN' ? nameOf(value) : textOf(value))).join('\\'), 'utf8');
}

/** An empty value among others is null (PS3.18 §F.2.5). */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/**
 * PS3.18 §F.2.2: groups of a name are members; some servers write the name as it is, and some leave only the
 * carets of a group whose letters they could not write.
 */
function nameOf(value: unknown): string {
  if (!isObject(value)) return textOf(value);
  const groups = [value['Alphabetic'], value['Ideographic'], value['Phonetic']].map(textOf);
  return groups
    .map((group) => (/^[\^ ]*$/.test(group) ? '' : group))
    .join('=')
    .replace(/=+$/, '');
}

interface NumberWriter {
  readonly bytes: number;
  write(buffer: Buffer, value: number): void;
}

/** PS3.5 §6.2, little endian. */
const numberWriters: Readonly<Record<string, NumberWriter>> = {
  US: { bytes: 2, write: (buffer, value) => buffer.writeUInt16LE(value & 0xffff) },
  SS: { bytes: 2, write: (buffer, value) => buffer.writeInt16LE((value << 16) >> 16) },
  UL: { bytes: 4, write: (buffer, value) => buffer.writeUInt32LE(value >>> 0) },
  SL: { bytes: 4, write: (buffer, value) => buffer.writeInt32LE(value | 0) },
  FL: { bytes: 4, write: (buffer, value) => buffer.writeFloatLE(value) },
  FD: { bytes: 8, write: (buffer, value) => buffer.writeDoubleLE(value) },
  UV: { bytes: 8, write: (buffer, value) => buffer.writeBigUInt64LE(BigInt.asUintN(64, whole(value))) },
  SV: { bytes: 8, write: (buffer, value) => buffer.writeBigInt64LE(BigInt.asIntN(64, whole(value))) },
};

function whole(value: number): bigint {
  return Number.isFinite(value) ? BigInt(Math.trunc(value)) : 0n;
}

function numberBytes(value: unknown, writer: NumberWriter): Buffer {
  const number = typeof value === 'string' || typeof value === 'number' ? Number(value) : Number.NaN;
  if (Number.isNaN(number)) return Buffer.alloc(0);
  const buffer = Buffer.alloc(writer.bytes);
  writer.write(buffer, number);
  return buffer;
}

/** `GGGGEEEE` */
function tagBytes(value: unknown): Buffer {
  if (typeof value !== 'string' || !/^[0-9A-Fa-f]{8}$/.test(value)) return Buffer.alloc(0);
  const buffer = Buffer.alloc(4);
  buffer.writeUInt16LE(Number.parseInt(value.slice(0, 4), 16), 0);
  buffer.writeUInt16LE(Number.parseInt(value.slice(4), 16), 2);
  return buffer;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
