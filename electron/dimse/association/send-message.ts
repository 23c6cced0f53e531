import type { CommandSet } from '../commands/command.ts';
import { encodeCommand } from '../commands/encode-command.ts';
import { dataHeaderBytes, writeDataHeader } from '../pdu/encode-pdu.ts';
import { PdvFlag } from '../pdu/pdu.ts';
import type { UpperLayer } from '../upper-layer/upper-layer.ts';
import type { DatasetSource } from './association.ts';
import { readInto } from './read-dataset-source.ts';

/** Where messages go: an association's upper layer, and how much the peer takes in one fragment. */
export interface MessageChannel {
  readonly upper: UpperLayer;
  readonly fragmentBytes: number;
  readonly blocks: BlockPool;
}

/** How many bytes of PDUs are read and written at a time; two such blocks are in use at once. */
const blockBytes = 1024 * 1024;
/** Room in a block for the command set before a data set; a longer one gets a longer block. */
const frontBytes = 4096;

const nothing: Buffer = Buffer.alloc(0);

/** Sends a command set and what data set it has, and waits until the system has taken all of it. */
export async function sendMessage(
  channel: MessageChannel,
  contextId: number,
  command: CommandSet,
  dataset: DatasetSource | null,
): Promise<void> {
  const request = encodePdus(encodeCommand(command), contextId, PdvFlag.Command, channel.fragmentBytes);
  if (dataset === null) {
    channel.upper.sendData(request);
    return;
  }
  let position = 0;
  let written = Promise.resolve();
  do {
    // The command goes with the first bytes: by itself it would cost a call, and wake the peer for little.
    const front = position === 0 ? request : nothing;
    const { block, bytes } = await fillBlock(channel, { contextId, dataset, position, front });
    position += bytes;
    await written;
    written = write(channel, block);
    // Awaited a turn later; until then a failure must not count as unhandled.
    written.catch(() => {});
  } while (position < lengthOf(dataset));
  await written;
}

/** A short message, a command set or a small data set, as P-DATA-TF PDUs of one PDV each. */
export function encodePdus(
  message: Uint8Array,
  contextId: number,
  flag: number,
  fragmentBytes: number,
): Buffer {
  const count = Math.max(1, Math.ceil(message.length / fragmentBytes));
  const pdus = Buffer.allocUnsafe(message.length + count * dataHeaderBytes);
  let offset = 0;
  for (let index = 0; index < count; index++) {
    const fragment = message.subarray(index * fragmentBytes, (index + 1) * fragmentBytes);
    const control = flag | (index === count - 1 ? PdvFlag.Last : 0);
    writeDataHeader(pdus, offset, { contextId, control, fragmentBytes: fragment.length });
    pdus.set(fragment, offset + dataHeaderBytes);
    offset += dataHeaderBytes + fragment.length;
  }
  return pdus;
}

/** Buffers of one block each, used again and again over an association's life. */
export class BlockPool {
  readonly #free: Buffer[] = [];

  take(bytes: number): Buffer {
    const free = this.#free.pop();
    return free !== undefined && free.length >= bytes ? free : Buffer.allocUnsafeSlow(bytes);
  }

  give(block: Buffer): void {
    this.#free.push(block);
  }
}

interface Block {
  /** The buffer to give back, and how much of it to send. */
  readonly buffer: Buffer;
  readonly length: number;
}

/** The next of a data set, behind what else goes before it. */
interface Filling {
  readonly contextId: number;
  readonly dataset: DatasetSource;
  readonly position: number;
  readonly front: Buffer;
}

/** Writes the PDV headers first and reads the data set straight between them. */
async function fillBlock(
  { blocks, fragmentBytes }: MessageChannel,
  { contextId, dataset, position, front }: Filling,
): Promise<{ readonly block: Block; readonly bytes: number }> {
  const perBlock = Math.max(1, Math.floor(blockBytes / (fragmentBytes + dataHeaderBytes)));
  const buffer = blocks.take(
    Math.max(frontBytes, front.length) + perBlock * (fragmentBytes + dataHeaderBytes),
  );
  const left = lengthOf(dataset) - position;
  const bytes = Math.min(left, perBlock * fragmentBytes);
  const targets: Buffer[] = [];
  let offset = front.copy(buffer);
  let planned = 0;
  do {
    const fragment = Math.min(fragmentBytes, bytes - planned);
    planned += fragment;
    const control = planned === left ? PdvFlag.Last : 0;
    writeDataHeader(buffer, offset, { contextId, control, fragmentBytes: fragment });
    offset += dataHeaderBytes;
    targets.push(buffer.subarray(offset, offset + fragment));
    offset += fragment;
  } while (planned < bytes);
  await readInto(dataset, position, targets, bytes);
  return { block: { buffer, length: offset }, bytes };
}

function write({ upper, blocks }: MessageChannel, block: Block): Promise<void> {
  return new Promise((resolve, reject) => {
    upper.sendData(block.buffer.subarray(0, block.length), (error) => {
      blocks.give(block.buffer);
      if (error === null) resolve();
      else reject(error);
    });
  });
}

function lengthOf(dataset: DatasetSource): number {
  return dataset.kind === 'bytes' ? dataset.bytes.length : dataset.length;
}
