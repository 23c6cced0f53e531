import { LinkDraft, LinkId } from '../contract/link.ts';
import type { AdminLink } from './admin-file.ts';
import { iniKeys } from './ini-keys.ts';
import type { IniReport } from './ini-report.ts';
import type { IniSection } from './parse-ini.ts';
import { sectionValues, type SectionValues } from './section-values.ts';

const required = ['source', 'target', 'direction'];

/** The link that a `[link:ID]` section describes; `null`: it can't be used, and the report says why. */
export function readIniLink(
  section: IniSection,
  idAsWritten: string,
  { file, report }: { readonly file: string; readonly report: IniReport },
): AdminLink | null {
  const id = readId(section, idAsWritten, report);
  const values = sectionValues(section, iniKeys.link, report);
  if (!isComplete(section, values, report)) return null;
  const draft = readDraft(section, values, report);
  if (id === null || draft === null || !values.sound) return null;
  return { id, file, line: section.line, draft };
}

function readId(section: IniSection, idAsWritten: string, report: IniReport): LinkId | null {
  if (/^[A-Za-z0-9._-]{1,64}$/.test(idAsWritten)) return LinkId.parse(`admin:${idAsWritten}`.slice(0, 64));
  const reason =
    'What stands behind “link:” has 1 to 64 ASCII letters, digits, dots, hyphens and underscores. Correct it.';
  report.error(section, section.name, reason);
  return null;
}

function isComplete(section: IniSection, { entries }: SectionValues, report: IniReport): boolean {
  const missing = required.filter((key) => (entries.get(key)?.value ?? '') === '');
  for (const key of missing) {
    // What could not be read has been reported.
    if (entries.get(key)?.value === null) continue;
    report.error(section, key, `[${section.name}] needs ${key}. Add a line ${key}=…`);
  }
  return missing.length === 0;
}

function readDraft(section: IniSection, { entries }: SectionValues, report: IniReport): LinkDraft | null {
  const written = Object.fromEntries(
    [...entries.values()].flatMap(({ key, value }) => (value === null || value === '' ? [] : [[key, value]])),
  );
  const parsed = LinkDraft.safeParse({ ...written, direction: written['direction']?.toLowerCase() });
  for (const issue of parsed.error?.issues ?? []) {
    const key = String(issue.path[0]);
    report.error(entries.get(key) ?? section, key, issue.message);
  }
  return parsed.data ?? null;
}
