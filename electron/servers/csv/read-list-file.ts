import { readFile, stat } from 'node:fs/promises';
import { FailureError } from '../../contract/failure.ts';

const largestFileBytes = 16_000_000;

/**
 * The text of a list that a person chose: UTF-8 or UTF-16 with or without a byte order mark, else as
 * spreadsheets on Windows save it in Western Europe.
 *
 * @throws FailureError file
 */
export async function readListFile(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > largestFileBytes)
      throw new FailureError({ step: 'file', cause: 'damaged', detail: 'too large' });
    return decodeList(await readFile(path));
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown)) throw thrown;
    const cause = thrown.code === 'EACCES' || thrown.code === 'EPERM' ? 'denied' : 'missing';
    throw new FailureError({ step: 'file', cause, detail: '' }, { cause: thrown });
  }
}

export function decodeList(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
