import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { buildFile } from '../support/build-dataset.ts';
import { bytesOf, frontOf, pixelPattern, sopClassOf, type BenchObject } from './bench-object.ts';

const blockBytes = 1024 * 1024;

/** Writes objects as files to be sent, into a new folder. */
export async function writeFiles(folder: string, object: BenchObject, count: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (let number = 0; number < count; number += 1) {
    await writeObject(join(folder, `${number}.dcm`), object, `2.25.3000${number}`);
  }
}

async function writeObject(path: string, object: BenchObject, sopInstanceUid: string): Promise<void> {
  const meta = { sopClassUid: sopClassOf(object), sopInstanceUid, transferSyntaxUid: '1.2.840.10008.1.2.1' };
  await using file = await open(path, 'wx');
  await file.write(buildFile(meta, frontOf(object, sopInstanceUid)));
  const block = pixelPattern(blockBytes);
  for (let left = bytesOf(object); left > 0; left -= blockBytes) {
    await file.write(block.subarray(0, Math.min(left, blockBytes)));
  }
}
