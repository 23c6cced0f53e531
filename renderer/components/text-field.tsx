import './field.css';
import { useId, type ReactElement, type ReactNode, type Ref } from 'react';
import { Input, Label, TextArea, TextField as AriaTextField } from 'react-aria-components';
import { FieldMessage } from './field-message.tsx';

export interface TextFieldProps {
  /** Its accessible name, exactly. */
  readonly label: string;
  readonly value: string;
  readonly onChange?: (value: string) => void;
  /** What is wrong with the value, said below the field in place of the hint. */
  readonly error?: string | null;
  readonly hint?: ReactNode;
  readonly hintTone?: 'plain' | 'warning';
  /** `false`: no line is kept free below the field. */
  readonly reserveMessage?: boolean;
  /** The longest value allowed: shows n/16 beside the label, and never cuts what is typed. */
  readonly counter?: number;
  readonly placeholder?: string;
  readonly isReadOnly?: boolean;
  readonly isDisabled?: boolean;
  /** AE titles, UIDs, addresses. */
  readonly mono?: boolean;
  /** A password: dots instead of letters. */
  readonly isSecret?: boolean;
  readonly rows?: number;
  readonly inputMode?: 'text' | 'numeric' | 'search';
  readonly inputRef?: Ref<HTMLInputElement>;
  readonly onBlur?: () => void;
}

export function TextField(props: TextFieldProps): ReactElement {
  const messageId = useId();
  const className = props.mono === true ? 'input mono' : 'input';
  const error = props.error ?? null;
  const { inputRef } = props;
  return (
    <AriaTextField
      className="field"
      value={props.value}
      onChange={props.onChange}
      onBlur={props.onBlur}
      isInvalid={error !== null}
      isReadOnly={props.isReadOnly}
      isDisabled={props.isDisabled}
      type={props.isSecret === true ? 'password' : undefined}
      validationBehavior="aria"
      aria-describedby={messageId}
      autoComplete="off"
      spellCheck="false"
    >
      <div className="field-head">
        <Label>{props.label}</Label>
        {props.counter === undefined ? null : <span>{`${props.value.length}/${props.counter}`}</span>}
      </div>
      {props.rows === undefined ? (
        <Input
          ref={inputRef}
          className={className}
          placeholder={props.placeholder}
          inputMode={props.inputMode}
        />
      ) : (
        <TextArea className={className} rows={props.rows} placeholder={props.placeholder} />
      )}
      <FieldMessage
        id={messageId}
        error={error}
        hint={props.hint}
        hintTone={props.hintTone ?? 'plain'}
        reserved={props.reserveMessage ?? true}
      />
    </AriaTextField>
  );
}
