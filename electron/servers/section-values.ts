import type { IniEntry, IniSection } from './parse-ini.ts';
import type { IniReport } from './ini-report.ts';

/** The keys of one section that may be obeyed. */
export interface SectionValues {
  readonly entries: ReadonlyMap<string, IniEntry>;
  /** Whether everything that may matter could be read. */
  readonly sound: boolean;
}

export const noValues: SectionValues = { entries: new Map(), sound: true };

const secret = /pass|secret|token|private|(?:^|_)pin(?:_|$)/;

/** Picks the keys of a section that are known, and reports the others, the repeated and the secret ones. */
export function sectionValues(
  section: IniSection,
  known: readonly string[],
  report: IniReport,
): SectionValues {
  const entries = new Map<string, IniEntry>();
  let sound = !section.damaged;
  for (const entry of section.entries) {
    const first = entries.get(entry.key);
    const refusal = refusalOf(entry, first);
    if (refusal !== null) {
      report.error(keyOf(entry), entry.key, refusal);
      sound = false;
    } else if (known.includes(entry.key)) {
      entries.set(entry.key, entry);
      sound &&= entry.value !== null;
    } else {
      warnUnused(entry, section, known, report);
    }
  }
  return { entries, sound };
}

function refusalOf({ key }: IniEntry, first: IniEntry | undefined): string | null {
  if (secret.test(key)) {
    return 'Secrets do not belong in this file, which everybody can read. Remove the line.';
  }
  if (first === undefined) return null;
  return `It stands on line ${first.line} already, so nobody can say which one is meant. Keep one.`;
}

function warnUnused(entry: IniEntry, section: IniSection, known: readonly string[], report: IniReport): void {
  const reason = `[${section.name}] has no such key, so it is not used. It has: ${known.join(', ')}.`;
  report.warning(keyOf(entry), entry.key, reason);
}

function keyOf({ line, keyColumn }: IniEntry): { readonly line: number; readonly column: number } {
  return { line, column: keyColumn };
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
  if (entry === undefined || entry.value === '') return preset;
  const read = yesOrNo(entry.value);
  if (read === null) report.error(entry, key, yesOrNoMessage);
  return read;
}

export const yesOrNoMessage = 'It is neither yes nor no. Write yes or no.';

export function yesOrNo(text: string): boolean | null {
  const written = text.trim().toLowerCase();
  if (['yes', 'true', 'on', '1'].includes(written)) return true;
  return ['no', 'false', 'off', '0'].includes(written) ? false : null;
}
