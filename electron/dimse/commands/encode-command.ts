import type { CommandSet } from './command.ts';
import { commandElements } from './command-elements.ts';
import type { CommandElement } from './command-elements.ts';

/** A command set as bytes: always Implicit VR Little Endian, group length first (PS3.7 §6.3.1). */
export function encodeCommand(command: CommandSet): Buffer {
  const elements = Buffer.concat(commandElements.map((element) => encodeElement(element, command)));
  const groupLength = Buffer.alloc(12);
  groupLength.writeUInt32LE(4, 4);
  groupLength.writeUInt32LE(elements.length, 8);
  return Buffer.concat([groupLength, elements]);
}

function encodeElement({ element, vr, name }: CommandElement, command: CommandSet): Buffer {
  const value = command[name];
  if (value === undefined) return Buffer.alloc(0);
  const bytes = encodeValue(vr, value);
  const header = Buffer.alloc(8);
  header.writeUInt16LE(element, 2);
  header.writeUInt32LE(bytes.length, 4);
  return Buffer.concat([header, bytes]);
}

function encodeValue(vr: CommandElement['vr'], value: string | number | readonly string[]): Buffer {
  if (typeof value === 'number') return uint16(value);
  if (typeof value !== 'string') return Buffer.concat(value.map(tag));
  const pad = vr === 'UI' ? '\0' : ' ';
  return Buffer.from(value.length % 2 === 0 ? value : value + pad, 'latin1');
}

/** Eight hexadecimal digits as an AT value. */
function tag(digits: string): Buffer {
  return Buffer.concat([
    uint16(Number.parseInt(digits.slice(0, 4), 16)),
    uint16(Number.parseInt(digits.slice(4), 16)),
  ]);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}
