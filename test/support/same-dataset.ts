import { readFile } from 'node:fs/promises';

/** Whether two P10 files hold the same bytes after their file meta information (PS3.10 §7.1). */
export async function sameDataset(fileA: string, fileB: string): Promise<boolean> {
  const [a, b] = await Promise.all([datasetBytes(fileA), datasetBytes(fileB)]);
  return a.equals(b);
}

/** The bytes of a P10 file after its file meta information, just as they stand in the file. */
export async function datasetBytes(file: string): Promise<Buffer> {
  const bytes = await readFile(file);
  return bytes.subarray(metaEnd(bytes, file));
}

export interface FileMeta {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly transferSyntaxUid: string;
}

/** The three UIDs of a P10 file's meta information, read without any code of the product. */
export async function fileMetaOf(file: string): Promise<FileMeta> {
  const bytes = await readFile(file);
  const meta = bytes.subarray(0, metaEnd(bytes, file));
  return {
    sopClassUid: uidAt(meta, 0x02),
    sopInstanceUid: uidAt(meta, 0x03),
    transferSyntaxUid: uidAt(meta, 0x10),
  };
}

function uidAt(meta: Buffer, element: number): string {
  const at = meta.indexOf(Buffer.from([0x02, 0x00, element, 0x00, 0x55, 0x49]), 132);
  if (at < 0) throw new Error(`no (0002,00${element.toString(16)})`);
  return meta.toString('latin1', at + 8, at + 8 + meta.readUInt16LE(at + 6)).replace(/\0$/, '');
}

function metaEnd(bytes: Buffer, file: string): number {
  if (bytes.toString('latin1', 128, 132) !== 'DICM') throw new Error(`${file} is no P10 file`);
  if (bytes.readUInt32LE(132) !== 0x00000002) throw new Error(`${file} has no group length (0002,0000)`);
  return 144 + bytes.readUInt32LE(140);
}
