import { type FileHandle, open } from 'node:fs/promises';
import { type FileCause, FailureError } from '../contract/failure.ts';
import { type HeaderFacts, readHeaderFacts } from './header-facts.ts';
import { textOf } from './text.ts';

/** What must be known of a file before it can be sent or stored (PS3.10 §7.1). */
export interface FileHeader {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly transferSyntaxUid: string;
  /** Where the data set begins. */
  readonly datasetOffset: number;
  /** Of the whole file. */
  readonly bytes: number;
}

/** A file's header with what a person knows it by; text is decoded, absent is ''. */
export interface FileSummary {
  readonly header: FileHeader;
  readonly patientName: string;
  readonly patientId: string;
  readonly studyInstanceUid: string;
  readonly studyDescription: string;
  readonly seriesInstanceUid: string;
  readonly modality: string;
}

/** Enough for group 0002 and what a sender's first groups hold; grows where private data is in the way. */
const firstReadBytes = 16 * 1024;
const furthestReadBytes = 16 * 1024 * 1024;

/**
 * Reads a file's header, and takes the UIDs from the data set itself where the two differ, as a
 * storage SCP will. A file without preamble or group 0002 is read by what its first element looks like.
 *
 * @throws FailureError at `file`; a DICOMDIR has the cause `dicomdir`
 */
export async function readFileHeader(path: string, signal?: AbortSignal): Promise<FileHeader> {
  return (await readFileSummary(path, signal)).header;
}

/** As `readFileHeader`, with patient, study and series as far as the first part of the file has them. */
export async function readFileSummary(path: string, signal?: AbortSignal): Promise<FileSummary> {
  signal?.throwIfAborted();
  try {
    await using file = await open(path, 'r');
    const status = await file.stat();
    if (!status.isFile()) throw failure('not-dicom', 'not a file');
    if (status.size === 0) throw failure('empty', '');
    const facts = await readGrowing(file, status.size, signal);
    return summaryOf(facts, status.size);
  } catch (thrown) {
    throw thrown instanceof FailureError ? thrown : (fileFailure(thrown) ?? thrown);
  }
}

async function readGrowing(file: FileHandle, size: number, signal?: AbortSignal): Promise<HeaderFacts> {
  let wanted = Math.min(size, firstReadBytes);
  for (;;) {
    signal?.throwIfAborted();
    const buffer = Buffer.allocUnsafe(wanted);
    const { bytesRead } = await file.read(buffer, 0, wanted, 0);
    const facts = readHeaderFacts(buffer.subarray(0, bytesRead));
    if (!facts.cutShort || wanted >= size || wanted >= furthestReadBytes) return facts;
    wanted = Math.min(size, wanted * 8);
  }
}

function summaryOf(facts: HeaderFacts, bytes: number): FileSummary {
  const { kind, sopClassUid, sopInstanceUid, transferSyntaxUid, datasetOffset, attributes } = facts;
  switch (kind) {
    case 'not-dicom':
      throw failure('not-dicom', '');
    case 'dicomdir':
      throw failure('dicomdir', '');
    case 'instance':
      if (sopClassUid === '' || sopInstanceUid === '') {
        throw failure('damaged', 'no SOP Class UID or no SOP Instance UID');
      }
      return {
        header: { sopClassUid, sopInstanceUid, transferSyntaxUid, datasetOffset, bytes },
        patientName: textOf(attributes, '00100010'),
        patientId: textOf(attributes, '00100020'),
        studyInstanceUid: textOf(attributes, '0020000D'),
        studyDescription: textOf(attributes, '00081030'),
        seriesInstanceUid: textOf(attributes, '0020000E'),
        modality: textOf(attributes, '00080060'),
      };
  }
}

function fileFailure(thrown: unknown): FailureError | null {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return failure('missing', code, thrown);
    case 'EACCES':
    case 'EPERM':
      return failure('denied', code, thrown);
    case 'EISDIR':
      return failure('not-dicom', 'not a file', thrown);
    case 'EIO':
      return failure('damaged', code, thrown);
    default:
      return null;
  }
}

function failure(cause: FileCause, detail: string, thrown?: unknown): FailureError {
  return new FailureError({ step: 'file', cause, detail }, { cause: thrown });
}
