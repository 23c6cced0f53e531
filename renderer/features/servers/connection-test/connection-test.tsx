import './connection-test.css';
import { Radio } from 'lucide-react';
import { useId, useState, type ReactElement, type ReactNode } from 'react';
import { headlineOf, mergeStates, outcomeOf } from '../../../../electron/contract/connection-test-outcome.ts';
import { connectionReport, withOurSide } from '../../../../electron/contract/connection-test-report.ts';
import type {
  ConnectionStates,
  SkipReason,
  TestStepName,
} from '../../../../electron/contract/connection-test.ts';
import { testStepTitles } from '../../../../electron/contract/describe-test-step.ts';
import type { TestParties } from '../../../../electron/contract/test-parties.ts';
import { Button, CopyButton, StatusDot } from '../../../components/index.ts';
import { FailureNotice } from '../../../failures/index.ts';
import { FirewallDialog } from './firewall-dialog.tsx';
import { portsToAllow, portWords } from './firewall-words.ts';
import { OneImageDialog } from './one-image-dialog.tsx';
import { ProofDot } from './proof-dot.tsx';
import { proofWords } from './proof-words.ts';
import { TestLineView } from './test-line.tsx';
import { endedOf, failedStep, plannedLines, type TestLine, type TestState } from './test-state.ts';
import { useFirewall } from './use-firewall.ts';

export interface ConnectionTestProps {
  readonly state: TestState;
  /** Those to come, in order, while nothing was tested yet. */
  readonly planned: readonly TestStepName[];
  readonly parties: TestParties;
  /** What was known before this test. */
  readonly known: ConnectionStates;
  /** The form no longer says what was tested. */
  readonly isOutdated: boolean;
  /** Why it may not be tested; '' where it may. */
  readonly blocked: string;
  /** What the server's administrator must know of us before a retrieve can work. */
  readonly afterwards: ReactNode;
  readonly onTest: (how: { readonly sendOneImage: boolean }) => void;
  readonly onCancel: () => void;
}

/** The connection test, both ways: its steps stand in their places from the start and are filled in as they happen. */
export function ConnectionTest(given: ConnectionTestProps): ReactElement {
  const { state, isOutdated, onTest } = given;
  const props = { ...given, parties: withOurSide(given.parties, endedOf(state)) };
  const titleId = useId();
  const [isAsking, setAsking] = useState(false);
  const firewall = useFirewall();
  const askForImage = untriedWay(state) !== null && !isOutdated ? () => setAsking(true) : null;
  return (
    <section className="test" aria-labelledby={titleId} data-region tabIndex={-1}>
      <div className="test-head">
        <h2 id={titleId}>Connection test</h2>
        <Buttons {...props} />
        <output>
          <Verdict state={state} isOutdated={isOutdated} serverName={props.parties.server} />
        </output>
      </div>
      {props.blocked === '' ? null : (
        <p className="test-blocked">
          <StatusDot state="failure">{props.blocked}</StatusDot>
        </p>
      )}
      <Headline {...props} />
      <Lines {...props} askForImage={askForImage} onAllow={isOutdated ? null : firewall.ask} />
      {state.failure === null ? null : <FailureNotice failure={state.failure} who={props.parties} isNew />}
      <div className="test-after">{state.kind === 'ended' && !isOutdated ? props.afterwards : null}</div>
      <FirewallDialog firewall={firewall} onTest={() => onTest({ sendOneImage: false })} />
      <OneImageDialog
        isOpen={isAsking}
        serverName={props.parties.server}
        onClose={() => setAsking(false)}
        onTest={() => {
          setAsking(false);
          onTest({ sendOneImage: true });
        }}
      />
    </section>
  );
}

function Buttons({ state, parties, blocked, onTest, onCancel }: ConnectionTestProps): ReactElement {
  const isRunning = state.kind === 'running';
  return (
    <>
      <Button
        icon={<Radio />}
        onPress={() => onTest({ sendOneImage: false })}
        isDisabled={isRunning || blocked !== ''}
      >
        Echo
      </Button>
      <Button onPress={onCancel} isDisabled={!isRunning}>
        Cancel
      </Button>
      <CopyButton
        kind="quiet"
        isDisabled={endedOf(state).length === 0}
        text={() => connectionReport({ parties, steps: endedOf(state), at: state.at })}
      >
        Copy report
      </CopyButton>
    </>
  );
}

