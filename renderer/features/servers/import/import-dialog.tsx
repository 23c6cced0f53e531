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
import type { Importing, ImportState } from './import-state.ts';
import { countKinds } from './import-words.ts';

/** A list of servers as CSV: looked at first, then taken over, then taken back if it was wrong. */
export function ImportDialog({ importing }: { readonly importing: Importing }): ReactElement {
  const { state } = importing;
  const [removeMissing, setRemoveMissing] = useState(false);
  return (
    <Dialog
      isOpen={state.kind !== 'closed'}
      isWide
      opensInside={state.kind === 'choosing'}
      title="Import servers from CSV"
      actions={actionsOf(importing, removeMissing)}
      onClose={importing.close}
    >
      <div className="import">
        <Content importing={importing} removeMissing={removeMissing} onRemoveMissing={setRemoveMissing} />
        {'failure' in state && state.failure !== null ? (
          <FailureNotice failure={state.failure} who={{ server: 'the list', ourAeTitle: '' }} isNew />
        ) : null}
      </div>
    </Dialog>
  );
}

interface ContentProps {
  readonly importing: Importing;
  readonly removeMissing: boolean;
  readonly onRemoveMissing: (removeMissing: boolean) => void;
}

function Content({ importing, removeMissing, onRemoveMissing }: ContentProps): ReactElement | null {
  const { state } = importing;
  switch (state.kind) {
    case 'closed':
      return null;
    case 'choosing':
      return <Choose importing={importing} />;
    case 'busy':
      return <StatusDot state="running">{busyWords[state.what]}</StatusDot>;
    case 'preview':
      return <Preview state={state} removeMissing={removeMissing} onRemoveMissing={onRemoveMissing} />;
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
  removeMissing,
  onRemoveMissing,
}: {
  readonly state: Extract<ImportState, { kind: 'preview' }>;
  readonly removeMissing: boolean;
  readonly onRemoveMissing: (removeMissing: boolean) => void;
}): ReactElement {
  return (
    <>
      {preview.problems.map(({ column, message }) => (
        <Notice key={`${column} ${message}`} tone="warning" title={message} />
      ))}
      <PreviewGrid preview={preview} />
      <Checkbox
        label={`Remove ${countOf(preview.missing.length, 'server', 'servers')} of yours that the list does not have`}
        isSelected={removeMissing}
        isDisabled={preview.missing.length === 0}
        onChange={onRemoveMissing}
        hint={preview.missing.map(({ name }) => name).join(', ')}
      />
    </>
  );
}

function actionsOf(importing: Importing, removeMissing: boolean): readonly DialogAction[] {
  const { state } = importing;
  const close = { label: 'Close', onPress: importing.close } as const;
  switch (state.kind) {
    case 'preview': {
      const { add, change } = countKinds(state.preview);
      const removed = removeMissing ? state.preview.missing.length : 0;
      return [
        { label: 'Cancel', kind: 'quiet', onPress: importing.close },
        {
          label: `Take over: ${add} added, ${change} changed, ${removed} removed`,
          kind: 'primary',
          isDisabled: add + change + removed === 0,
          onPress: () => importing.apply({ removeMissing }),
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
