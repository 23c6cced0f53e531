import { posix, win32 } from 'node:path';
import { z } from 'zod';
import { AeTitle } from '../contract/ae-title.ts';
import { PortInText } from '../contract/check-server.ts';
import { SettingsDraft } from '../contract/settings.ts';
import type { AdminLocal, AdminLocalValue } from '../settings/index.ts';
import type { NamedCertificate } from './admin-file.ts';
import { iniKeys } from './ini-keys.ts';
import type { IniReport } from './ini-report.ts';
import { adminCertificateId, namedForListener } from './named-certificates.ts';
import type { IniSection } from './parse-ini.ts';
import type { IniPolicy } from './read-ini-policy.ts';
import { noValues, sectionValues, yesOrNo, yesOrNoMessage, type SectionValues } from './section-values.ts';

const ArchiveFolder = z
  .string()
  .refine(
    (path) => posix.isAbsolute(path) || win32.isAbsolute(path),
    'The archive folder is a whole path, such as D:\\DICOM or /var/lib/dicom. Write it out.',
  );

const YesOrNo = z.string().transform(yesOrNo).pipe(z.boolean(yesOrNoMessage));

/** What `[local]` says about this viewer: defaults, and those that are locked. */
export function readIniLocal(
  local: IniSection | null,
  policy: IniPolicy,
  { file, report }: { readonly file: string; readonly report: IniReport },
): { readonly local: AdminLocal; readonly named: readonly NamedCertificate[] } {
  const values = local === null ? noValues : sectionValues(local, iniKeys.local, report);
  const value = <Schema extends FromText>(key: string, schema: Schema) =>
    valueIn({ values, key, file, locked: policy.locked.has(key) }, schema, report);
  const shown = namedForListener(values, file, report);
  const read: AdminLocal = {
    aeTitle: value('ae_title', AeTitle),
    listenPort: value('listen_port', PortInText),
    listenAddress: value('listen_address', SettingsDraft.shape.listenAddress),
    listenTls: value('listen_tls', YesOrNo),
    listenCertificate: shown === null ? null : value('listen_cert', z.string().transform(adminCertificateId)),
    unknownClasses: value('unknown_classes', YesOrNo),
    archiveFolder: value('archive_folder', ArchiveFolder),
  };
  warnIdleLocks(read, policy, report);
  warnNothingShown(read, values, report);
  return { local: read, named: shown === null ? [] : [shown] };
}

/** What a lock is for; `locked` names single keys. */
const locks: readonly (readonly [lock: string, names: readonly (keyof AdminLocal)[], keys: string])[] = [
  ['lock_local_ae', ['aeTitle'], 'ae_title'],
  [
    'lock_listener',
    ['listenPort', 'listenAddress', 'listenTls', 'listenCertificate'],
    'listen_port, listen_address, listen_tls and listen_cert',
  ],
];

function warnIdleLocks(read: AdminLocal, { policies, values }: IniPolicy, report: IniReport): void {
  for (const [lock, names, keys] of locks) {
    const entry = values.entries.get(lock);
    const isLocked = Object.entries(policies).some(([name, { value }]) => name === lock && value);
    if (entry === undefined || !isLocked || names.some((name) => read[name] !== null)) continue;
    const reason = `It locks nothing, because [local] has no usable ${keys}. Add what is to be locked.`;
    report.warning({ line: entry.line, column: entry.keyColumn }, lock, reason);
  }
}

function warnNothingShown(
  { listenTls, listenCertificate }: AdminLocal,
  values: SectionValues,
  report: IniReport,
): void {
  const entry = values.entries.get('listen_tls');
  if (entry === undefined || listenTls?.value !== true || listenCertificate !== null) return;
  const reason =
    'Nothing listens until each person has chosen a certificate. Put one beside this file, and name it with listen_cert.';
  report.warning(entry, 'listen_tls', reason);
}

type FromText = z.ZodType<unknown, string>;

interface Sought {
  readonly values: SectionValues;
  readonly key: string;
  readonly file: string;
  readonly locked: boolean;
}

function valueIn<Schema extends FromText>(
  { values, key, file, locked }: Sought,
  schema: Schema,
  report: IniReport,
): AdminLocalValue<z.output<Schema>> | null {
  const entry = values.entries.get(key);
  if (entry === undefined || entry.value === null || entry.value === '') return null;
  const parsed = schema.safeParse(entry.value);
  if (parsed.success) return { value: parsed.data, file, line: entry.line, locked };
  report.error(entry, key, parsed.error.issues[0]?.message ?? 'It can’t be used.');
  return null;
}
