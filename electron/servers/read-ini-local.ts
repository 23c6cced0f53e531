import type { z } from 'zod';
import { AeTitle } from '../contract/ae-title.ts';
import { PortInText } from '../contract/server.ts';
import { SettingsDraft } from '../contract/settings.ts';
import type { AdminLocal, AdminLocalValue } from '../settings/index.ts';
import type { IniReport } from './ini-report.ts';
import type { IniSection } from './parse-ini.ts';
import { booleanIn, sectionValues, type KnownKeys, type SectionValues } from './section-values.ts';

const localKeys: KnownKeys = { used: ['ae_title', 'listen_port', 'listen_address'], later: ['listen_tls'] };
const policyKeys: KnownKeys = {
  used: ['lock_local_ae', 'lock_listener'],
  later: ['allow_user_servers', 'require_tls', 'hide_send'],
};

/** What `[local]` and `[policy]` say about this viewer: defaults, and which of them are locked. */
export function readIniLocal(
  local: IniSection | null,
  policy: IniSection | null,
  report: IniReport,
): AdminLocal {
  const values = local === null ? noValues : sectionValues(local, localKeys, report);
  const policies = policy === null ? noValues : sectionValues(policy, policyKeys, report);
  const aeLocked = booleanIn(policies, 'lock_local_ae', false, report) ?? false;
  const listenerLocked = booleanIn(policies, 'lock_listener', false, report) ?? false;

  const value = <Schema extends FromText>(key: string, schema: Schema, locked: boolean) =>
    valueIn(values, key, { schema, locked }, report);
  const read: AdminLocal = {
    aeTitle: value('ae_title', AeTitle, aeLocked),
    listenPort: value('listen_port', PortInText, listenerLocked),
    listenAddress: value('listen_address', SettingsDraft.shape.listenAddress, listenerLocked),
  };

  if (aeLocked && read.aeTitle === null) warnIdleLock('lock_local_ae', 'ae_title');
  if (listenerLocked && read.listenPort === null && read.listenAddress === null) {
    warnIdleLock('lock_listener', 'listen_port and listen_address');
  }
  return read;

  function warnIdleLock(lock: string, keys: string): void {
    const line = policies.entries.get(lock)?.line ?? 1;
    report.warning(
      line,
      lock,
      `It locks nothing, because [local] has no usable ${keys}. Add what is to be locked.`,
    );
  }
}

type FromText = z.ZodType<unknown, string>;

const noValues: SectionValues = { entries: new Map(), sound: true };

function valueIn<Schema extends FromText>(
  values: SectionValues,
  key: string,
  { schema, locked }: { readonly schema: Schema; readonly locked: boolean },
  report: IniReport,
): AdminLocalValue<z.output<Schema>> | null {
  const entry = values.entries.get(key);
  if (entry === undefined || entry.value === null || entry.value === '') return null;
  const parsed = schema.safeParse(entry.value);
  if (parsed.success) return { value: parsed.data, line: entry.line, locked };
  report.error(entry.line, key, parsed.error.issues[0]?.message ?? 'It can’t be used.');
  return null;
}
