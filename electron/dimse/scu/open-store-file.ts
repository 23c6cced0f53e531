import { open, type FileHandle } from 'node:fs/promises';
import { FailureError, type FileCause } from '../../contract/failure.ts';
import type { StoreFile } from './c-store.ts';

/** A file to send that is open already; the handle is its opener's to close. */
export interface OpenedFile {
  readonly handle: FileHandle;
  /** What has been read of it, from its first byte on. */
  readonly beginning: Buffer;
}

/**
 * Opens a file, if it is still the size it was when its header was read, and fills `memory` from it: what
 * fits in there needn't be waited for when its turn comes.
 *
 * @throws FailureError file
 */
export async function openStoreFile(file: StoreFile, memory: Buffer): Promise<OpenedFile> {
  let handle: FileHandle | null = null;
  try {
    handle = await open(file.path, 'r');
    const { size } = await handle.stat();
    if (size !== file.bytes) throw fileFailure('changed', file);
    const { bytesRead } = await handle.read(memory, 0, Math.min(size, memory.length), 0);
    return { handle, beginning: memory.subarray(0, bytesRead) };
  } catch (thrown) {
    await handle?.close().catch(() => {});
    throw thrown instanceof FailureError ? thrown : fileFailure(causeOf(thrown), file, thrown);
  }
}

function causeOf(error: unknown): FileCause {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'missing';
  return code === 'EACCES' || code === 'EPERM' ? 'denied' : 'damaged';
}

function fileFailure(cause: FileCause, file: StoreFile, error?: unknown): FailureError {
  return new FailureError({ step: 'file', cause, detail: file.path }, { cause: error });
}
