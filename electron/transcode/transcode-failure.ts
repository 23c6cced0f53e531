import { FailureError, type StorageCause } from '../contract/failure.ts';
import { DatasetError } from '../dataset/index.ts';

/** This image can't be had in that transfer syntax; `detail` says why, never what was in it. */
export function notTranscodable(detail: string): FailureError {
  return new FailureError({ step: 'file', cause: 'not-transcodable', detail });
}

/** The source isn't what it says it is. */
export function damaged(detail: string, cause?: unknown): FailureError {
  return new FailureError({ step: 'file', cause: 'damaged', detail }, { cause });
}

/**
 * The failure behind what a parser or the file system threw; `null`: it's a bug. The source was
 * opened before: an error of the file system is the copy's.
 */
export function failureBehind(thrown: unknown): FailureError | null {
  if (thrown instanceof FailureError) return thrown;
  if (thrown instanceof DatasetError) return damaged(thrown.reason, thrown);
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  if (!/^E[A-Z]+$/.test(code)) return null;
  return new FailureError({ step: 'storage', cause: storageCauseOf(code), detail: code }, { cause: thrown });
}

function storageCauseOf(code: string): StorageCause {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'full';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'denied';
    default:
      return 'broken';
  }
}
