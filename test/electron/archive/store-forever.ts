import { openArchive } from '../../../electron/archive/index.ts';
import { imageDataset, storeDataset } from './instances.ts';

/** Stores one instance after another in the folder it is given, four at a time, and tells each UID. */
const folder = process.argv[2] ?? '';
const archive = await openArchive({ folder });
let number = 0;
await Promise.all(Array.from({ length: 4 }, storeOn));

async function storeOn(): Promise<void> {
  for (;;) {
    number += 1;
    const sopInstanceUid = `1.2.3.${number}`;
    const pixels = Buffer.alloc(64 * 64, number);
    const dataset = imageDataset({ sopInstanceUid }, [
      ['00280010', 'US', [64]],
      ['00280011', 'US', [64]],
      ['7FE00010', 'OB', pixels],
    ]);
    await storeDataset(archive.store, dataset, { sopInstanceUid });
    process.stdout.write(`${sopInstanceUid}\n`);
  }
}
