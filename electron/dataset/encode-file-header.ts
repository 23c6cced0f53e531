import { encodeElement, padded } from './encode-element.ts';
import { implementationClassUid, implementationVersionName } from './implementation.ts';
import type { IncomingInstance } from './instance-store.ts';

const explicitLittle = { explicitVr: true, bigEndian: false } as const;

/**
 * The file header of PS3.10 §7.1 for a received data set: a preamble of zeros, the prefix, and group
 * 0002 with the AE title that sent it (0002,0016). The data set follows as it came.
 */
export function encodeFileHeader(instance: IncomingInstance): Buffer {
  const meta = Buffer.concat([
    encodeElement('00020001', 'OB', Buffer.from([0, 1]), explicitLittle),
    text('00020002', 'UI', instance.sopClassUid),
    text('00020003', 'UI', instance.sopInstanceUid),
    text('00020010', 'UI', instance.transferSyntaxUid),
    text('00020012', 'UI', implementationClassUid),
    text('00020013', 'SH', implementationVersionName),
    ...(instance.callingAeTitle === '' ? [] : [text('00020016', 'AE', instance.callingAeTitle)]),
  ]);
  const groupLength = Buffer.alloc(4);
  groupLength.writeUInt32LE(meta.length);
  const preamble = Buffer.alloc(132);
  preamble.write('DICM', 128, 'latin1');
  return Buffer.concat([preamble, encodeElement('00020000', 'UL', groupLength, explicitLittle), meta]);
}

function text(tag: string, vr: string, value: string): Buffer {
  return encodeElement(tag, vr, padded(Buffer.from(value, 'latin1'), vr), explicitLittle);
}
