import type { Failure } from '../../../electron/contract/failure.ts';
import { Host } from '../../../electron/contract/host.ts';
import { SettingsDraft, type SettingsView } from '../../../electron/contract/settings.ts';

/** What is typed into the form. */
export interface SettingsFields {
  readonly aeTitle: string;
  readonly listenPort: string;
  readonly listenAddress: string;
  readonly listenTls: boolean;
  readonly unknownClasses: boolean;
  /** An ID; '' for none. */
  readonly listenCertificate: string;
}

export type SettingsProblems = Readonly<Partial<Record<keyof SettingsFields, string>>>;

export interface SettingsState {
  /** `null`: not heard yet. */
  readonly view: SettingsView | null;
  readonly fields: SettingsFields;
  /** Save was pressed: problems are shown. */
  readonly isAttempted: boolean;
  readonly saving:
    | { readonly kind: 'idle' | 'saving' | 'saved' }
    | { readonly kind: 'failed'; readonly failure: Failure };
}

export type SettingsEvent =
  | { readonly kind: 'heard'; readonly view: SettingsView }
  | { readonly kind: 'changed'; readonly change: Partial<SettingsFields> }
  | { readonly kind: 'attempted' | 'reverted' | 'saving' }
  | { readonly kind: 'saved'; readonly view: SettingsView }
  | { readonly kind: 'failed'; readonly failure: Failure };

const noFields: SettingsFields = {
  aeTitle: '',
  listenPort: '',
  listenAddress: '',
  listenTls: false,
  unknownClasses: true,
  listenCertificate: '',
};
const fieldNames = [
  'aeTitle',
  'listenPort',
  'listenAddress',
  'listenTls',
  'listenCertificate',
  'unknownClasses',
] as const;

export const initialSettings: SettingsState = {
  view: null,
  fields: noFields,
  isAttempted: false,
  saving: { kind: 'idle' },
};

export function next(state: SettingsState, event: SettingsEvent): SettingsState {
  switch (event.kind) {
    case 'heard':
      return { ...state, view: event.view, fields: isDirty(state) ? state.fields : fieldsOf(event.view) };
    case 'changed':
      return { ...state, fields: { ...state.fields, ...event.change }, saving: { kind: 'idle' } };
    case 'attempted':
      return { ...state, isAttempted: true };
    case 'reverted':
      return { ...initialSettings, view: state.view, fields: originalFields(state) };
    case 'saving':
      return { ...state, saving: { kind: 'saving' } };
    case 'saved':
      return {
        ...initialSettings,
        view: event.view,
        fields: fieldsOf(event.view),
        saving: { kind: 'saved' },
      };
    case 'failed':
      return { ...state, saving: { kind: 'failed', failure: event.failure } };
  }
}

export function isDirty(state: SettingsState): boolean {
  const original = originalFields(state);
  return fieldNames.some((name) => state.fields[name] !== original[name]);
}

// Main takes any text as the address; here it is told early what can't be one.
const CheckedDraft = SettingsDraft.extend({ listenAddress: Host });

/** A draft to save, or a sentence for each field that is not right. */
export function checkSettings(
  fields: SettingsFields,
): { readonly draft: SettingsDraft } | { readonly problems: SettingsProblems } {
  const listenPort = /^ *\d{1,9} *$/.test(fields.listenPort) ? Number(fields.listenPort) : Number.NaN;
  const listenCertificate = fields.listenCertificate === '' ? null : fields.listenCertificate;
  const parsed = CheckedDraft.safeParse({ ...fields, listenPort, listenCertificate });
  if (parsed.success) return { draft: parsed.data };
  const problems: Partial<Record<keyof SettingsFields, string>> = {};
  for (const { path, message } of parsed.error.issues) {
    const field = CheckedDraft.keyof().options.find((each) => each === path[0]);
    if (field !== undefined) problems[field] ??= message;
  }
  return { problems };
}

/** Only programs on this computer reach it. */
export function isLoopback(address: string): boolean {
  const text = address.trim().toLowerCase();
  return text === 'localhost' || text === '::1' || /^127(?:\.\d{1,3}){3}$/.test(text);
}

function fieldsOf(view: SettingsView): SettingsFields {
  const { aeTitle, listenPort, listenAddress, listenTls, listenCertificate, unknownClasses } = view;
  return {
    aeTitle: aeTitle.value,
    listenPort: String(listenPort.value),
    listenAddress: listenAddress.value,
    listenTls: listenTls.value,
    unknownClasses: unknownClasses.value,
    listenCertificate: listenCertificate.value ?? '',
  };
}

function originalFields({ view }: SettingsState): SettingsFields {
  return view === null ? noFields : fieldsOf(view);
}
