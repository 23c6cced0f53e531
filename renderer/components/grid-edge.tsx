import { useRef, type PointerEvent, type ReactElement } from 'react';

interface GridEdgeProps {
  readonly onResize: (width: number) => void;
  readonly onReset: () => void;
}

/** The right edge of a heading: dragged it sets the width, double-clicked it gives back the first one. */
export function GridEdge({ onResize, onReset }: GridEdgeProps): ReactElement {
  const start = useRef<{ readonly x: number; readonly width: number } | null>(null);
  return (
    <span
      className="grid-edge"
      aria-hidden
      onPointerDown={(event: PointerEvent<HTMLElement>) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        const width = event.currentTarget.parentElement?.getBoundingClientRect().width ?? 0;
        start.current = { x: event.clientX, width };
      }}
      onPointerMove={(event) => {
        if (start.current !== null) onResize(start.current.width + event.clientX - start.current.x);
      }}
      onPointerUp={() => {
        start.current = null;
      }}
      onPointerCancel={() => {
        start.current = null;
      }}
      onDoubleClick={onReset}
    />
  );
}
