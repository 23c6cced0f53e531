import type { ServerFields, ServerProblems } from '../contract/server-fields.ts';
import { ServerId } from '../contract/server.ts';
import { ownAe } from '../contract/link.ts';
import { iniKeys, keyFileKeys } from './ini-keys.ts';
import type { IniReport } from './ini-report.ts';
import type { IniEntry, IniSection } from './parse-ini.ts';
import { sectionValues } from './section-values.ts';
import { readServerTexts } from './server-texts.ts';

/** What a `[server:ID]` section says, before it is judged. */
export interface IniServer {
  /** `null`: it can't be used, whatever else is right. */
  readonly id: ServerId | null;
  readonly section: IniSection;
  readonly entries: ReadonlyMap<string, IniEntry>;
  readonly fields: ServerFields;
  readonly problems: ServerProblems;
  /** The private key of `client_cert`, where it is a file of its own. */
  readonly keyFile: IniEntry | null;
}

export function readIniServer(section: IniSection, idAsWritten: string, report: IniReport): IniServer {
  const id = readId(section, idAsWritten, report);
  const { entries, sound } = sectionValues(section, iniKeys.server, report);
  const read = readServerTexts((key) => entries.get(key)?.value ?? '');
  return {
    ...read,
    id: sound ? id : null,
    section,
    entries,
    keyFile: entries.get(keyFileKeys.client) ?? null,
  };
}

function readId(section: IniSection, idAsWritten: string, report: IniReport): ServerId | null {
  if (idAsWritten === ownAe) {
    const reason = `“${ownAe}” stands for this viewer itself. Give the server another ID.`;
    report.error(section, section.name, reason);
    return null;
  }
  if (/^[A-Za-z0-9._-]{1,64}$/.test(idAsWritten)) return ServerId.parse(idAsWritten);
  report.error(
    section,
    section.name,
    'What stands behind “server:” has 1 to 64 ASCII letters, digits, dots, hyphens and underscores. Correct it.',
  );
  return null;
}
