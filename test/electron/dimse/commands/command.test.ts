import { assert, property, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CommandSet } from '../../../../electron/dimse/commands/command.ts';
import { CommandError, decodeCommand } from '../../../../electron/dimse/commands/decode-command.ts';
import { encodeCommand } from '../../../../electron/dimse/commands/encode-command.ts';
import { dataHeaderBytes, golden } from '../../../support/golden-pdus.ts';

const everything: CommandSet = {
  affectedSopClassUid: '1.2.840.10008.5.1.4.1.1.2',
  requestedSopClassUid: '1.2.3',
  commandField: 0x8001,
  messageId: 65_535,
  messageIdBeingRespondedTo: 1,
  moveDestination: 'GANTRY',
  priority: 2,
  commandDataSetType: 0x0101,
  status: 0xa700,
  offendingElements: ['00080018', '7FE00010'],
  errorComment: 'Out of resources',
  errorId: 3,
  affectedSopInstanceUid: '1.2.3.4',
  requestedSopInstanceUid: '1.2.3.4.5',
  moveOriginatorAeTitle: 'ODD',
  moveOriginatorMessageId: 7,
  remaining: 1,
  completed: 2,
  failed: 3,
  warning: 4,
};

const ending = Buffer.from('0000000102000000300000000008020000000101', 'hex');

/** What decoding a command set with this behind its two needed elements comes to. */
function outcomeOf(more: Uint8Array): unknown {
  try {
    return decodeCommand(Buffer.concat([ending, more])).commandField;
  } catch (error) {
    return error;
  }
}

describe('command sets', () => {
  it('read as DCMTK writes them', () => {
    expect(decodeCommand(golden.echoRq.subarray(dataHeaderBytes))).toEqual({
      affectedSopClassUid: '1.2.840.10008.1.1',
      commandField: 0x0030,
      messageId: 1,
      commandDataSetType: 0x0101,
    });
  });

  it('are written as DCMTK writes them', () => {
    const response = decodeCommand(golden.echoRsp.subarray(dataHeaderBytes));

    expect(response.status).toBe(0);
    expect(encodeCommand(response)).toEqual(golden.echoRsp.subarray(dataHeaderBytes));
  });

  it('come back whole, every element of them', () => {
    expect(decodeCommand(encodeCommand(everything))).toEqual(everything);
    expect(encodeCommand(everything).length % 2).toBe(0);
  });

  it('begin with a group length that counts the rest', () => {
    const bytes = encodeCommand(everything);

    expect(bytes.readUInt32LE(8)).toBe(bytes.length - 12);
  });

  it('skip elements we do not know, and take an empty one as absent', () => {
    const unknown = Buffer.from('00000140 04000000 61626364'.replaceAll(' ', ''), 'hex');
    const empty = Buffer.from('0000001000000000', 'hex');

    expect(decodeCommand(Buffer.concat([ending, unknown, empty]))).toEqual({
      commandField: 0x30,
      commandDataSetType: 0x0101,
    });
  });

  it('are refused without a field, cut, of another group, or with lengths that lie', () => {
    const refused = [
      Buffer.alloc(0),
      ending.subarray(0, 10),
      ending.subarray(10),
      ending.subarray(0, ending.length - 1),
      Buffer.concat([ending, Buffer.from([0, 0, 0])]),
      Buffer.concat([ending, Buffer.from('0800180002000000312e', 'hex')]),
      Buffer.concat([ending, Buffer.from('00000900ffffffff', 'hex')]),
      Buffer.concat([ending, Buffer.from('0000100104000000', 'hex'), Buffer.alloc(4)]),
      Buffer.concat([ending, Buffer.from('0000020006000000', 'hex'), Buffer.from('../../')]),
    ];

    for (const bytes of refused) expect(() => decodeCommand(bytes)).toThrow(CommandError);
  });

  it('answer any bytes with a command set or a CommandError', () => {
    assert(
      property(uint8Array({ maxLength: 200 }), (bytes) => {
        const end = outcomeOf(bytes);
        return end instanceof CommandError || typeof end === 'number';
      }),
    );
    expect(outcomeOf(Buffer.alloc(0))).toBe(0x30);
  });
});
