import type { ReactElement, ReactNode } from 'react';
import { adviceOn } from '../../../../electron/contract/connection-test-report.ts';
import {
  describeFacts,
  describeSkip,
  nameIn,
  testStepTitles,
} from '../../../../electron/contract/describe-test-step.ts';
import type { TestParties } from '../../../../electron/contract/test-parties.ts';
import { StatusDot, type Status } from '../../../components/index.ts';
import { PersonName } from '../../../format/index.ts';
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
      <span className="test-line-facts">
        {ended === null ? stateWords[line.state] : wordsOf(ended)}
        <NameRead ended={ended} />
      </span>
      <span className="test-line-end">{action ?? (ended === null ? '' : msOf(ended))}</span>
      {advice.map((each) => (
        <AdviceNotice
          key={each.cause}
          advice={each}
          parties={parties}
          tone={ended?.kind === 'failed' ? 'failure' : 'warning'}
        />
      ))}
    </li>
  );
}

/** A name that the test has read: only a person can say whether it is in the right letters. */
function NameRead({ ended }: { readonly ended: EndedStep | null }): ReactElement | null {
  const facts = ended !== null && 'facts' in ended ? ended.facts : null;
  const name = facts === null ? null : nameIn(facts);
  if (name === null) return null;
  return (
    <>
      {': '}
      <PersonName value={name} />
    </>
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
