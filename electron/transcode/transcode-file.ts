import { closeSync, openSync } from 'node:fs';
import {
  encodeFileHeader,
  type Encoding,
  encodingOf,
  type FileHeader,
  readFileHeader,
} from '../dataset/index.ts';
import {
  derivedAttributes,
  newUid,
  pixelAttributes,
  ratioOf,
  ratioOffset,
  ratioText,
} from './changed-attributes.ts';
import type { Codecs } from './codecs-module.ts';
import { convertDataset, type Replacement } from './convert-dataset.ts';
import { deflateFile } from './deflate-file.ts';
import { type ImageFacts, readImageFacts, Tag } from './image-facts.ts';
import { PartFile } from './part-file.ts';
import { planRecoding, type RecodePlan } from './recode-plan.ts';
import { writePixels } from './recode-pixels.ts';
import { fileBytes, inflatedBytes, readExactly, type SourceBytes } from './source-bytes.ts';
import { canTranscode, type Syntax, syntaxOf } from './syntaxes.ts';
import { notTranscodable } from './transcode-failure.ts';
import type { TranscodeJob, Transcoded } from './transcode-messages.ts';

export interface TranscodeTools {
  /** Opened by the first job that needs them. */
  readonly codecs: () => Promise<Codecs>;
  readonly memoryLimitBytes: number;
  /** A frame is done. */
  readonly onFrame: () => void;
}

/** What every part of a job needs. */
interface Job {
  readonly job: TranscodeJob;
  readonly tools: TranscodeTools;
  readonly header: FileHeader;
  readonly from: Syntax & Encoding;
  readonly to: Syntax & Encoding;
}

/**
 * Writes the copy to `job.part`, synced. Its data set is read and written piece by piece, its pixels
 * frame by frame; only a deflated source is held in memory.
 *
 * @throws FailureError, DatasetError, or what the file system throws
 */
export async function transcodeFile(
  job: TranscodeJob,
  tools: TranscodeTools,
): Promise<Omit<Transcoded, 'path'>> {
  const header = await readFileHeader(job.source);
  const { from, to } = syntaxesOf(header.transferSyntaxUid, job);
  const descriptor = openSync(job.source, 'r');
  try {
    const stored = fileBytes(descriptor, header.datasetOffset);
    const work: Job = { job, tools, header, from, to };
    if (header.transferSyntaxUid === job.transferSyntaxUid) return copy(work, stored);
    const source = from.deflated
      ? inflatedBytes(readExactly(stored, 0, stored.size), tools.memoryLimitBytes)
      : stored;
    const written = await convert(work, source);
    if (!to.deflated) return written;
    return { ...written, bytes: await deflateFile(job.part, written.datasetOffset) };
  } finally {
    closeSync(descriptor);
  }
}

function syntaxesOf(
  fromUid: string,
  { transferSyntaxUid: toUid, lossy }: TranscodeJob,
): Pick<Job, 'from' | 'to'> {
  const step = canTranscode(fromUid, toUid);
  const from = syntaxOf(fromUid);
  const to = syntaxOf(toUid);
  if (step === null || from === null || to === null) throw notTranscodable(`from ${fromUid} to ${toUid}`);
  if (step === 'lossy' && lossy === null) throw notTranscodable(`${toUid} is lossy, which was not asked for`);
  return { from: { ...from, ...encodingOf(fromUid) }, to: { ...to, ...encodingOf(toUid) } };
}

type Written = Omit<Transcoded, 'path'>;

/** Nothing to convert: the data set's bytes are the source's. */
function copy({ job, header }: Job, source: SourceBytes): Written {
  using file = new PartFile(job.part);
  file.write(fileHeader(header, header.transferSyntaxUid, header.sopInstanceUid));
  const datasetOffset = file.position;
  const step = 1024 * 1024;
  for (let at = 0; at < source.size; at += step) {
    file.write(readExactly(source, at, Math.min(step, source.size - at)));
  }
  file.sync();
  return describe(
    header,
    { datasetOffset, bytes: file.position, lossy: false, sopInstanceUid: header.sopInstanceUid },
    header.transferSyntaxUid,
  );
}

async function convert({ job, tools, header, from, to }: Job, source: SourceBytes): Promise<Written> {
  const facts = readImageFacts(source, from);
  const { memoryLimitBytes } = tools;
  const quality = job.lossy?.quality ?? null;
  const plan = planRecoding({ source, facts, from, to, quality, memoryLimitBytes });
  const lossy = isLossy(plan);
  const sopInstanceUid = lossy ? newUid() : header.sopInstanceUid;
  const replacements = replacementsOf({ plan, facts, from, to }, header, sopInstanceUid);
  const codecs = plan === null ? null : await tools.codecs();

  using file = new PartFile(job.part);
  file.write(fileHeader(header, job.transferSyntaxUid, sopInstanceUid));
  const datasetOffset = file.position;
  let compressedBytes = 0;
  const recode = (): void => {
    if (plan === null || codecs === null) return;
    const { verify } = job;
    compressedBytes = writePixels({ plan, codecs, verify, onFrame: tools.onFrame }, file, to);
  };
  const placed = convertDataset(
    {
      source,
      from,
      to,
      shape: facts.shape,
      replacements,
      writePixels: plan === null ? null : recode,
      memoryLimitBytes,
    },
    file,
  );
  const ratioAt = placed.get(Tag.lossyRatio);
  if (plan !== null && ratioAt !== undefined) {
    const ratio = ratioOf(plan.decoded, plan.frames.count, compressedBytes);
    file.writeAt(ratioAt + ratioOffset(facts), Buffer.from(ratioText(ratio), 'latin1'));
  }
  file.sync();
  return describe(
    header,
    { datasetOffset, bytes: file.position, lossy, sopInstanceUid },
    job.transferSyntaxUid,
  );
}

function isLossy(plan: RecodePlan | null): boolean {
  return plan !== null && plan.encode !== null && plan.encode.quality !== null;
}

function replacementsOf(
  {
    plan,
    facts,
    from,
    to,
  }: { plan: RecodePlan | null; facts: ImageFacts; from: Syntax; to: Syntax & Encoding },
  header: FileHeader,
  sopInstanceUid: string,
): ReadonlyMap<number, Replacement> {
  if (plan === null) return new Map();
  const pixels = pixelAttributes(plan, from, facts, to);
  if (!isLossy(plan)) return pixels;
  const { sopClassUid, sopInstanceUid: sourceSopInstanceUid } = header;
  return new Map([
    ...pixels,
    ...derivedAttributes(facts, { sopClassUid, sourceSopInstanceUid, sopInstanceUid, syntax: to }),
  ]);
}

function describe(
  { transferSyntaxUid: fromTransferSyntaxUid, sopClassUid }: FileHeader,
  file: Pick<Written, 'datasetOffset' | 'bytes' | 'lossy' | 'sopInstanceUid'>,
  transferSyntaxUid: string,
): Written {
  return { ...file, fromTransferSyntaxUid, transferSyntaxUid, sopClassUid };
}

/** Group 0002 is ours, as of everything that is written here (PS3.10 §7.1). */
function fileHeader({ sopClassUid }: FileHeader, transferSyntaxUid: string, sopInstanceUid: string): Buffer {
  return encodeFileHeader({
    sopClassUid,
    sopInstanceUid,
    transferSyntaxUid,
    callingAeTitle: '',
    calledAeTitle: '',
    remoteAddress: '',
    moveOriginatorAeTitle: null,
    moveOriginatorMessageId: null,
  });
}
