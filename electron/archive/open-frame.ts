import { open } from 'node:fs/promises';
import type { Frame } from './archive.ts';
import { storage, storageFailure } from './storage-failure.ts';
import type { StudyIndex } from './study-index.ts';

/** Reads one frame, and no other byte of its file. @throws FailureError at `storage` */
export async function openFrame(
  index: StudyIndex,
  sopInstanceUid: string,
  frameNumber: number,
): Promise<Frame> {
  const answer = await index.ask('frame', { sopInstanceUid, frameNumber });
  switch (answer.kind) {
    case 'bytes':
      return { bytes: answer.bytes, transferSyntaxUid: answer.transferSyntaxUid };
    case 'ranges':
      return {
        bytes: await readRanges(answer.path, answer.ranges),
        transferSyntaxUid: answer.transferSyntaxUid,
      };
  }
}

async function readRanges(path: string, ranges: readonly number[]): Promise<Uint8Array> {
  try {
    await using file = await open(path, 'r');
    const lengths = ranges.filter((_, index) => index % 2 === 1);
    const bytes = Buffer.allocUnsafeSlow(lengths.reduce((sum, length) => sum + length, 0));
    let at = 0;
    for (const [index, length] of lengths.entries()) {
      const { bytesRead } = await file.read(bytes, at, length, ranges[index * 2] ?? 0);
      if (bytesRead !== length) throw storage('unreadable', 'the file became shorter');
      at += length;
    }
    return bytes;
  } catch (thrown) {
    throw storageFailure(thrown);
  }
}
