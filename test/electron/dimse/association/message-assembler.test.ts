import { describe, expect, it } from 'vitest';
import type { CommandSet } from '../../../../electron/dimse/commands/command.ts';
import { encodeCommand } from '../../../../electron/dimse/commands/encode-command.ts';
import { MessageAssembler } from '../../../../electron/dimse/association/message-assembler.ts';
import { PduError } from '../../../../electron/dimse/pdu/pdu.ts';

const withDataset = encodeCommand({ commandField: 1, messageId: 1, commandDataSetType: 1 });
const withoutDataset = encodeCommand({ commandField: 0x30, messageId: 2, commandDataSetType: 0x0101 });

/** Message Control Header. */
const command = 1;
const lastCommand = 3;
const dataset = 0;
const lastDataset = 2;

interface Heard {
  readonly assembler: MessageAssembler;
  readonly said: readonly string[];
}

/** An assembler on contexts 1 and 3 that says what it hands on. */
function listening(onCommand: (assembler: MessageAssembler, set: CommandSet) => void = () => {}): Heard {
  const said: string[] = [];
  const assembler: MessageAssembler = new MessageAssembler({
    isAccepted: (contextId) => contextId === 1 || contextId === 3,
    command: (contextId, set) => {
      said.push(`command ${set.commandField} on ${contextId}`);
      onCommand(assembler, set);
      return {
        write: (chunk) => said.push(chunk.toString()),
        end: () => said.push('end'),
        abort: () => said.push('abort'),
      };
    },
  });
  return { assembler, said };
}

/** One that waits for the data set of a command on context 1. */
function begun(): MessageAssembler {
  const { assembler } = listening();
  assembler.fragment(1, lastCommand, withDataset, true);
  return assembler;
}

/** One that waits for the rest of a command on context 1. */
function halfCommand(): MessageAssembler {
  const { assembler } = listening();
  assembler.fragment(1, command, withDataset.subarray(0, 10), true);
  return assembler;
}

function reasonOf(work: () => void): number | null {
  try {
    work();
  } catch (error) {
    if (error instanceof PduError) return error.reason;
    throw error;
  }
  return null;
}

describe('assembling messages', () => {
  it('joins a command of many fragments and streams the data set behind it', () => {
    const { assembler, said } = listening();

    for (const byte of withDataset.subarray(0, -1)) assembler.fragment(1, command, Buffer.from([byte]), true);
    assembler.fragment(1, command, Buffer.alloc(0), true);
    assembler.fragment(1, lastCommand, withDataset.subarray(-1), true);
    assembler.fragment(1, dataset, Buffer.from('one'), false);
    assembler.fragment(1, dataset, Buffer.from('two'), true);
    assembler.fragment(1, lastDataset, Buffer.from('three'), false);
    assembler.fragment(1, lastDataset, Buffer.from('four'), true);
    assembler.fragment(3, lastCommand, withoutDataset, true);

    expect(said).toEqual(['command 1 on 1', 'one', 'two', 'three', 'four', 'end', 'command 48 on 3', 'end']);
  });

  it('ends an empty data set', () => {
    const { assembler, said } = listening();

    assembler.fragment(1, lastCommand, withDataset, true);
    assembler.fragment(1, lastDataset, Buffer.alloc(0), true);

    expect(said).toEqual(['command 1 on 1', 'end']);
  });

  it('tells the consumer when the rest will not come, once', () => {
    const { assembler, said } = listening();
    assembler.fragment(1, lastCommand, withDataset, true);
    assembler.fragment(1, dataset, Buffer.from('one'), true);

    assembler.abort();
    assembler.abort();

    expect(said).toEqual(['command 1 on 1', 'one', 'abort']);
  });

  it('tells it too when the association ended while the command was being taken', () => {
    const { assembler, said } = listening((self) => self.abort());

    assembler.fragment(1, lastCommand, withDataset, true);

    expect(said).toEqual(['command 1 on 1', 'abort']);
  });

  it('refuses what is out of order', () => {
    const bytes = Buffer.from('x');

    expect(reasonOf(() => listening().assembler.fragment(5, lastCommand, withDataset, true))).toBe(5);
    expect(reasonOf(() => listening().assembler.fragment(1, lastDataset, bytes, true))).toBe(5);
    expect(reasonOf(() => begun().fragment(1, lastCommand, withDataset, true))).toBe(5);
    expect(reasonOf(() => begun().fragment(3, lastDataset, bytes, true))).toBe(5);
    expect(reasonOf(() => halfCommand().fragment(3, command, bytes, true))).toBe(5);
    expect(reasonOf(() => halfCommand().fragment(1, lastDataset, bytes, true))).toBe(5);
  });

  it('takes a command set of 16 kB and refuses a longer one, ended or not', () => {
    const kilobyte = Buffer.alloc(1_024);
    const { assembler } = listening();
    for (let part = 0; part < 16; part++) assembler.fragment(1, command, kilobyte, true);

    expect(reasonOf(() => assembler.fragment(1, command, Buffer.alloc(1), true))).toBe(6);
    expect(reasonOf(() => listening().assembler.fragment(1, lastCommand, Buffer.alloc(100), true))).toBe(6);
  });
});
