import { existsSync, readFileSync } from 'node:fs';

export interface Tally {
  readonly passed: number;
  /** Each by name, with the first lines of why. */
  readonly failures: readonly string[];
  readonly skipped: number;
}

/** What a runner wrote of its tests; a report that is not there is a failure. */
export function readReport(file: string, kind: 'vitest' | 'playwright'): Tally {
  if (!existsSync(file)) return { passed: 0, failures: [`no report at ${file}`], skipped: 0 };
  const report = JSON.parse(readFileSync(file, 'utf8')) as VitestReport & PlaywrightReport;
  return kind === 'vitest' ? ofVitest(report) : ofPlaywright(report);
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages?: readonly string[];
    }[];
  }[];
}

function ofVitest(report: VitestReport): Tally {
  return {
    passed: report.numPassedTests,
    failures: report.testResults.flatMap(failuresOfFile),
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** A file can fail without any of its tests having run. */
function failuresOfFile(file: VitestReport['testResults'][number]): string[] {
  const failed = file.assertionResults.filter(({ status }) => status === 'failed');
  if (failed.length === 0) return file.status === 'failed' ? [said(file.name, file.message)] : [];
  return failed.map((test) => said(`${file.name}: ${test.fullName}`, test.failureMessages?.join('\n')));
}

interface PlaywrightReport {
  readonly stats: { readonly expected: number; readonly skipped: number };
  readonly suites: readonly PlaywrightSuite[];
  readonly errors: readonly { readonly message?: string }[];
}

interface PlaywrightSuite {
  readonly title: string;
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs: readonly {
    readonly title: string;
    readonly ok: boolean;
    readonly tests: readonly {
      readonly status: string;
      readonly results: readonly { readonly errors: readonly { readonly message?: string }[] }[];
    }[];
  }[];
}

function ofPlaywright(report: PlaywrightReport): Tally {
  return {
    passed: report.stats.expected,
    failures: [
      ...report.suites.flatMap((suite) => failuresOfSuite(suite, [])),
      ...report.errors.map(({ message }) => said('end to end', message)),
    ],
    skipped: report.stats.skipped,
  };
}

/** A test that passed only when tried again has failed too. */
function failuresOfSuite(suite: PlaywrightSuite, above: readonly string[]): string[] {
  const path = [...above, suite.title];
  return [
    ...suite.specs.flatMap(({ title, tests }) =>
      tests
        .filter(({ status }) => status === 'unexpected' || status === 'flaky')
        .map(({ results }) =>
          said(
            [...path, title].join(' › '),
            results.flatMap(({ errors }) => errors.map(({ message }) => message ?? '')).join('\n'),
          ),
        ),
    ),
    ...(suite.suites ?? []).flatMap((inner) => failuresOfSuite(inner, path)),
  ];
}

function said(name: string, why: string | undefined): string {
  const lines = (why ?? '').split('\n').filter((line) => line.trim() !== '');
  return [name, ...lines.slice(0, 12).map((line) => `    ${line}`)].join('\n');
}
