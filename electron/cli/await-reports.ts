import { setTimeout as sleep } from 'node:timers/promises';
import { FailureError } from '../contract/failure.ts';
import {
  commitmentReports,
  listen,
  verificationScp,
  type Association,
  type CommitmentReport,
  type Responder,
} from '../dimse/index.ts';
import { calledUs, type CommitmentBook } from '../transfers/index.ts';
import { optional, UsageError, type Arguments } from './arguments.ts';
import { say } from './output.ts';
import { hostOf, listenPortOf } from './values.ts';

/** Waits for reports on storage commitment, on a listener of ours and wherever its service serves. */
export interface Awaiting extends AsyncDisposable {
  /** Takes reports on an association that we requested. */
  readonly service: Responder;
  /** What has come of these when all have, or when the time is over. @throws FailureError cancelled */
  reported(transactionUids: readonly string[], signal: AbortSignal): Promise<readonly CommitmentReport[]>;
  /** The same, while it may still come on that association. */
  reportedOn(association: Association, transactionUid: string, signal: AbortSignal): Promise<void>;
}

/** How long the association of the request is kept: a server that reports on it does so soon. */
const holdMs = 10_000;

const usualWaitSeconds = 60;

/** @throws FailureError listen; UsageError */
export async function awaitReports(
  args: Arguments,
  { book, callingAeTitle }: { readonly book: CommitmentBook; readonly callingAeTitle: string },
): Promise<Awaiting> {
  const waitMs = waitSecondsOf(args) * 1000;
  const host = hostOf(optional(args, 'listen-host') ?? '127.0.0.1', 'listen-host');
  const port = listenPortOf(optional(args, 'listen') ?? '11112', 'listen');
  const reports = new Map<string, CommitmentReport>();
  const waiting = new Set<() => void>();
  const service = commitmentReports({
    store: book,
    onReport: (report) => {
      reports.set(report.transactionUid, report);
      for (const look of waiting) look();
    },
    onStoreFailed: (error) =>
      say(`A report could not be kept: ${error instanceof Error ? error.message : ''}`),
  });
  const services = [verificationScp(), service];
  const listener = await listen({ host, port, services, accept: calledUs(() => [callingAeTitle]) });
  say(`listening on ${listener.address}:${listener.port} as ${callingAeTitle}`);

  async function until(isDone: () => boolean, ms: number, signal: AbortSignal): Promise<void> {
    const over = new AbortController();
    const look = (): void => {
      if (isDone()) over.abort();
    };
    waiting.add(look);
    look();
    // The sleep ends early in either way; why doesn't matter here.
    await sleep(ms, null, { signal: AbortSignal.any([signal, over.signal]) }).catch(() => {});
    waiting.delete(look);
    if (signal.aborted) throw new FailureError({ step: 'cancelled' });
  }

  return {
    service,
    reported: async (uids, signal) => {
      await until(() => uids.every((uid) => reports.has(uid)), waitMs, signal);
      return uids.flatMap((uid) => reports.get(uid) ?? []);
    },
    reportedOn: async (association, uid, signal) => {
      let isOver = false;
      void association.closed.then(() => {
        isOver = true;
        for (const look of waiting) look();
      });
      await until(() => isOver || reports.has(uid), Math.min(holdMs, waitMs), signal);
    },
    [Symbol.asyncDispose]: () => listener.close(),
  };
}

function waitSecondsOf(args: Arguments): number {
  const text = optional(args, 'wait');
  if (text === null) return usualWaitSeconds;
  const seconds = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (seconds >= 1 && seconds <= 86_400) return seconds;
  throw new UsageError('--wait: It is a whole number of seconds from 1 to 86,400.');
}
