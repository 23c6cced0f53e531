import { FailureError, type StorageCause } from '../contract/failure.ts';
import { DatasetError } from '../dataset/index.ts';

/** The storage failure behind what the file system, SQLite or a parser threw; a FailureError stays. */
export function storageFailure(thrown: unknown): FailureError {
  if (thrown instanceof FailureError) return thrown;
  if (thrown instanceof DatasetError) return storage('unreadable', thrown.reason);
  const code = codeOf(thrown);
  return new FailureError({ step: 'storage', cause: causeOf(code), detail: code }, { cause: thrown });
}

export function storage(cause: StorageCause, detail: string): FailureError {
  return new FailureError({ step: 'storage', cause, detail });
}

/** Whether the disk, the index or the bytes are to blame, and not a bug of ours. */
export function isStorageFailure(thrown: unknown): boolean {
  if (thrown instanceof FailureError || thrown instanceof DatasetError) return true;
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string';
}

/** The system's name of an error, such as ENOSPC; never its message, which may name a patient's file. */
export function codeOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return '';
  if ('errstr' in thrown && typeof thrown.errstr === 'string') return `SQLite: ${thrown.errstr}`;
  return 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : thrown.name;
}

function causeOf(code: string): StorageCause {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'SQLite: database or disk is full':
      return 'full';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'SQLite: attempt to write a readonly database':
      return 'denied';
    default:
      return 'broken';
  }
}
