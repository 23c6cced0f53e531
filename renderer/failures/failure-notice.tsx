import './failure-notice.css';
import { CircleAlert } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { describeFailure, type Parties } from '../../electron/contract/describe-failure.ts';
import type { Failure } from '../../electron/contract/failure.ts';

export interface FailureNoticeProps {
  readonly failure: Failure;
  readonly who: Parties;
  /** Buttons for what can be tried from here. */
  readonly actions?: ReactNode;
  /** Say it aloud at once (`role="alert"`): for a failure that was not there a moment ago. */
  readonly isNew?: boolean;
}

/** A failure in three lines: what happened, why and to whom, what to try. */
export function FailureNotice({ failure, who, actions, isNew }: FailureNoticeProps): ReactElement {
  const { title, explanation, suggestion } = describeFailure(failure, who);
  return (
    <div className="failure-notice" role={isNew === true ? 'alert' : undefined}>
      <CircleAlert />
      <div className="failure-notice-lines">
        <p className="failure-notice-title">{title}</p>
        <p className="failure-notice-explanation">{explanation}</p>
        {suggestion === null ? null : <p>{suggestion}</p>}
        {actions === undefined ? null : <div className="failure-notice-actions">{actions}</div>}
      </div>
    </div>
  );
}