function Lines({
  state,
  planned,
  parties,
  askForImage,
  onAllow,
}: ConnectionTestProps & LineActions): ReactElement {
  const lines = state.kind === 'idle' ? plannedLines(planned) : state.lines;
  return (
    <ol className="test-lines" aria-live="polite" aria-label="Steps">
      {lines.map((line, index) => (
        <TestLineView
          key={line.step}
          line={line}
          number={index + 1}
          parties={parties}
          action={actionOf(line, {
            askForImage: line.step === untriedWay(state) ? askForImage : null,
            onAllow: state.kind === 'running' ? null : onAllow,
          })}
        />
      ))}
    </ol>
  );
}

interface LineActions {
  /** `null`: there is nothing that an image would prove. */
  readonly askForImage: (() => void) | null;
  /** `null`: it is of no use now. */
  readonly onAllow: ((ports: readonly number[]) => void) | null;
}

/** What can be done from a line, besides reading it. */
function actionOf(line: TestLine, { askForImage, onAllow }: LineActions): ReactNode {
  if (askForImage !== null) return <Button onPress={askForImage}>Test with one image…</Button>;
  const ports = line.state === 'ended' ? portsToAllow(line.ended) : [];
  if (onAllow === null || ports.length === 0) return null;
  return <Button onPress={() => onAllow(ports)}>{`Allow ${portWords(ports)}…`}</Button>;
}

/** Whom as whom, and what is known of them: three things that are true or not, each with its age. */
function Headline({ state, known, parties, isOutdated }: ConnectionTestProps): ReactElement {
  const { server, serverAeTitle, host, port, ourAeTitle, ourAddress } = parties;
  const fresh = isOutdated || state.at === '' ? known : outcomeOf(endedOf(state), state.at);
  const states = mergeStates(known, fresh);
  const place = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  const us = ourAddress === null ? `as ${ourAeTitle}` : `as ${ourAeTitle} from ${ourAddress}`;
  return (
    <>
      <p className="test-headline">
        <span>
          {server} <span className="mono">{`${serverAeTitle}@${place}`}</span>{' '}
          <span className="muted">{us}</span>
        </span>
        <span>{headlineOf(states)}</span>
      </p>
      <ul className="test-states" aria-label="What is proven">
        {(['reachable', 'queryable', 'retrieve'] as const).map((name) => (
          <li key={name} data-proof={name}>
            <ProofDot proof={proofWords(name, states[name])} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Verdict({
  state,
  serverName,
  isOutdated,
}: {
  readonly state: TestState;
  readonly serverName: string;
  readonly isOutdated: boolean;
}): ReactElement {
  if (isOutdated && state.kind !== 'running')
    return <StatusDot state="idle">Changed since the last test</StatusDot>;
  switch (state.kind) {
    case 'idle':
      return <span className="muted">Tests the form as it stands, saved or not</span>;
    case 'running':
      return <StatusDot state="running">{`Talking to ${serverName}…`}</StatusDot>;
    case 'ended':
      return <Ended state={state} />;
    case 'cancelled':
      return <StatusDot state="idle">Cancelled</StatusDot>;
    case 'broken':
      return <StatusDot state="failure">The test could not be done</StatusDot>;
  }
}

function Ended({ state }: { readonly state: TestState }): ReactElement {
  const failed = failedStep(state);
  const warned = endedOf(state).filter(({ kind }) => kind === 'warned').length;
  if (failed !== null)
    return <StatusDot state="failure">{`Failed at ${testStepTitles[failed.step]}`}</StatusDot>;
  return warned === 0 ? (
    <StatusDot state="ok">Every step passed</StatusDot>
  ) : (
    <StatusDot state="warning">{`Passed, ${warned} with a warning`}</StatusDot>
  );
}

/** The way back that only an image that arrives would prove; `null`: there is none. */
function untriedWay(state: TestState): TestStepName | null {
  if (state.kind === 'running') return null;
  const untried = endedOf(state).find(
    (each) => each.kind === 'skipped' && provableReasons.has(each.reason.kind),
  );
  return untried?.step ?? null;
}

const provableReasons: ReadonlySet<string> = new Set<SkipReason['kind']>([
  'needs-one-image',
  'by-get',
  'by-web',
]);
