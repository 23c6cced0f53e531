import type { ReactElement } from 'react';
import type { ArchiveStudy } from '../../../electron/contract/archive.ts';
import { overlayText } from './overlay-text.ts';
import type { StackState } from './stack-state.ts';

/** What is written on the picture: who, what, where in the stack, how it is shown, which way it lies. */
export function Overlay({
  study,
  state,
}: {
  readonly study: ArchiveStudy | null;
  readonly state: StackState;
}): ReactElement {
  const text = overlayText(study, state);
  const { letters, phase } = state;
  return (
    <div className="overlay">
      <Corner at="top-left" lines={text.topLeft} />
      <Corner at="top-right" lines={text.topRight} />
      <Corner at="bottom-left" lines={text.bottomLeft} />
      <Corner at="bottom-right" lines={phase === 'failed' ? [] : text.bottomRight} />
      {phase === 'failed' ? null : (
        <>
          <Letters at="top" letters={letters.top} />
          <Letters at="right" letters={letters.right} />
          <Letters at="bottom" letters={letters.bottom} />
          <Letters at="left" letters={letters.left} />
        </>
      )}
    </div>
  );
}

function Corner({ at, lines }: { readonly at: string; readonly lines: readonly string[] }): ReactElement {
  return (
    <div className="overlay-corner" data-at={at}>
      {lines.map((line, index) => (
        // eslint-disable-next-line react/no-array-index-key -- a line is its place
        <bdi key={index}>{line}</bdi>
      ))}
    </div>
  );
}

function Letters({ at, letters }: { readonly at: string; readonly letters: string }): ReactElement | null {
  if (letters === '') return null;
  return (
    <div className="overlay-letters" data-at={at}>
      {letters}
    </div>
  );
}
