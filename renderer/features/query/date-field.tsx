import { useId, type ReactElement } from 'react';

interface DateFieldProps {
  readonly label: string;
  /** YYYY-MM-DD; '' is open. */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** The platform's own date field: typed or picked, in the person's locale. */
export function DateField({ label, value, onChange }: DateFieldProps): ReactElement {
  const id = useId();
  return (
    <div className="field">
      <div className="field-head">
        <label htmlFor={id}>{label}</label>
      </div>
      <input
        id={id}
        className="input query-date"
        type="date"
        data-empty={value === '' || undefined}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
