import './field.css';
import { useEffect, useId, useRef, type ReactElement, type ReactNode } from 'react';

export interface CheckboxProps {
  /** Its accessible name, exactly. */
  readonly label: string;
  readonly isSelected: boolean;
  readonly isIndeterminate?: boolean;
  readonly onChange?: (isSelected: boolean) => void;
  readonly isReadOnly?: boolean;
  readonly isDisabled?: boolean;
  readonly hint?: ReactNode;
}

export function Checkbox(props: CheckboxProps): ReactElement {
  const hintId = useId();
  const input = useRef<HTMLInputElement>(null);
  const isIndeterminate = props.isIndeterminate ?? false;
  useEffect(() => {
    if (input.current !== null) input.current.indeterminate = isIndeterminate;
  }, [isIndeterminate]);

  return (
    <div className="field">
      <label
        className="check"
        data-disabled={props.isDisabled || undefined}
        data-readonly={props.isReadOnly || undefined}
      >
        <input
          ref={input}
          type="checkbox"
          checked={props.isSelected}
          // The platform knows no read-only checkbox: it is a disabled one that stays readable.
          disabled={props.isDisabled === true || props.isReadOnly === true}
          aria-describedby={props.hint === undefined ? undefined : hintId}
          onChange={(event) => props.onChange?.(event.target.checked)}
        />
        {props.label}
      </label>
      {props.hint === undefined ? null : (
        <div id={hintId} className="field-message" data-reserved>
          <span>{props.hint}</span>
        </div>
      )}
    </div>
  );
}
