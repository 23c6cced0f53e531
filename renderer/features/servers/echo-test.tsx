import { Radio } from 'lucide-react';
import { useId, type ReactElement, type ReactNode } from 'react';
import { Button, StatusDot, type Status } from '../../components/index.ts';
import { FailureNotice } from '../../failures/index.ts';
import { plannedLines, totalMs, type EchoLine, type EchoState } from './echo-state.ts';
import { durationInWords, factsInWords, stepWords } from './echo-words.ts';

export interface EchoTestProps {
  readonly state: EchoState;
  readonly serverName: string;
  readonly ourAeTitle: string;
  readonly isTls: boolean;
  /** The form no longer says what was tested. */
  readonly isOutdated: boolean;
  /** What the server's administrator must know of us before a retrieve can work. */
  readonly afterwards: ReactNode;
  readonly onEcho: () => void;
  readonly onCancel: () => void;
}

/** The connection test: its steps stand in their places from the start and are filled in as they happen. */
export function EchoTest(props: EchoTestProps): ReactElement {
  const { state, serverName, ourAeTitle, isOutdated } = props;
  const titleId = useId();
  const isRunning = state.kind === 'running';
  const lines = state.kind === 'idle' ? plannedLines(props.isTls) : state.lines;
  return (
    <section className="echo" aria-labelledby={titleId} data-region tabIndex={-1}>
      <div className="echo-head">
        <h2 id={titleId}>Connection test</h2>
        <Button icon={<Radio />} onPress={props.onEcho} isDisabled={isRunning}>
          Echo
        </Button>
        <Button onPress={props.onCancel} isDisabled={!isRunning}>
          Cancel
        </Button>
        <output>
          <Verdict state={state} serverName={serverName} isOutdated={isOutdated} />
        </output>
      </div>
      <ol className="echo-lines" aria-live="polite" aria-label="Steps">
        {lines.map((line) => (
          <Line key={line.step} line={line} who={{ server: serverName, ourAeTitle }} />
        ))}
      </ol>
      <div className="echo-after">{state.kind === 'passed' && !isOutdated ? props.afterwards : null}</div>
    </section>
  );
}

function Verdict({
  state,
  serverName,
  isOutdated,
}: {
  readonly state: EchoState;
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
    case 'passed':
      return <StatusDot state="ok">{`${serverName} answers, ${durationInWords(totalMs(state))}`}</StatusDot>;
    case 'failed':
      return <StatusDot state="failure">{`Failed at ${failedStep(state)}`}</StatusDot>;
    case 'cancelled':
      return <StatusDot state="idle">Cancelled</StatusDot>;
  }
}

function failedStep({ lines }: EchoState): string {
  const line = lines.find(({ state }) => state === 'failed');
  return line === undefined ? 'the start' : stepWords[line.step];
}

function Line({
  line,
  who,
}: {
  readonly line: EchoLine;
  readonly who: { readonly server: string; readonly ourAeTitle: string };
}): ReactElement {
  return (
    <li className="echo-line" data-state={line.state}>
      <StatusDot state={dots[line.state]}>{stepWords[line.step]}</StatusDot>
      <span className="echo-line-facts">{wordsOf(line)}</span>
      <span className="echo-line-ms">{'ms' in line && line.ms !== null ? durationInWords(line.ms) : ''}</span>
      {line.state === 'failed' ? <FailureNotice failure={line.failure} who={who} /> : null}
    </li>
  );
}

const dots: Readonly<Record<EchoLine['state'], Status>> = {
  waiting: 'idle',
  running: 'running',
  stopped: 'idle',
  passed: 'ok',
  failed: 'failure',
};

function wordsOf(line: EchoLine): string {
  switch (line.state) {
    case 'waiting':
      return '';
    case 'running':
      return 'Under way…';
    case 'stopped':
      return 'Stopped';
    case 'passed':
      return factsInWords(line.facts);
    case 'failed':
      return 'Failed';
  }
}
