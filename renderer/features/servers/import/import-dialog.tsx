import './import.css';
import { FileSpreadsheet } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import {
  Button,
  Checkbox,
  Dialog,
  Notice,
  StatusDot,
  TextField,
  type DialogAction,
} from '../../../components/index.ts';
import { FailureNotice } from '../../../failures/index.ts';
import { countOf } from '../../../format/index.ts';
import { PreviewGrid } from './preview-grid.tsx';
import type { ImportChoice, Importing, ImportState } from './import-state.ts';
import { countTaken, nothingLeftOut } from './left-out.ts';

/** A list of servers as CSV: looked at first, then taken over, then taken back if it was wrong. */
export function ImportDialog({ importing }: { readonly importing: Importing }): ReactElement {
  const { state } = importing;
  const [choice, choose] = useChoice(state);
  return (
    <Dialog
      isOpen={state.kind !== 'closed'}
      isWide
      opensInside={state.kind === 'choosing'}
      title="Import servers from CSV"
      actions={actionsOf(importing, choice)}
      onClose={importing.close}
    >
      <div className="import">
        <Content importing={importing} choice={choice} onChoose={choose} />
        {'failure' in state && state.failure !== null ? (
          <FailureNotice failure={state.failure} who={{ server: 'the list', ourAeTitle: '' }} isNew />
        ) : null}
      </div>
    </Dialog>
  );
}

/** Of what is shown; a list that is looked at anew begins with all of its rows. */
function useChoice(state: ImportState): readonly [ImportChoice, (choice: ImportChoice) => void] {
  const [kept, setKept] = useState<{ readonly of: string | null; readonly choice: ImportChoice }>({
    of: null,
    choice: asShown,
  });
  const of = state.kind === 'preview' ? state.preview.id : kept.of;
  return [kept.of === of ? kept.choice : asShown, (choice) => setKept({ of, choice })];
}

const asShown: ImportChoice = { removeMissing: false, leftOut: nothingLeftOut };

interface ContentProps {
  readonly importing: Importing;
  readonly choice: ImportChoice;
  readonly onChoose: (choice: ImportChoice) => void;
}

function Content({ importing, choice, onChoose }: ContentProps): ReactElement | null {
  const { state } = importing;
  switch (state.kind) {
    case 'closed':
      return null;
    case 'choosing':
      return <Choose importing={importing} />;
    case 'busy':
      return <StatusDot state="running">{busyWords[state.what]}</StatusDot>;
    case 'preview':
      return <Preview state={state} choice={choice} onChoose={onChoose} />;
    case 'done': {
      const { added, changed, removed } = state.done;
      return (
        <Notice tone="ok" title={`${added} added, ${changed} changed, ${removed} removed.`}>
          <p className="muted">Undo takes all of it back; what you change by hand meanwhile stays.</p>
        </Notice>
      );
    }
    case 'undone':
      return <Notice tone="ok" title="The servers are as they were before the import." />;
  }
}

const busyWords = {
  looking: 'Looking at every row…',
  applying: 'Taking it over…',
  undoing: 'Taking it back…',
} as const;

function Choose({ importing }: { readonly importing: Importing }): ReactElement {
  const [text, setText] = useState('');
  return (
    <>
      <p className="muted">
        The first row has the headings, such as name, ae, host, port. Every row is looked at before anything
        changes.
      </p>
      <Button icon={<FileSpreadsheet />} onPress={importing.chooseFile}>
        Choose file…
      </Button>
      <TextField
        label="Or paste the rows here"
        mono
        rows={5}
        value={text}
        onChange={setText}
        placeholder={'name,ae,host,port\nMain PACS,PACS1,10.0.4.12,104'}
      />
      <Button isDisabled={text.trim() === ''} onPress={() => importing.look(text)}>
        Look at these rows
      </Button>
    </>
  );
}

function Preview({
  state: { preview },
  choice,
  onChoose,
}: Omit<ContentProps, 'importing'> & {
  readonly state: Extract<ImportState, { kind: 'preview' }>;
}): ReactElement {
  return (
    <>
      {preview.problems.map(({ column, message }) => (
        <Notice key={`${column} ${message}`} tone="warning" title={message} />
      ))}
      <PreviewGrid
        preview={preview}
        leftOut={choice.leftOut}
        onLeaveOut={(leftOut) => onChoose({ ...choice, leftOut })}
      />
      <Checkbox
        label={`Remove ${countOf(preview.missing.length, 'server', 'servers')} of yours that the list does not have`}
        isSelected={choice.removeMissing}
        isDisabled={preview.missing.length === 0}
        onChange={(removeMissing) => onChoose({ ...choice, removeMissing })}
        hint={preview.missing.map(({ name }) => name).join(', ')}
      />
    </>
  );
}

function actionsOf(importing: Importing, choice: ImportChoice): readonly DialogAction[] {
  const { state } = importing;
  const close = { label: 'Close', onPress: importing.close } as const;
  switch (state.kind) {
    case 'preview': {
      const { add, change } = countTaken(state.preview, choice.leftOut);
      const removed = choice.removeMissing ? state.preview.missing.length : 0;
      return [
        { label: 'Cancel', kind: 'quiet', onPress: importing.close },
        {
          label: `Take over: ${add} added, ${change} changed, ${removed} removed`,
          kind: 'primary',
          isDisabled: add + change + removed === 0,
          onPress: () => importing.apply(choice),
        },
      ];
    }
    case 'done':
      return [{ label: 'Undo', kind: 'quiet', onPress: importing.undo }, close];
    case 'closed':
    case 'choosing':
    case 'busy':
    case 'undone':
      return [close];
  }
}
