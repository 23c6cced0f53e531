import './empty-state.css';
import type { ReactElement, ReactNode } from 'react';

export interface EmptyStateProps {
  readonly icon?: ReactNode;
  readonly title: string;
  /** What to do first. */
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

/** What stands where there is nothing yet, and what to do about it. */
export function EmptyState({ icon, title, children, actions }: EmptyStateProps): ReactElement {
  return (
    <div className="empty-state">
      {icon}
      <h2>{title}</h2>
      {children === undefined ? null : <p>{children}</p>}
      {actions === undefined ? null : <div className="empty-state-actions">{actions}</div>}
    </div>
  );
}
