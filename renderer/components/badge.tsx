import './badge.css';
import type { ReactElement, ReactNode } from 'react';

/** A word in a frame: where something comes from, how many there are. */
export function Badge({
  children,
  tone = 'plain',
}: {
  readonly children: ReactNode;
  readonly tone?: 'plain' | 'accent' | 'warning';
}): ReactElement {
  return (
    <span className="badge" data-tone={tone}>
      {children}
    </span>
  );
}
