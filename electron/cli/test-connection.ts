import { outcomeOf } from '../contract/connection-test-outcome.ts';
import {
  connectionReport,
  connectionReportCsv,
  type TestReport,
} from '../contract/connection-test-report.ts';
import type { TestStep } from '../contract/connection-test.ts';
import { testStepTitles } from '../contract/describe-test-step.ts';
import type { QueryTarget } from '../query/index.ts';
import { openOurSide, testConnection } from '../servers/index.ts';
import { isSet, optional, UsageError, type Arguments } from './arguments.ts';
import { say, tell } from './output.ts';
import { hostOf, listenPortOf, targetOf } from './values.ts';
import { working } from './working.ts';

/**
 * The connection test both ways. A report on stdout; with `--json` each step as it happens, with
 * `--report csv` one row under its headings.
 */
export function test(args: Arguments, signal: AbortSignal): Promise<number> {
  const target = targetOf(withPlace(args));
  const form = formOf(args);
  const host = hostOf(optional(args, 'listen-host') ?? '127.0.0.1', 'listen-host');
  const port = listenPortOf(optional(args, 'listen') ?? '11112', 'listen');
  return working(target, async () => {
    await using ours = await openOurSide({ host, port, aeTitle: target.callingAeTitle, now });
    const options = {
      callingAeTitle: target.callingAeTitle,
      ours,
      listenPort: null,
      lastLocalAddress: null,
      declaredRole: null,
      sendOneImage: isSet(args, 'send-one-image'),
    };
    const steps: TestStep[] = [];
    for await (const step of testConnection(target.server, options, signal)) {
      steps.push(step);
      if (form === 'json') tell(step);
      else if (step.kind === 'running') say(`${testStepTitles[step.step]} …`);
    }
    const report = { parties: partiesOf(target), steps, at: now().toISOString() };
    if (form !== 'json') process.stdout.write(written(form, report));
    return isGood(report) ? 0 : 1;
  });
}

type Form = 'text' | 'json' | 'csv';

function formOf(args: Arguments): Form {
  const report = optional(args, 'report');
  if (report !== null && report !== 'csv') throw new UsageError('--report: csv is the only form there is.');
  if (isSet(args, 'json')) return 'json';
  return report ?? 'text';
}

function written(form: Exclude<Form, 'json'>, report: TestReport): string {
  if (form === 'csv') return connectionReportCsv([{ ...report, name: report.parties.server }]);
  return `${connectionReport(report)}\n`;
}

/** `test HOST PORT AE` says the same as the three options. */
function withPlace(args: Arguments): Arguments {
  const [host, port, called, ...more] = args.paths;
  if (more.length > 0) throw new UsageError('test needs HOST PORT AE, or --host, --port and --called.');
  const place = Object.entries({ host, port, called }).filter(([, value]) => value !== undefined);
  return { ...args, values: { ...Object.fromEntries(place), ...args.values } };
}

/** It can be queried, and nothing that was tested failed. */
function isGood({ steps, at }: TestReport): boolean {
  return outcomeOf(steps, at).queryable.kind === 'proven' && steps.every(({ kind }) => kind !== 'failed');
}

function partiesOf({ server, callingAeTitle }: QueryTarget): TestReport['parties'] {
  const { aeTitle, host, port, tls } = server;
  return {
    server: aeTitle,
    ourAeTitle: callingAeTitle,
    serverAeTitle: aeTitle,
    host,
    port,
    tls,
    ourAddress: null,
    listenPorts: [],
  };
}

function now(): Date {
  return new Date();
}
