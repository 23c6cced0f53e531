import './field.css';
import { useId, type ReactElement, type ReactNode } from 'react';
import { FieldMessage } from './field-message.tsx';

export interface SelectOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly isDisabled?: boolean;
}

export interface SelectProps<Value extends string> {
  /** Its accessible name, exactly. */
  readonly label: string;
  readonly value: Value;
  readonly options: readonly SelectOption<Value>[];
  readonly onChange?: (value: Value) => void;
  readonly error?: string | null;
  readonly hint?: ReactNode;
  readonly hintTone?: 'plain' | 'warning';
  readonly reserveMessage?: boolean;
  readonly isReadOnly?: boolean;
  readonly isDisabled?: boolean;
}

/** The platform's own select: its keyboard, its name, our looks. Read-only it is a line of text. */
export function Select<Value extends string>(props: SelectProps<Value>): ReactElement {
  const id = useId();
  const messageId = useId();
  const error = props.error ?? null;
  const common = { id, className: 'input', 'aria-describedby': messageId };
  return (
    <div className="field">
      <div className="field-head">
        <label htmlFor={id}>{props.label}</label>
      </div>
      {props.isReadOnly === true ? (
        <input {...common} readOnly value={labelOf(props.options, props.value)} />
      ) : (
        <select
          {...common}
          value={props.value}
          disabled={props.isDisabled}
          aria-invalid={error !== null || undefined}
          data-invalid={error === null ? undefined : true}
          onChange={(event) => {
            const chosen = props.options.find((option) => option.value === event.target.value);
            if (chosen !== undefined) props.onChange?.(chosen.value);
          }}
        >
          {props.options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.isDisabled}>
              {option.label}
            </option>
          ))}
        </select>
      )}
      <FieldMessage
        id={messageId}
        error={error}
        hint={props.hint}
        hintTone={props.hintTone ?? 'plain'}
        reserved={props.reserveMessage ?? true}
      />
    </div>
  );
}

function labelOf<Value extends string>(options: readonly SelectOption<Value>[], value: Value): string {
  return options.find((option) => option.value === value)?.label ?? value;
}
