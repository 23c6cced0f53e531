import { FailureError } from '../../contract/failure.ts';
import type { AcceptedContext, Association } from '../association/association.ts';
import { CommandField, Priority } from '../commands/command.ts';
import { statusCategory } from '../commands/status.ts';
import { openStoreFile, type OpenedFile } from './open-store-file.ts';
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
  /** Given where it is open already; it stays open then. */
  readonly opened?: OpenedFile;
}

interface Sending {
  readonly context: AcceptedContext;
  readonly file: StoreFile;
  readonly opened: OpenedFile;
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
  const opened = file.opened ?? (await openStoreFile(file, Buffer.alloc(0)));
  try {
    return await sendFile(association, { context, file, opened }, signal);
  } finally {
    if (file.opened === undefined) await opened.handle.close();
  }
}

async function sendFile(
  association: Association,
  { context, file, opened }: Sending,
  signal: AbortSignal | undefined,
): Promise<StoreResult> {
  const message = {
    command: {
      affectedSopClassUid: file.sopClassUid,
      commandField: CommandField.CStoreRq,
      priority: Priority.Medium,
      affectedSopInstanceUid: file.sopInstanceUid,
    },
    dataset: {
      kind: 'file',
      handle: opened.handle,
      offset: file.datasetOffset,
      length: file.bytes - file.datasetOffset,
      beginning: opened.beginning.subarray(file.datasetOffset),
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
