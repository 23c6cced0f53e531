import { readFile, stat } from 'node:fs/promises';
import { FailureError, type FileCause } from '../contract/failure.ts';
import { certificateFailure } from './certificate-failure.ts';

/** More than any bundle of authorities holds. */
const maximumBytes = 4_000_000;

/** @throws FailureError file: missing, denied, empty; certificate: unreadable where it is far too large */
export async function readCertificateFile(path: string): Promise<Buffer> {
  try {
    const status = await stat(path);
    if (!status.isFile()) throw certificateFailure('unreadable', 'not a file');
    if (status.size > maximumBytes) throw certificateFailure('unreadable', 'too large');
    const bytes = await readFile(path);
    if (bytes.length === 0) throw new FailureError({ step: 'file', cause: 'empty', detail: '' });
    return bytes;
  } catch (thrown) {
    const cause = causes[thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''];
    if (cause === undefined) throw thrown;
    throw new FailureError({ step: 'file', cause, detail: '' }, { cause: thrown });
  }
}

const causes: Readonly<Record<string, FileCause>> = {
  ENOENT: 'missing',
  ENOTDIR: 'missing',
  EACCES: 'denied',
  EPERM: 'denied',
  EIO: 'damaged',
};
