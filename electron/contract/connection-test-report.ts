import type { ConnectionStates, Proof, TestStep } from './connection-test.ts';
import { endedSteps, headlineOf, outcomeOf } from './connection-test-outcome.ts';
import { csvRow } from './csv-cells.ts';
import { describeFinding } from './describe-finding.ts';
import { adviseOn } from './describe-test-fault.ts';
import { describeFacts, describeSkip, testStepTitles } from './describe-test-step.ts';
import { ownerName, type Advice, type TestParties } from './test-parties.ts';

type Ended = ReturnType<typeof endedSteps>[number];

export interface TestReport {
  readonly parties: TestParties;
  readonly steps: readonly TestStep[];
  /** ISO 8601. */
  readonly at: string;
}

/** The parties with what the test itself has found out of us. */
export function withOurSide(parties: TestParties, steps: readonly TestStep[]): TestParties {
  let { ourAddress, listenPorts } = parties;
  for (const step of endedSteps(steps)) {
    if (!('facts' in step) || step.facts === null) continue;
    if (step.facts.step === 'tcp') ourAddress = step.facts.localAddress || ourAddress;
    if (step.facts.step !== 'our-side') continue;
    ourAddress ??= step.facts.localAddress;
    const ports = [step.facts.listenPort, step.facts.listener?.port].filter(
      (port) => typeof port === 'number',
    );
    if (ports.length > 0) listenPorts = [...new Set(ports)];
  }
  return { ...parties, ourAddress, listenPorts };
}

/** The whole test as plain text, to be copied into a mail. */
export function connectionReport({ parties: given, steps, at }: TestReport): string {
  const parties = withOurSide(given, steps);
  const { server, serverAeTitle, host, port, tls, ourAeTitle, ourAddress } = parties;
  const from = ourAddress === null ? '' : ` from ${ourAddress}`;
  const headline = headlineOf(outcomeOf(steps, at));
  const secured = tls ? ' (TLS)' : '';
  const lines = endedSteps(steps).flatMap((step, index) => linesOf(step, index, parties));
  return [
    `${server}  ${serverAeTitle}@${host}:${port}${secured}  as ${ourAeTitle}${from}  ${headline}`,
    ...lines,
    `Tested ${at}`,
  ].join('\n');
}

function linesOf(step: Ended, index: number, parties: TestParties): readonly string[] {
  const number = String(index + 1).padStart(2);
  const title = testStepTitles[step.step].padEnd(12);
  const ms = 'ms' in step ? `  ${step.ms} ms` : '';
  const first = `${number} ${title} ${wordsOf(step)}${ms}`;
  return [first, ...adviceOn(step, parties).flatMap((advice) => adviceLines(advice, parties))];
}

function wordsOf(step: Ended): string {
  switch (step.kind) {
    case 'passed':
    case 'warned':
      return describeFacts(step.facts);
    case 'skipped':
      return describeSkip(step.reason);
    case 'failed':
      return step.facts === null ? 'FAILED' : `FAILED; ${describeFacts(step.facts)}`;
  }
}

/** What somebody should do about a step; of one that is in order, nothing. */
export function adviceOn(step: Ended, parties: TestParties): readonly Advice[] {
  switch (step.kind) {
    case 'passed':
    case 'skipped':
      return [];
    case 'warned':
      return step.findings.map((finding) => describeFinding(finding, parties));
    case 'failed': {
      const [, ...further] = step.fault.findings;
      return [adviseOn(step.fault, parties), ...further.map((finding) => describeFinding(finding, parties))];
    }
  }
}

function adviceLines(
  { cause, explanation, owner, action, message }: Advice,
  parties: TestParties,
): readonly string[] {
  const indent = ' '.repeat(16);
  const send = message === null ? [] : [`To ${ownerName(message.to, parties)}: ${message.text}`];
  return [cause, explanation, `To be done by ${ownerName(owner, parties)}: ${action}`, ...send].map(
    (line) => `${indent}${line}`,
  );
}

/** One server of a test of all. */
export interface TestRow extends TestReport {
  readonly name: string;
}

const columns: readonly string[] = [
  'Server',
  'AE title',
  'Host',
  'Port',
  'TLS',
  'Headline',
  'Reachable',
  'Queryable',
  'Retrieve',
  'Failed at',
  'Cause',
  'Who must act',
  'What to do',
  'Message',
  'Tested',
];

/** A row for each server (RFC 4180), for a spreadsheet. */
export function connectionReportCsv(rows: readonly TestRow[]): string {
  return [columns, ...rows.map(cellsOf)].map(csvRow).join('');
}

function cellsOf({ name, parties: given, steps, at }: TestRow): readonly string[] {
  const parties = withOurSide(given, steps);
  const { serverAeTitle, host, port, tls } = parties;
  const states = outcomeOf(steps, at);
  const failed = endedSteps(steps).find(({ kind }) => kind === 'failed');
  return [
    name,
    serverAeTitle,
    host,
    String(port),
    tls ? 'yes' : 'no',
    headlineOf(states),
    ...stateCells(states),
    ...(failed === undefined ? ['', '', '', '', ''] : failureCells(failed, parties)),
    at,
  ];
}

function failureCells(failed: Ended, parties: TestParties): readonly string[] {
  const [advice] = adviceOn(failed, parties);
  if (advice === undefined) return [testStepTitles[failed.step], '', '', '', ''];
  const { cause, owner, action, message } = advice;
  return [testStepTitles[failed.step], cause, ownerName(owner, parties), action, message?.text ?? ''];
}

function stateCells({ reachable, queryable, retrieve }: ConnectionStates): readonly string[] {
  const words: Readonly<Record<Proof['kind'], string>> = {
    proven: 'yes',
    failed: 'no',
    'not-tested': 'not tested',
  };
  return [reachable, queryable, retrieve].map(({ kind }) => words[kind]);
}
