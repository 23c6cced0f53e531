import { performance } from 'node:perf_hooks';
import { SendItemId } from '../contract/send.ts';
import type { InstanceReport } from '../contract/transfer.ts';
import { Ledger, Outbox, send as sendFiles } from '../transfers/index.ts';
import { UsageError, type Arguments } from './arguments.ts';
import { say, sayFailure, tell } from './output.ts';
import { targetOf } from './values.ts';
import { working } from './working.ts';

/** C-STORE of files and of everything in folders: a line per file with its outcome, then the sums. */
export function send(args: Arguments, signal: AbortSignal): Promise<number> {
  const target = targetOf(args);
  if (args.paths.length === 0) throw new UsageError('send needs at least one PATH.');
  const who = { server: target.server.aeTitle, ourAeTitle: target.callingAeTitle };
  return working(target, async () => {
    const files = await filesBelow(args.paths, signal);
    const ledger = new Ledger({
      now: () => performance.now(),
      onChange: () => {},
      onReport: (report) => tellFile(report, who),
    });
    try {
      await sendFiles({ ...target, files }, { ledger, phase: () => {} }, signal);
    } finally {
      tell(sums(ledger));
    }
    const { done } = ledger.progress;
    return done === files.length && done > 0 ? 0 : 1;
  });
}

async function filesBelow(paths: readonly string[], signal: AbortSignal) {
  let last = 0;
  const outbox = new Outbox(() => SendItemId.parse(String(++last)));
  const ids: SendItemId[] = [];
  for await (const items of outbox.inspect(paths, signal)) ids.push(...items.map(({ id }) => id));
  return outbox.take(ids);
}

function tellFile(
  report: InstanceReport,
  who: { readonly server: string; readonly ourAeTitle: string },
): void {
  const { file, sopInstanceUid, outcome, status, failure } = report;
  tell({ file, sopInstanceUid, outcome, status, ...(failure === null ? {} : { failure }) });
  if (failure === null) return;
  say(`${file}:`);
  sayFailure(failure, who);
}

function sums({ progress, reports }: Ledger): object {
  const count = (outcome: InstanceReport['outcome']): number =>
    reports.filter((report) => report.outcome === outcome).length;
  return {
    files: progress.expected ?? 0,
    stored: count('stored'),
    warning: count('warning'),
    refused: count('refused'),
    failed: count('failed'),
  };
}
