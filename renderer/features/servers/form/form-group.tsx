import './server-form.css';
import type { ReactElement, ReactNode } from 'react';

/** A few fields that belong together, beside what they are about. */
export function FormGroup({
  title,
  isSingle,
  children,
}: {
  readonly title: string;
  /** One line of controls without labels above them. */
  readonly isSingle?: boolean;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <fieldset className="server-form-group" data-single={isSingle || undefined}>
      <legend className="overline">{title}</legend>
      <div className="server-form-fields">{children}</div>
    </fieldset>
  );
}

/** How much of the four columns a field takes. */
export function FormCell({
  width = 'half',
  children,
}: {
  /** `roomy`: half, with the place of a message of two lines. */
  readonly width?: 'narrow' | 'half' | 'roomy' | 'whole';
  readonly children: ReactNode;
}): ReactElement {
  return <div className={`server-form-${width}`}>{children}</div>;
}
