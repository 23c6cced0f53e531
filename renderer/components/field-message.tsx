import './field.css';
import { CircleAlert, TriangleAlert } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';

export interface FieldMessageProps {
  readonly id: string;
  readonly error: string | null;
  readonly hint: ReactNode;
  readonly hintTone: 'plain' | 'warning';
  /** Keep the line's place while there is nothing to say. */
  readonly reserved: boolean;
}

/** The line below a field: what is wrong with it, else its hint. */
export function FieldMessage({ id, error, hint, hintTone, reserved }: FieldMessageProps): ReactElement {
  const isWarning = error === null && hintTone === 'warning';
  return (
    <div
      id={id}
      className="field-message"
      data-reserved={reserved || undefined}
      data-tone={isWarning ? 'warning' : undefined}
    >
      {error === null ? (
        <>
          {isWarning ? <TriangleAlert /> : null}
          <span>{hint}</span>
        </>
      ) : (
        <span className="field-error">
          <CircleAlert />
          {capitalised(error)}
        </span>
      )}
    </div>
  );
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
