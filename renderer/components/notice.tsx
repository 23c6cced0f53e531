import './notice.css';
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';

export interface NoticeProps {
  readonly tone: 'info' | 'ok' | 'warning' | 'failure';
  readonly title: ReactNode;
  /** In place of the tone's own. */
  readonly icon?: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

const icons = { info: Info, ok: CircleCheck, warning: TriangleAlert, failure: CircleAlert } as const;

/** Something to know, in a frame: what happened, why, what to try. */
export function Notice({ tone, title, icon, children, actions }: NoticeProps): ReactElement {
  const Icon = icons[tone];
  return (
    <div className="notice" data-tone={tone}>
      {icon ?? <Icon />}
      <div className="notice-body">
        <p className="notice-title">{title}</p>
        {children}
        {actions === undefined ? null : <div className="notice-actions">{actions}</div>}
      </div>
    </div>
  );
}
