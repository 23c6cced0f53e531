import type { IniEntry, IniSection } from './parse-ini.ts';
import type { IniReport } from './ini-report.ts';

/** The keys of a section. `later`: part of the format, but not obeyed by this version. */
export interface KnownKeys {
  readonly used: readonly string[];
  readonly later: readonly string[];
}

/** The keys of one section that may be obeyed. */
export interface SectionValues {
  readonly entries: ReadonlyMap<string, IniEntry>;
  /** Whether everything that may matter could be read. */
  readonly sound: boolean;
}

const secret = /pass|secret|token|private|(?:^|_)pin(?:_|$)/;

/** Picks the keys of a section that are known, and reports the others, the repeated and the secret ones. */
export function sectionValues(section: IniSection, known: KnownKeys, report: IniReport): SectionValues {
  const entries = new Map<string, IniEntry>();
  let sound = !section.damaged;
  for (const entry of section.entries) {
    const first = entries.get(entry.key);
    if (secret.test(entry.key)) {
      report.error(
        entry.line,
        entry.key,
        'Secrets do not belong in this file, which everybody can read. Remove the line.',
      );
      sound = false;
    } else if (first !== undefined) {
      report.error(
        entry.line,
        entry.key,
        `It stands on line ${first.line} already, so nobody can say which one is meant. Keep one.`,
      );
      sound = false;
    } else if (known.used.includes(entry.key)) {
      entries.set(entry.key, entry);
      sound &&= entry.value !== null;
    } else {
      warnUnused(entry, section, known, report);
    }
  }
  return { entries, sound };
}

function warnUnused(entry: IniEntry, section: IniSection, known: KnownKeys, report: IniReport): void {
  if (!known.later.includes(entry.key)) {
    const reason = `[${section.name}] has no such key, so it is not used. It has: ${known.used.join(', ')}.`;
    report.warning(entry.line, entry.key, reason);
  } else if (entry.value !== '') {
    report.warning(entry.line, entry.key, 'It is not used by this version.');
  }
}

/** yes/no, true/false, on/off, 1/0; an empty or missing one is `preset`, any other is reported and `null`. */
export function booleanIn(
  values: SectionValues,
  key: string,
  preset: boolean,
  report: IniReport,
): boolean | null {
  const entry = values.entries.get(key);
  if (entry?.value === null) return null;
  const written = entry?.value.toLowerCase() ?? '';
  if (entry === undefined || written === '') return preset;
  if (['yes', 'true', 'on', '1'].includes(written)) return true;
  if (['no', 'false', 'off', '0'].includes(written)) return false;
  report.error(entry.line, key, 'It is neither yes nor no. Write yes or no.');
  return null;
}
