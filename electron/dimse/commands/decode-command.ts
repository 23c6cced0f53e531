import type { CommandSet } from './command.ts';
import { commandElements } from './command-elements.ts';
import type { CommandElement } from './command-elements.ts';

/** What came can't be a command set. */
export class CommandError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CommandError';
  }
}

const elementsByNumber: ReadonlyMap<number, CommandElement> = new Map(
  commandElements.map((element) => [element.element, element]),
);

/**
 * Reads a command set (PS3.7 §6.3.1: Implicit VR Little Endian, group 0000). Elements we don't use
 * are read past; an empty one counts as not there.
 *
 * @throws CommandError
 */
export function decodeCommand(bytes: Buffer): CommandSet {
  const found: Record<string, string | number | readonly string[]> = {};
  let offset = 0;
  while (offset < bytes.length) {
    const { element, value } = readElement(bytes, offset);
    const known = elementsByNumber.get(element);
    if (known !== undefined && value.length > 0) found[known.name] = decodeValue(known, value);
    offset += headerBytes + value.length;
  }
  if (typeof found['commandField'] !== 'number') throw new CommandError('no Command Field');
  if (typeof found['commandDataSetType'] !== 'number') throw new CommandError('no Command Data Set Type');
  // Each value has the type of its VR, by the table of elements; the two that must be there are.
  return found as unknown as CommandSet;
}

const headerBytes = 8;

function readElement(bytes: Buffer, offset: number): { readonly element: number; readonly value: Buffer } {
  if (bytes.length - offset < headerBytes) throw new CommandError('cut inside an element header');
  const group = bytes.readUInt16LE(offset);
  const length = bytes.readUInt32LE(offset + 4);
  if (group !== 0) throw new CommandError(`element of group ${group}`);
  if (length > bytes.length - offset - headerBytes) throw new CommandError(`element of ${length} bytes`);
  const start = offset + headerBytes;
  return { element: bytes.readUInt16LE(offset + 2), value: bytes.subarray(start, start + length) };
}

function decodeValue({ vr, name }: CommandElement, value: Buffer): string | number | readonly string[] {
  switch (vr) {
    case 'US':
      if (value.length !== 2) throw new CommandError(`${name} of ${value.length} bytes`);
      return value.readUInt16LE(0);
    case 'AT':
      return decodeTags(value);
    case 'UI':
      // One object with a name that is no UID is refused by itself (0117H), not with its association.
      return name === 'affectedSopInstanceUid' ? trimmed(value).slice(0, 64) : uidText(value, name);
    case 'AE':
    case 'LO':
      return trimmed(value).slice(0, 64);
  }
}

function decodeTags(value: Buffer): readonly string[] {
  const tags: string[] = [];
  for (let at = 0; at + 4 <= value.length; at += 4) {
    tags.push(hex4(value.readUInt16LE(at)) + hex4(value.readUInt16LE(at + 2)));
  }
  return tags;
}

function hex4(value: number): string {
  return value.toString(16).toUpperCase().padStart(4, '0');
}

function uidText(value: Buffer, name: string): string {
  const uid = trimmed(value);
  if (/^[0-9.]{1,64}$/.test(uid)) return uid;
  throw new CommandError(`${name} is no UID`);
}

function trimmed(value: Buffer): string {
  // eslint-disable-next-line no-control-regex -- NULs are what is looked for
  return value.toString('latin1').replace(/^[ ]+|[ \0]+$/g, '');
}
