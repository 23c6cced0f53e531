import { z } from 'zod';
import { AeTitle } from '../contract/ae-title.ts';
import { CertificateId } from '../contract/certificate-id.ts';
import { FailureError } from '../contract/failure.ts';
import { SettingsDraft, type Setting, type SettingsView } from '../contract/settings.ts';
import { Port } from '../contract/server.ts';
import type { AdminLocal, AdminLocalValue } from './admin-local.ts';
import type { KeyValueStore } from './key-value-store.ts';

/** What this viewer goes by now. */
export interface CurrentSettings {
  readonly aeTitle: AeTitle;
  readonly listenPort: number;
  readonly listenAddress: string;
  readonly listenTls: boolean;
  readonly listenCertificate: CertificateId | null;
  readonly unknownClasses: boolean;
  readonly archiveFolder: string;
}

/** The part of the view that the settings themselves know. */
export type SettingsOnRecord = Pick<
  SettingsView,
  | 'aeTitle'
  | 'listenPort'
  | 'listenAddress'
  | 'listenTls'
  | 'listenCertificate'
  | 'unknownClasses'
  | 'archiveFolder'
  | 'brokenSettingsKeptAs'
>;

export interface Settings {
  current(): CurrentSettings;
  /** The same values with where each comes from and whether it may be changed. */
  view(): SettingsOnRecord;
  /**
   * Takes over what differs from what stands now; what was left as it is stays a default, so that a
   * later default of the administrator's file still reaches it.
   *
   * @throws FailureError managed, and then nothing is saved
   */
  save(draft: SettingsDraft): void;
  /** @throws FailureError managed */
  refuseLocked(name: keyof AdminLocal): void;
  /** @throws FailureError managed */
  setArchiveFolder(path: string): void;
  /** Tells who listens, after the administrator's files changed. */
  changed(): void;
  /** @returns stops listening */
  onChange(listener: () => void): () => void;
}

const storeKey = 'settings';
const currentVersion = 1;

const defaults = {
  aeTitle: AeTitle.parse('GANTRY'),
  listenPort: 11112,
  // Nobody outside reaches this computer until a person says so.
  listenAddress: '127.0.0.1',
  listenTls: false,
  listenCertificate: null,
  // What a study holds is to be had whole.
  unknownClasses: true,
} as const;

/** What the person set, each value for itself: one that can't be read doesn't lose the others. */
const userValues = {
  aeTitle: AeTitle,
  listenPort: Port,
  listenAddress: SettingsDraft.shape.listenAddress,
  listenTls: z.boolean(),
  listenCertificate: CertificateId.nullable(),
  unknownClasses: z.boolean(),
  archiveFolder: z.string().min(1),
} as const;

type UserValues = { readonly [Name in keyof typeof userValues]?: z.output<(typeof userValues)[Name]> };
type ManagedName = keyof AdminLocal;
const draftNames = [
  'aeTitle',
  'listenPort',
  'listenAddress',
  'listenTls',
  'listenCertificate',
  'unknownClasses',
] as const satisfies readonly ManagedName[];

/** The person's settings over the administrator's defaults over ours; the administrator's locked ones over all. */
export function openSettings(options: {
  readonly store: KeyValueStore;
  /** What the administrator's files say now. */
  readonly admin: () => AdminLocal;
  readonly defaultArchiveFolder: string;
  /** From `keepBrokenSettings`. */
  readonly brokenSettingsKeptAs: string | null;
}): Settings {
  const { store, admin, defaultArchiveFolder, brokenSettingsKeptAs } = options;
  const listeners = new Set<() => void>();

  const view = (): View => ({
    ...viewOf(readUserValues(store), admin(), defaultArchiveFolder),
    brokenSettingsKeptAs,
  });

  const changed = (): void => {
    for (const listener of listeners) listener();
  };

  function write(values: Readonly<Record<string, unknown>>): void {
    if (Object.keys(values).length === 0) return;
    store.set(storeKey, { ...storedObject(store), ...values, version: currentVersion });
    changed();
  }

  return {
    view,
    current: () => valuesOf(view()),
    save(draft) {
      const now = view();
      const changed = draftNames.filter((name) => draft[name] !== now[name].value);
      for (const name of changed) refuseLocked(now[name]);
      write(Object.fromEntries(changed.map((name) => [name, draft[name]])));
    },
    refuseLocked: (name) => refuseLocked(view()[name]),
    setArchiveFolder(path) {
      refuseLocked(view().archiveFolder);
      write({ archiveFolder: path });
    },
    changed,
    onChange(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

type View = SettingsOnRecord & { readonly aeTitle: Setting<AeTitle> };

function viewOf(
  user: UserValues,
  local: AdminLocal,
  defaultArchiveFolder: string,
): Omit<View, 'brokenSettingsKeptAs'> {
  return {
    aeTitle: standing(user.aeTitle, local.aeTitle, defaults.aeTitle),
    listenPort: standing(user.listenPort, local.listenPort, defaults.listenPort),
    listenAddress: standing(user.listenAddress, local.listenAddress, defaults.listenAddress),
    listenTls: standing(user.listenTls, local.listenTls, defaults.listenTls),
    listenCertificate: standing<CertificateId | null>(
      user.listenCertificate,
      local.listenCertificate,
      defaults.listenCertificate,
    ),
    unknownClasses: standing(user.unknownClasses, local.unknownClasses, defaults.unknownClasses),
    archiveFolder: standing(user.archiveFolder, local.archiveFolder, defaultArchiveFolder),
  };
}

function valuesOf(view: View): CurrentSettings {
  return {
    aeTitle: view.aeTitle.value,
    listenPort: view.listenPort.value,
    listenAddress: view.listenAddress.value,
    listenTls: view.listenTls.value,
    listenCertificate: view.listenCertificate.value,
    unknownClasses: view.unknownClasses.value,
    archiveFolder: view.archiveFolder.value,
  };
}

/** Which of the three values counts, and why. */
function standing<Value>(
  chosen: Value | undefined,
  managed: AdminLocalValue<Value> | null,
  preset: Value,
): Setting<Value> {
  if (managed === null || (chosen !== undefined && !managed.locked)) return userSetting(chosen, preset);
  const { value, file, line, locked } = managed;
  return { value, origin: { kind: 'administrator', file, line }, locked };
}

function userSetting<Value>(chosen: Value | undefined, preset: Value): Setting<Value> {
  return chosen === undefined
    ? { value: preset, origin: { kind: 'default' }, locked: false }
    : { value: chosen, origin: { kind: 'user' }, locked: false };
}

function refuseLocked({ origin, locked }: Setting<unknown>): void {
  if (!locked || origin.kind !== 'administrator') return;
  throw new FailureError({ step: 'managed', file: origin.file, line: origin.line });
}

function readUserValues(store: KeyValueStore): UserValues {
  const stored = storedObject(store);
  const read = Object.entries(userValues).flatMap(([name, schema]) => {
    const parsed = schema.safeParse(stored[name]);
    return parsed.success ? [[name, parsed.data] as const] : [];
  });
  return Object.fromEntries(read);
}

function storedObject(store: KeyValueStore): Readonly<Record<string, unknown>> {
  const parsed = z.record(z.string(), z.unknown()).safeParse(store.get(storeKey));
  return parsed.success ? parsed.data : {};
}
