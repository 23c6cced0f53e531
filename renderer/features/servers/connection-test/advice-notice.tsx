import './connection-test.css';
import { CircleAlert, TriangleAlert } from 'lucide-react';
import type { ReactElement } from 'react';
import { ownerName, type Advice, type TestParties } from '../../../../electron/contract/test-parties.ts';
import { CopyButton } from '../../../components/index.ts';

/** What is wrong with a step: the cause, who must act and what to do, and the sentence to send. */
export function AdviceNotice({
  advice: { cause, explanation, owner, action, message },
  parties,
  tone,
}: {
  readonly advice: Advice;
  readonly parties: TestParties;
  readonly tone: 'failure' | 'warning';
}): ReactElement {
  return (
    <div className="advice" data-tone={tone}>
      {tone === 'failure' ? <CircleAlert /> : <TriangleAlert />}
      <div className="advice-lines">
        <p className="advice-cause">{cause}</p>
        <p className="muted">{explanation}</p>
        <p>
          <span className="advice-owner">{`To be done by ${ownerName(owner, parties)}: `}</span>
          {action}
        </p>
        {message === null ? null : (
          <blockquote className="advice-message">
            <p className="overline">{`To send to ${ownerName(message.to, parties)}`}</p>
            <p className="selectable">{message.text}</p>
            <CopyButton text={() => message.text}>Copy message</CopyButton>
          </blockquote>
        )}
      </div>
    </div>
  );
}
