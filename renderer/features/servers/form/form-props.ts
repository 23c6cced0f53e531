import type {
  ServerField,
  ServerFields,
  ServerProblems,
} from '../../../../electron/contract/server-fields.ts';
import type { FieldNote, FieldNotes } from './field-notes.ts';

/** What every part of the form works with. */
export interface FormProps {
  readonly fields: ServerFields;
  readonly problems: ServerProblems;
  readonly notes: FieldNotes;
  readonly isReadOnly: boolean;
  readonly onChange: (change: Partial<ServerFields>) => void;
  readonly onLeave: (field: ServerField) => void;
}

/** Fields that hold text; the other two are ticks. */
export type TextFieldName = Exclude<ServerField, 'tls' | 'verifyCertificate'>;

interface TextBinding {
  readonly value: string;
  readonly error: string | null;
  readonly isReadOnly: boolean;
  readonly hint: string;
  readonly hintTone: FieldNote['tone'];
  readonly onChange: (value: string) => void;
  readonly onBlur: () => void;
}

/** A text field of the form, by its name. `hint`: what stands below it while there is nothing to note. */
export function bindText(props: FormProps, field: TextFieldName, hint = ''): TextBinding {
  const { fields, problems, notes, isReadOnly, onChange, onLeave } = props;
  return {
    value: fields[field],
    error: problems[field] ?? null,
    isReadOnly,
    hint: notes[field]?.message ?? hint,
    hintTone: notes[field]?.tone ?? 'plain',
    onChange: (value) => onChange({ [field]: value }),
    onBlur: () => onLeave(field),
  };
}

/** The same for a choice, which has no moment of being left. */
export function bindChoice(props: FormProps, field: TextFieldName, hint = ''): Omit<TextBinding, 'onBlur'> {
  const { onBlur: _onBlur, ...binding } = bindText(props, field, hint);
  return binding;
}
