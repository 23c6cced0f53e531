import { policyDefaults, policyNames, type Policies } from '../contract/policy.ts';
import { iniKeys, localKeyNames } from './ini-keys.ts';
import type { IniReport } from './ini-report.ts';
import type { IniSection } from './parse-ini.ts';
import { booleanIn, noValues, sectionValues, type SectionValues } from './section-values.ts';

/** What `[policy]` decides, and which keys of `[local]` are locked. */
export interface IniPolicy {
  readonly policies: Partial<Policies>;
  readonly locked: ReadonlySet<string>;
  /** The lines that lock something, for whoever finds nothing to lock. */
  readonly values: SectionValues;
}

const lockedKey = 'locked';
/** What `lock_listener` locks. */
const listenerKeys = ['listen_port', 'listen_address', 'listen_tls', 'listen_cert'] as const;

export function readIniPolicy(section: IniSection | null, file: string, report: IniReport): IniPolicy {
  const values = section === null ? noValues : sectionValues(section, iniKeys.policy, report);
  const policies = Object.fromEntries(
    policyNames.flatMap((name) => {
      const entry = values.entries.get(name);
      const value = booleanIn(values, name, policyDefaults[name], report);
      return entry === undefined || value === null || entry.value === ''
        ? []
        : [[name, { value, place: { file, line: entry.line } }]];
    }),
  );
  return {
    policies,
    values,
    locked: new Set([...lockedByPolicy(policies), ...lockedByList(values, report)]),
  };
}

function lockedByPolicy(policies: Partial<Policies>): readonly string[] {
  const names: string[] = [];
  if (policies.lock_local_ae?.value === true) names.push('ae_title');
  if (policies.lock_listener?.value === true) names.push(...listenerKeys);
  return names;
}

function lockedByList(values: SectionValues, report: IniReport): readonly string[] {
  const entry = values.entries.get(lockedKey);
  const names = (entry?.value ?? '')
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter(Boolean);
  const lockable: readonly string[] = localKeyNames;
  const unknown = names.find((name) => !lockable.includes(name));
  if (entry !== undefined && unknown !== undefined) {
    const reason = `[local] has no key “${unknown}”, so it locks nothing. It has: ${localKeyNames.join(', ')}.`;
    report.error(entry, lockedKey, reason);
  }
  return names;
}
