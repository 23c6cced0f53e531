import './progress-bar.css';
import { X } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { ProgressBar as AriaProgressBar } from 'react-aria-components';
import { IconButton } from './icon-button.tsx';
import type { Status } from './status-dot.tsx';

export interface ProgressBarProps {
  readonly label: string;
  /** The label is for screen readers only. */
  readonly hideLabel?: boolean;
  readonly value: number;
  /** `null`: how much there is to do is not known yet. */
  readonly total: number | null;
  /** In words, beside the bar: `120 of 512 · 12 s left`. */
  readonly valueLabel: string;
  readonly state?: Status;
  /** Given: Cancel stands beside the bar. */
  readonly onCancel?: () => void;
  readonly extra?: ReactNode;
}

export function ProgressBar(props: ProgressBarProps): ReactElement {
  const { label, value, total, valueLabel, onCancel } = props;
  const percent = total === null || total === 0 ? 0 : Math.min(100, (100 * value) / total);
  return (
    <AriaProgressBar
      className="progress"
      data-state={props.state ?? 'running'}
      aria-label={label}
      value={percent}
      isIndeterminate={total === null}
      valueLabel={valueLabel}
    >
      <div className="progress-words">
        {props.hideLabel === true ? <span /> : <span>{label}</span>}
        <span>{valueLabel}</span>
        {props.extra}
      </div>
      <div className="progress-track">
        <div className="progress-fill" style={{ inlineSize: `${percent}%` }} />
      </div>
      {onCancel === undefined ? null : (
        <IconButton label={`Cancel ${label}`} icon={<X />} onPress={onCancel} />
      )}
    </AriaProgressBar>
  );
}
