import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeCommitmentReason } from '../contract/describe-commitment.ts';
import {
  requestAssociation,
  requestCommitment,
  SopClass,
  TransferSyntax,
  type CommitmentReport,
  type CommitmentRequest,
} from '../dimse/index.ts';
import { planAssociation } from '../servers/index.ts';
import type { QueryTarget } from '../query/index.ts';
import { openCommitmentBook, type CommitmentBook, type FileToSend } from '../transfers/index.ts';
import { isSet, UsageError, type Arguments } from './arguments.ts';
import { awaitReports, type Awaiting } from './await-reports.ts';
import { filesBelow } from './files-below.ts';
import { say, sayFailure, tell } from './output.ts';
import { homeOf, ourAeTitle, targetOf } from './values.ts';
import { working } from './working.ts';

/**
 * Storage commitment: asks a server to answer for the instances of these files, waits for its report, and
 * tells a line per file. With `--pending` it waits for the reports on earlier requests instead.
 */
export function commit(args: Arguments, signal: AbortSignal): Promise<number> {
  if (isSet(args, 'pending')) return commitPending(args, signal);
  const target = targetOf(args);
  if (args.paths.length === 0) throw new UsageError('commit needs at least one PATH, or --pending.');
  return working(target, async () => {
    const files = await filesBelow(args.paths, signal);
    const request = requestFor(files);
    await using opened = await openBook(args);
    const { book } = opened;
    await using awaiting = await awaitReports(args, { book, callingAeTitle: target.callingAeTitle });
    const report =
      request.instances.length === 0 ? null : await ask(target, { request, book, awaiting }, signal);
    for (const file of files) tellFile(file, report, target);
    return summarise(request, report, opened);
  });
}

async function commitPending(args: Arguments, signal: AbortSignal): Promise<number> {
  if (homeOf(args) === null) throw new UsageError('commit --pending needs --home.');
  if (args.paths.length > 0)
    throw new UsageError('commit --pending takes no PATH: it is about earlier requests.');
  const callingAeTitle = ourAeTitle(args);
  const nobody = { host: '', port: 0, aeTitle: callingAeTitle, tls: false, verifyCertificate: false };
  return working({ server: nobody, callingAeTitle }, async () => {
    await using opened = await openBook(args);
    const open = (await opened.book.records()).filter(({ report }) => report === null);
    await using awaiting = await awaitReports(args, { book: opened.book, callingAeTitle });
    const uids = open.map(({ request }) => request.transactionUid);
    const reports = await awaiting.reported(uids, signal);
    for (const report of reports) for (const instance of report.instances) tell(lineOf(instance));
    const codes = open.map(({ request }) =>
      summarise(
        request,
        reports.find(({ transactionUid }) => transactionUid === request.transactionUid) ?? null,
        opened,
      ),
    );
    return codes.every((code) => code === 0) ? 0 : 1;
  });
}

/** One instance, once, however many files hold it. */
function requestFor(files: readonly FileToSend[]): CommitmentRequest {
  const instances = new Map(
    files.flatMap(({ header }) =>
      header === null
        ? []
        : [
            [
              header.sopInstanceUid,
              { sopClassUid: header.sopClassUid, sopInstanceUid: header.sopInstanceUid },
            ],
          ],
    ),
  );
  // PS3.5 §B.2.
  const transactionUid = `2.25.${BigInt(`0x${randomUUID().replaceAll('-', '')}`)}`;
  return { transactionUid, instances: [...instances.values()] };
}

interface OpenedBook extends AsyncDisposable {
  readonly book: CommitmentBook;
  /** It outlives this command. */
  readonly isKept: boolean;
}

async function openBook(args: Arguments): Promise<OpenedBook> {
  const home = homeOf(args);
  const folder = home === null ? await mkdtemp(join(tmpdir(), 'gantry-commit-')) : join(home, 'commitments');
  const book = await openCommitmentBook({ folder, now: () => new Date() });
  const forget = home === null ? () => rm(folder, { recursive: true, force: true }) : () => Promise.resolve();
  return { book, isKept: home !== null, [Symbol.asyncDispose]: forget };
}

interface Asking {
  readonly request: CommitmentRequest;
  readonly book: CommitmentBook;
  readonly awaiting: Awaiting;
}

/** `null`: no report has come in time. */
async function ask(
  target: QueryTarget,
  asking: Asking,
  signal: AbortSignal,
): Promise<CommitmentReport | null> {
  await askOn(target, asking, signal);
  const [report] = await asking.awaiting.reported([asking.request.transactionUid], signal);
  return report ?? null;
}

/** The association stays until the report has come on it, or until it is clear that it comes on another. */
async function askOn(
  { server, callingAeTitle }: QueryTarget,
  { request, book, awaiting }: Asking,
  signal: AbortSignal,
): Promise<void> {
  const plan = planAssociation(server, callingAeTitle, [
    {
      abstractSyntaxUid: SopClass.StorageCommitmentPushModel,
      transferSyntaxUids: [TransferSyntax.ExplicitVrLittleEndian, TransferSyntax.ImplicitVrLittleEndian],
    },
  ]);
  await using association = await requestAssociation(plan, {}, signal);
  using _serving = association.serve(awaiting.service);
  await requestCommitment(association, request, book, signal);
  await awaiting.reportedOn(association, request.transactionUid, signal);
}

type Committed = CommitmentReport['instances'][number];

function lineOf({ sopInstanceUid, outcome }: Committed): object {
  const reason = outcome.kind === 'failed' ? { reason: outcome.reason } : {};
  return { sopInstanceUid, outcome: outcome.kind, ...reason };
}

function tellFile(
  { file, header, failure }: FileToSend,
  report: CommitmentReport | null,
  target: QueryTarget,
): void {
  if (header === null) {
    tell({ file, sopInstanceUid: null, outcome: 'failed', failure });
    say(`${file}:`);
    if (failure !== null)
      sayFailure(failure, { server: target.server.aeTitle, ourAeTitle: target.callingAeTitle });
    return;
  }
  const { sopInstanceUid } = header;
  const instance = report?.instances.find((each) => each.sopInstanceUid === sopInstanceUid);
  if (instance === undefined) {
    tell({ file, sopInstanceUid, outcome: 'unreported' });
    return;
  }
  tell({ file, ...lineOf(instance) });
  const { outcome } = instance;
  if (outcome.kind === 'failed') {
    say(
      `${file}: ${report?.reportedBy} does not answer for it: ${describeCommitmentReason(outcome.reason)}.`,
    );
  }
  if (outcome.kind === 'unmentioned') say(`${file}: ${report?.reportedBy} did not mention it in its report.`);
}

/** @returns the exit code */
function summarise(
  request: CommitmentRequest,
  report: CommitmentReport | null,
  { isKept }: OpenedBook,
): number {
  const { transactionUid, instances } = request;
  const count = (kind: Committed['outcome']['kind']): number =>
    report?.instances.filter(({ outcome }) => outcome.kind === kind).length ?? 0;
  const committed = count('committed');
  tell({
    transactionUid,
    reportedBy: report?.reportedBy ?? null,
    committed,
    failed: count('failed'),
    unmentioned: count('unmentioned'),
    unreported: report === null ? instances.length : 0,
  });
  if (report === null && instances.length > 0) {
    say(`No report came on transaction ${transactionUid}.`);
    say(
      isKept ? 'It stays open: commit --pending waits for it again.' : 'Without --home it is forgotten now.',
    );
  }
  return report !== null && committed === instances.length ? 0 : 1;
}
