import type { ReactElement, ReactNode } from 'react';
import { adviceOn } from '../../../../electron/contract/connection-test-report.ts';
import {
  describeFacts,
  describeSkip,
  testStepTitles,
} from '../../../../electron/contract/describe-test-step.ts';
import type { TestParties } from '../../../../electron/contract/test-parties.ts';
import { StatusDot, type Status } from '../../../components/index.ts';

import { AdviceNotice } from './advice-notice.tsx';
import { durationWords } from './duration-words.ts';
import type { EndedStep, TestLine } from './test-state.ts';

interface TestLineViewProps {
  readonly line: TestLine;
  /** From 1. */
  readonly number: number;
  readonly parties: TestParties;
  /** What can be done from here, at the end of the line. */
  readonly action: ReactNode;
}

/** One step: its number and name, what it found out, how long it took; what to do stands below it. */
export function TestLineView({ line, number, parties, action }: TestLineViewProps): ReactElement {
  const ended = line.state === 'ended' ? line.ended : null;
  const kind = ended?.kind ?? line.state;
  const advice = ended === null ? [] : adviceOn(ended, parties);
  return (
    <li className="test-line" data-step={line.step} data-state={kind}>
      <span className="test-line-number" aria-hidden>
        {number}
      </span>
      <StatusDot state={dots[kind]}>{testStepTitles[line.step]}</StatusDot>
      <span className="test-line-facts">{ended === null ? stateWords[line.state] : wordsOf(ended)}</span>
      <span className="test-line-end">{action ?? (ended === null ? '' : msOf(ended))}</span>
      {advice.map((each) => (
        <AdviceNotice
          key={each.cause}
          advice={each}
          tone={ended?.kind === 'failed' ? 'failure' : 'warning'}
        />
      ))}
    </li>
  );
}

const dots: Readonly<Record<EndedStep['kind'] | TestLine['state'], Status>> = {
  waiting: 'idle',
  running: 'running',
  stopped: 'idle',
  ended: 'idle',
  passed: 'ok',
  warned: 'warning',
  failed: 'failure',
  skipped: 'idle',
};

const stateWords: Readonly<Record<TestLine['state'], string>> = {
  waiting: '',
  running: 'Under way…',
  stopped: 'Stopped',
  ended: '',
};

function wordsOf(step: EndedStep): string {
  switch (step.kind) {
    case 'passed':
    case 'warned':
      return describeFacts(step.facts);
    case 'skipped':
      return capitalised(describeSkip(step.reason));
    case 'failed':
      return step.facts === null ? 'Failed' : `Failed; ${describeFacts(step.facts)}`;
  }
}

function msOf(step: EndedStep): string {
  return step.kind === 'skipped' ? '' : durationWords(step.ms);
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
