import type { ReactElement } from 'react';
import { Button } from './button.tsx';
import { StatusDot } from './status-dot.tsx';

export interface SaveLineProps {
  /** There is something to save. */
  readonly isUnsaved: boolean;
  readonly canRevert: boolean;
  /** How many fields are to be put right first; 0 until they are shown. */
  readonly problemCount: number;
  readonly saving: 'idle' | 'saving' | 'saved' | 'failed';
  readonly onSave: () => void;
  readonly onRevert: () => void;
}

/** The foot of a form: Save, Revert, and what became of it in words. */
export function SaveLine(props: SaveLineProps): ReactElement {
  const { isUnsaved, canRevert, saving, onSave, onRevert } = props;
  return (
    <>
      <Button
        kind="primary"
        onPress={onSave}
        isDisabled={!isUnsaved || saving === 'saving'}
        shortcut="Ctrl+S"
      >
        Save
      </Button>
      <Button onPress={onRevert} isDisabled={!canRevert}>
        Revert
      </Button>
      <output>
        <Words {...props} />
      </output>
    </>
  );
}

function Words({ isUnsaved, problemCount, saving }: SaveLineProps): ReactElement | null {
  if (problemCount > 0) {
    const words = problemCount === 1 ? '1 field needs attention' : `${problemCount} fields need attention`;
    return <StatusDot state="failure">{words}</StatusDot>;
  }
  switch (saving) {
    case 'idle':
      return isUnsaved ? <span className="muted">Not saved yet</span> : null;
    case 'saving':
      return <StatusDot state="running">Saving…</StatusDot>;
    case 'saved':
      return <StatusDot state="ok">Saved</StatusDot>;
    case 'failed':
      return <StatusDot state="failure">Not saved</StatusDot>;
  }
}
