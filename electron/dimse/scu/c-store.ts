import { open, type FileHandle } from 'node:fs/promises';
import { FailureError, type FileCause } from '../../contract/failure.ts';
import type { Association } from '../association/association.ts';
import { CommandField, Priority } from '../commands/command.ts';
import { statusCategory } from '../commands/status.ts';
import { commentOf, statusFailure, statusOf } from './status-failure.ts';

/** A P10 file to send, as its header says (see `readFileHeader`). */
export interface StoreFile {
  readonly path: string;
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly transferSyntaxUid: string;
  /** Where the data set begins in the file. */
  readonly datasetOffset: number;
  /** Of the whole file. */
  readonly bytes: number;
}

/** The peer has it; a status other than 0000H is a warning (PS3.4 Table B.2-1). */
export interface StoreResult {
  readonly status: number;
  readonly comment: string | null;
}

/**
 * Sends one file's data set just as it stands in the file (C-STORE, PS3.4 Annex B), streamed.
 *
 * @throws FailureError negotiate when this SOP class was not accepted in the file's own transfer
 *   syntax, file, respond (failure statuses included), or cancelled
 */
export async function store(
  association: Association,
  file: StoreFile,
  signal?: AbortSignal,
): Promise<StoreResult> {
  const context = association.context(file.sopClassUid, file.transferSyntaxUid);
  await using handle = await openUnchanged(file);
  const message = {
    command: {
      affectedSopClassUid: file.sopClassUid,
      commandField: CommandField.CStoreRq,
      priority: Priority.Medium,
      affectedSopInstanceUid: file.sopInstanceUid,
    },
    dataset: {
      kind: 'file',
      handle,
      offset: file.datasetOffset,
      length: file.bytes - file.datasetOffset,
    },
  } as const;
  for await (const { command } of association.request(context, message, {}, signal)) {
    const status = statusOf(command);
    switch (statusCategory(status)) {
      case 'success':
      case 'warning':
        return { status, comment: commentOf(command) };
      case 'failure':
        throw statusFailure('C-STORE', command);
      case 'pending':
      case 'cancel':
        throw new FailureError({ step: 'respond', cause: 'malformed' });
    }
  }
  throw new FailureError({ step: 'respond', cause: 'closed' });
}

/** Opens the file, if it is still the size it was when its header was read. */
async function openUnchanged(file: StoreFile): Promise<FileHandle> {
  let handle: FileHandle;
  try {
    handle = await open(file.path, 'r');
  } catch (cause) {
    throw fileFailure(causeOf(cause), file, cause);
  }
  const { size } = await handle.stat();
  if (size === file.bytes) return handle;
  await handle.close();
  throw fileFailure('changed', file);
}

function causeOf(error: unknown): FileCause {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'missing';
  return code === 'EACCES' || code === 'EPERM' ? 'denied' : 'damaged';
}

function fileFailure(cause: FileCause, file: StoreFile, error?: unknown): FailureError {
  return new FailureError({ step: 'file', cause, detail: file.path }, { cause: error });
}
