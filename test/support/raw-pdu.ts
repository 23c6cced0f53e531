/**
 * A second, minimal implementation of PDUs and command sets, for scripted peers and the bench: what
 * tests our upper layer must not be made of it.
 */

export interface RawContext {
  readonly id: number;
  readonly abstractSyntaxUid: string;
  readonly transferSyntaxUids: readonly string[];
  /** Result of PS3.8 Table 9-18, in an A-ASSOCIATE-AC. */
  readonly result: number;
}

export interface RawAssociate {
  readonly calledAeTitle: string;
  readonly callingAeTitle: string;
  readonly maximumLength: number;
  readonly contexts: readonly RawContext[];
}

export const PduType = {
  AssociateRq: 1,
  AssociateAc: 2,
  AssociateRj: 3,
  Data: 4,
  ReleaseRq: 5,
  ReleaseRp: 6,
  Abort: 7,
} as const;

export function encodePdu(type: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const header = Buffer.alloc(6);
  header[0] = type;
  header.writeUInt32BE(body.length, 2);
  return Buffer.concat([header, body]);
}

export function encodeAssociate(type: 1 | 2, associate: RawAssociate): Buffer {
  const head = Buffer.alloc(68);
  head.writeUInt16BE(1, 0);
  head.write(associate.calledAeTitle.padEnd(16), 4, 'latin1');
  head.write(associate.callingAeTitle.padEnd(16), 20, 'latin1');
  const maximumLength = Buffer.alloc(4);
  maximumLength.writeUInt32BE(associate.maximumLength);
  return encodePdu(
    type,
    head,
    item(0x10, latin1('1.2.840.10008.3.1.1.1')),
    ...associate.contexts.map((context) => encodeContext(type, context)),
    item(0x50, item(0x51, maximumLength), item(0x52, latin1('2.25.2')), item(0x55, latin1('RAW'))),
  );
}

function encodeContext(type: 1 | 2, context: RawContext): Buffer {
  const syntaxes = context.transferSyntaxUids.map((uid) => item(0x40, latin1(uid)));
  if (type === 1) {
    return item(0x20, bytes(context.id, 0, 0, 0), item(0x30, latin1(context.abstractSyntaxUid)), ...syntaxes);
  }
  return item(0x21, bytes(context.id, 0, context.result, 0), ...syntaxes.slice(0, 1));
}

/** The body of an A-ASSOCIATE-RQ or -AC. */
export function decodeAssociate(body: Buffer): RawAssociate {
  const contexts: RawContext[] = [];
  let maximumLength = 0;
  for (const [type, value] of items(body.subarray(68))) {
    if (type === 0x20 || type === 0x21) contexts.push(decodeContext(value));
    if (type !== 0x50) continue;
    for (const [inner, content] of items(value)) if (inner === 0x51) maximumLength = content.readUInt32BE(0);
  }
  return {
    calledAeTitle: body.toString('latin1', 4, 20).trim(),
    callingAeTitle: body.toString('latin1', 20, 36).trim(),
    maximumLength,
    contexts,
  };
}

function decodeContext(value: Buffer): RawContext {
  const parts = [...items(value.subarray(4))];
  const textOf = (wanted: number) =>
    parts.filter(([type]) => type === wanted).map(([, content]) => content.toString('latin1'));
  return {
    id: value[0]!,
    result: value[2]!,
    abstractSyntaxUid: textOf(0x30)[0] ?? '',
    transferSyntaxUids: textOf(0x40),
  };
}

function* items(body: Buffer): Generator<readonly [type: number, content: Buffer]> {
  for (let at = 0; at + 4 <= body.length;) {
    const length = body.readUInt16BE(at + 2);
    yield [body[at]!, body.subarray(at + 4, at + 4 + length)];
    at += 4 + length;
  }
}

/** Element number of group 0000 → value. A string is a UI when it is a UID, else text; a number is US. */
export type RawCommand = Readonly<Record<number, string | number>>;

export function encodeCommand(command: RawCommand): Buffer {
  const elements = Object.entries(command)
    .map(([element, value]) => [Number(element), value] as const)
    .sort(([a], [b]) => a - b)
    .map(([element, value]) => encodeCommandElement(element, value));
  const rest = Buffer.concat(elements);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(rest.length);
  return Buffer.concat([elementHeader(0, 4), length, rest]);
}

function encodeCommandElement(element: number, value: string | number): Buffer {
  if (typeof value === 'number') {
    const number = Buffer.alloc(2);
    number.writeUInt16LE(value);
    return Buffer.concat([elementHeader(element, 2), number]);
  }
  const padding = /^[0-9.]+$/.test(value) ? '\0' : ' ';
  const text = latin1(value.length % 2 === 0 ? value : value + padding);
  return Buffer.concat([elementHeader(element, text.length), text]);
}

function elementHeader(element: number, length: number): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt16LE(element, 2);
  header.writeUInt32LE(length, 4);
  return header;
}

export function decodeCommand(body: Buffer): RawCommand {
  const command: Record<number, string | number> = {};
  for (let at = 0; at + 8 <= body.length;) {
    const length = body.readUInt32LE(at + 4);
    const value = body.subarray(at + 8, at + 8 + length);
    command[body.readUInt16LE(at + 2)] =
      length === 2 ? value.readUInt16LE(0) : value.toString('latin1').replace(/[\0 ]+$/, '');
    at += 8 + length;
  }
  return command;
}

/** One message part as P-DATA-TF PDUs of at most `maximumLength` (0: no limit), one PDV each. */
export function encodeData(
  contextId: number,
  part: 'command' | 'dataset',
  body: Buffer,
  maximumLength: number,
): Buffer[] {
  const chunk = (maximumLength === 0 ? 1_000_000 : maximumLength) - 6;
  const pdus: Buffer[] = [];
  for (let at = 0; at === 0 || at < body.length; at += chunk) {
    const piece = body.subarray(at, at + chunk);
    const header = Buffer.alloc(6);
    header.writeUInt32BE(piece.length + 2, 0);
    header[4] = contextId;
    header[5] = (part === 'command' ? 1 : 0) | (at + chunk >= body.length ? 2 : 0);
    pdus.push(encodePdu(PduType.Data, header, piece));
  }
  return pdus;
}

function item(type: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const header = bytes(type, 0, 0, 0);
  header.writeUInt16BE(body.length, 2);
  return Buffer.concat([header, body]);
}

function bytes(...numbers: readonly number[]): Buffer {
  return Buffer.from(numbers);
}

function latin1(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}
