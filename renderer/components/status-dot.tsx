import './badge.css';
import { CircleCheck, CircleDashed, CircleX, LoaderCircle, TriangleAlert } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';

export type Status = 'ok' | 'warning' | 'failure' | 'running' | 'idle';

const icons = {
  ok: CircleCheck,
  warning: TriangleAlert,
  failure: CircleX,
  running: LoaderCircle,
  idle: CircleDashed,
} as const;

/** A state as an icon and its word: never colour alone. */
export function StatusDot({
  state,
  children,
}: {
  readonly state: Status;
  readonly children: ReactNode;
}): ReactElement {
  const Icon = icons[state];
  return (
    <span className="status-dot" data-state={state}>
      <Icon />
      <span>{children}</span>
    </span>
  );
}
