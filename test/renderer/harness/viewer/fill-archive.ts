import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openArchive, type Archive } from '../../../../electron/archive/index.ts';
import { readFileHeader } from '../../../../electron/dataset/index.ts';

export interface FilledArchive {
  readonly archive: Archive;
  readonly stored: ReadonlyMap<string, string>;
  /** Files that are none, or that the archive refused, with why. */
  readonly refused: readonly (readonly [file: string, reason: string])[];
}

/** An archive with every DICOM file below a folder, stored as a storage SCP would store it. */
export async function fillArchive(folder: string, from: string): Promise<FilledArchive> {
  const archive = await openArchive({ folder, fsync: false });
  const stored = new Map<string, string>();
  const refused: [string, string][] = [];
  for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    try {
      const header = await readFileHeader(file);
      const bytes = await readFile(file);
      const writer = archive.store.begin({
        sopClassUid: header.sopClassUid,
        sopInstanceUid: header.sopInstanceUid,
        transferSyntaxUid: header.transferSyntaxUid,
        callingAeTitle: 'HARNESS',
        calledAeTitle: 'HARNESS',
        remoteAddress: '127.0.0.1',
        moveOriginatorAeTitle: null,
        moveOriginatorMessageId: null,
      });
      writer.write(bytes.subarray(header.datasetOffset));
      const { sopInstanceUid } = await writer.commit();
      stored.set(sopInstanceUid, file);
    } catch (thrown) {
      const failure = thrown instanceof Error && 'failure' in thrown ? thrown.failure : String(thrown);
      refused.push([file, JSON.stringify(failure)]);
    }
  }
  return { archive, stored, refused };
}
