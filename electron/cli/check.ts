import { existsSync } from 'node:fs';
import { loadAdminIni } from '../servers/index.ts';
import { UsageError, type Arguments } from './arguments.ts';
import { say, tell } from './output.ts';

/** Reads an administrator's file as the app would: `file:line: key: reason` per fault, a line per usable server. */
export function check(args: Arguments, _signal: AbortSignal): Promise<number> {
  const [file, ...more] = args.paths;
  if (file === undefined || more.length > 0) throw new UsageError('check needs one FILE.ini.');
  if (!existsSync(file)) {
    say(`${file}: there is no such file.`);
    return Promise.resolve(1);
  }
  const { servers, problems } = loadAdminIni(file, process.env);
  for (const { draft, line } of servers) tell({ line, ...draft });
  for (const problem of problems) {
    const kind = problem.severity === 'warning' ? 'warning: ' : '';
    say(`${problem.file}:${problem.line}: ${problem.key}: ${kind}${problem.reason}`);
  }
  return Promise.resolve(problems.some(({ severity }) => severity === 'error') ? 1 : 0);
}
