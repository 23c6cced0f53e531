import { FailureError } from '../contract/failure.ts';
import { loadAdminIni, mergeAdminFiles, type AdminRecord } from '../servers/index.ts';
import type { IniProblem } from '../contract/server.ts';
import { isSet, UsageError, type Arguments } from './arguments.ts';
import { tryServers } from './check-echo.ts';
import { say, tell } from './output.ts';

/**
 * Reads administrator's files as the app would: `file:line:column: severity: text` for each fault, a line
 * of data for each server that can be used; with `--json` all of it as data.
 */
export async function check(args: Arguments, signal: AbortSignal): Promise<number> {
  if (args.paths.length === 0) throw new UsageError('check needs a FILE.ini.');
  const profile = isSet(args, 'strict') ? 'strict' : null;
  const record = mergeAdminFiles(args.paths.map((file) => loadAdminIni(file, process.env, { profile })));
  const report = isSet(args, 'json') ? tellProblem : sayProblem;

  tellServers(record);
  for (const problem of record.problems) report(problem);
  const isSound = record.problems.every(({ severity }) => severity !== 'error');
  const answered = isSet(args, 'echo') ? await echoed(args, record, report, signal) : 0;
  return isSound ? answered : Math.max(answered, 1);
}

/** @returns the exit code */
async function echoed(
  args: Arguments,
  record: AdminRecord,
  report: Report,
  signal: AbortSignal,
): Promise<number> {
  try {
    return (await tryServers(args, record, report, signal)) ? 0 : 1;
  } catch (thrown) {
    if (thrown instanceof FailureError && thrown.failure.step === 'cancelled') return 130;
    throw thrown;
  }
}

function tellServers({ servers }: AdminRecord): void {
  for (const { draft, file, line } of servers) tell({ file, line, ...draft });
}

/** What is said of a place in a file. */
export type Report = (problem: Omit<IniProblem, 'severity'> & { readonly severity: string }) => void;

const sayProblem: Report = ({ file, line, column, severity, key, reason }) => {
  say(`${file}:${line}:${column}: ${severity}: ${key === '' ? '' : `${key}: `}${reason}`);
};

const tellProblem: Report = (problem) => tell(problem);
