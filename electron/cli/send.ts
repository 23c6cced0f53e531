import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { InstanceReport } from '../contract/transfer.ts';
import { openTranscoder } from '../transcode/index.ts';
import { Ledger, send as sendFiles, type Copies } from '../transfers/index.ts';
import { optional, UsageError, type Arguments } from './arguments.ts';
import { filesBelow } from './files-below.ts';
import { say, sayFailure, tell } from './output.ts';
import { transcodeOptionsOf, type TranscodeOptions } from './transfer-syntaxes.ts';
import { targetOf } from './values.ts';
import { working } from './working.ts';

/** C-STORE of files and of everything in folders: a line per file with its outcome, then the sums. */
export function send(args: Arguments, signal: AbortSignal): Promise<number> {
  const target = targetOf(args);
  if (args.paths.length === 0) throw new UsageError('send needs at least one PATH.');
  const associations = associationsOf(args);
  const transcoding = transcodeOptionsOf(args);
  const who = { server: target.server.aeTitle, ourAeTitle: target.callingAeTitle };
  return working(target, async () => {
    const files = await filesBelow(args.paths, signal);
    const ledger = new Ledger({
      now: () => performance.now(),
      onChange: () => {},
      onReport: (report) => tellFile(report, who),
    });
    const request = { ...target, ...associations, files };
    const work = { ledger, phase: () => {} };
    try {
      if (transcoding === null) await sendFiles(request, work, signal);
      else {
        await withCopies(transcoding, (copies) => sendFiles({ ...request, copies }, work, signal));
      }
    } finally {
      tell(sums(ledger));
    }
    const { done } = ledger.progress;
    return done === files.length && done > 0 ? 0 : 1;
  });
}

function associationsOf(args: Arguments): { readonly associations?: number } {
  const text = optional(args, 'associations');
  if (text === null) return {};
  const associations = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  if (associations >= 1 && associations <= 32) return { associations };
  throw new UsageError('--associations: It is a whole number from 1 to 32.');
}

/** In a folder for the time being, with a transcoder for as long. */
async function withCopies(options: TranscodeOptions, work: (copies: Copies) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'gantry-copies-'));
  try {
    await using transcoder = openTranscoder();
    await work({ ...options, folder, transcoder });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function tellFile(
  report: InstanceReport,
  who: { readonly server: string; readonly ourAeTitle: string },
): void {
  const { failure, ...rest } = report;
  tell({ ...rest, ...(failure === null ? {} : { failure }) });
  if (failure === null) return;
  say(`${report.file}:`);
  sayFailure(failure, who);
}

function sums({ progress, reports }: Ledger): object {
  const count = (outcome: InstanceReport['outcome']): number =>
    reports.filter((report) => report.outcome === outcome).length;
  const transcoded = reports.filter((report) => report.transcoded !== undefined).length;
  return {
    files: progress.expected ?? 0,
    stored: count('stored'),
    warning: count('warning'),
    refused: count('refused'),
    failed: count('failed'),
    ...(transcoded > 0 ? { transcoded } : {}),
  };
}
