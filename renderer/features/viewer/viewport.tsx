import { CircleAlert, FileText, ImageOff, LoaderCircle, TriangleAlert } from 'lucide-react';
import type { KeyboardEvent, ReactElement, RefObject } from 'react';
import type { ArchiveStudy } from '../../../electron/contract/archive.ts';
import type { PictureNotice } from './notice.ts';
import { positionText, seriesName } from './overlay-text.ts';
import { Overlay } from './overlay.tsx';
import type { StackState } from './stack-state.ts';
import { viewportAction, type ViewportAction } from './viewport-keys.ts';

export interface ViewportProps {
  readonly study: ArchiveStudy | null;
  readonly state: StackState;
  readonly hasOverlay: boolean;
  readonly place: RefObject<HTMLDivElement | null>;
  /** The element that takes the keys. */
  readonly focusTarget: RefObject<HTMLDivElement | null>;
  readonly onAction: (action: ViewportAction) => void;
}

/** The picture, what is written on it, and its keys. */
export function Viewport(props: ViewportProps): ReactElement {
  const { focusTarget, hasOverlay, onAction, place, state, study } = props;
  const onKeyDown = (event: KeyboardEvent): void => {
    const action = viewportAction(event.nativeEvent);
    if (action === null) return;
    event.preventDefault();
    event.stopPropagation();
    onAction(action);
  };
  return (
    // The viewport is an instrument of its own: it takes keys as a whole, and has no role but this.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={focusTarget}
      className="viewport"
      data-region
      role="application"
      aria-roledescription="image viewport"
      aria-label={labelOf(state)}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- as above
      tabIndex={0}
      onKeyDown={onKeyDown}
      // cornerstone makes its own element focusable; there is one place for the keys.
      onFocus={() => focusTarget.current?.focus()}
      onPointerDown={() => focusTarget.current?.focus()}
      onContextMenu={(event) => event.preventDefault()}
      {...dataOf(state)}
    >
      <div ref={place} className="viewport-place" />
      {state.notice === null ? null : <NoPicture notice={state.notice} />}
      {hasOverlay ? <Overlay study={study} state={state} /> : null}
      <Warnings state={state} />
      {state.phase === 'loading' ? <Loading state={state} /> : null}
    </div>
  );
}

/** For tests and tools: what is in sight, as plain data. */
function dataOf(state: StackState): Readonly<Record<`data-${string}`, string | number | undefined>> {
  return {
    'data-state': state.phase,
    'data-image-index': state.index,
    'data-image-count': state.count,
    'data-sop-instance-uid': state.slide?.instance.sopInstanceUid,
    'data-frame-number': state.slide?.frameNumber,
    'data-window-center': state.window?.center,
    'data-window-width': state.window?.width,
    'data-zoom-percent': state.zoomPercent ?? undefined,
  };
}

function labelOf(state: StackState): string {
  const { notice, slide } = state;
  const parts = [positionText(state), slide === null ? '' : seriesName(slide.series), notice?.title ?? ''];
  return parts.filter((part) => part !== '').join(', ');
}

function Loading({ state }: { readonly state: StackState }): ReactElement {
  return (
    <p className="viewport-loading">
      <LoaderCircle />
      {positionText(state)}
    </p>
  );
}

const icons = { 'not-a-picture': FileText, unsupported: ImageOff, failed: CircleAlert } as const;

function NoPicture({ notice }: { readonly notice: PictureNotice }): ReactElement {
  const Icon = icons[notice.kind];
  return (
    <output className="viewport-notice" data-kind={notice.kind}>
      <Icon />
      <span className="viewport-notice-title">{notice.title}</span>
      <span className="viewport-notice-explanation">{notice.explanation}</span>
    </output>
  );
}

function Warnings({ state }: { readonly state: StackState }): ReactElement | null {
  const { phase, slide } = state;
  const warnings = slide?.instance.image?.warnings ?? [];
  if (warnings.length === 0 || phase === 'failed') return null;
  return (
    <output className="viewport-warnings">
      {warnings.map((warning) => (
        <span key={warning}>
          <TriangleAlert />
          {warning}
        </span>
      ))}
    </output>
  );
}
