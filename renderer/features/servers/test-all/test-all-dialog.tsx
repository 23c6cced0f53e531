import './test-all.css';
import type { ReactElement } from 'react';
import { headlineOf } from '../../../../electron/contract/connection-test-outcome.ts';
import { connectionReportCsv } from '../../../../electron/contract/connection-test-report.ts';
import { testStepTitles } from '../../../../electron/contract/describe-test-step.ts';
import { fieldsOf } from '../../../../electron/contract/server-fields.ts';
import { draftOf, type Server } from '../../../../electron/contract/server.ts';
import type { SettingsView } from '../../../../electron/contract/settings.ts';
import { Dialog, ProgressBar, StatusDot } from '../../../components/index.ts';
import { FailureNotice } from '../../../failures/index.ts';
import { proofWords } from '../connection-test/proof-words.ts';
import { partiesOf } from '../connection-test/test-parties-of.ts';
import { useSaveText } from '../use-save-text.ts';
import { doneCount, type TestAllState, type TestedServer } from './test-all-state.ts';
import type { TestingAll } from './use-test-all.ts';

export interface TestAllDialogProps {
  readonly testing: TestingAll;
  readonly servers: readonly Server[];
  readonly settings: SettingsView | null;
}

/** The test of every server: how far it is, what came of each, and all of it as a file. */
export function TestAllDialog({ testing, servers, settings }: TestAllDialogProps): ReactElement {
  const { state } = testing;
  const saving = useSaveText();
  const total = state.servers.size;
  const done = doneCount(state);
  const isRunning = state.kind === 'running';
  const save = (): void =>
    saving.save('connection-tests.csv', connectionReportCsv(reportRows(state, servers, settings)));
  return (
    <Dialog
      isOpen={state.kind !== 'closed'}
      isWide
      title="Test all servers"
      actions={[
        { label: 'Save report as CSV…', kind: 'quiet', onPress: save, isDisabled: done === 0 || isRunning },
        { label: 'Cancel', onPress: testing.cancel, isDisabled: !isRunning },
        { label: 'Close', onPress: testing.close },
      ]}
      onClose={testing.close}
    >
      <ProgressBar
        label="Tested"
        value={done}
        total={total}
        valueLabel={`${done} of ${total} servers${state.kind === 'cancelled' ? ', cancelled' : ''}`}
        state={isRunning ? 'running' : done === total ? 'ok' : 'idle'}
      />
      <ul className="test-all" aria-label="Servers tested" aria-live="polite">
        {servers
          .filter(({ id }) => state.servers.has(id))
          .map((server) => (
            <Row key={server.id} server={server} tested={state.servers.get(server.id)} />
          ))}
      </ul>
      <output className="test-all-saved">{saving.words}</output>
      {state.failure === null ? null : (
        <FailureNotice failure={state.failure} who={{ server: 'the servers', ourAeTitle: '' }} isNew />
      )}
    </Dialog>
  );
}

function Row({
  server,
  tested,
}: {
  readonly server: Server;
  readonly tested: TestedServer | undefined;
}): ReactElement {
  return (
    <li className="test-all-row">
      <span className="test-all-name" title={server.name}>
        {server.name} <span className="mono muted">{server.aeTitle ?? ''}</span>
      </span>
      <Outcome tested={tested} />
    </li>
  );
}

function Outcome({ tested }: { readonly tested: TestedServer | undefined }): ReactElement {
  switch (tested?.kind) {
    case undefined:
    case 'waiting':
      return <StatusDot state="idle">Waiting</StatusDot>;
    case 'stopped':
      return <StatusDot state="idle">Not tested</StatusDot>;
    case 'running':
      return (
        <StatusDot state="running">{tested.step === null ? 'Begun' : testStepTitles[tested.step]}</StatusDot>
      );
    case 'done': {
      const { reachable, queryable } = tested.states;
      const worst = reachable.kind === 'proven' ? queryable : reachable;
      return <StatusDot state={proofWords('queryable', worst).status}>{headlineOf(tested.states)}</StatusDot>;
    }
  }
}

function reportRows(
  state: TestAllState,
  servers: readonly Server[],
  settings: SettingsView | null,
): Parameters<typeof connectionReportCsv>[0] {
  return servers.flatMap((server) => {
    const tested = state.servers.get(server.id);
    if (tested?.kind !== 'done') return [];
    const { steps, at } = tested;
    return [{ name: server.name, parties: partiesOf(fieldsOf(draftOf(server)), settings), steps, at }];
  });
}
