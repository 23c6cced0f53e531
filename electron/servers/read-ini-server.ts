import {
  checkServerFields,
  type ServerField,
  type ServerFields,
  type ServerProblems,
} from '../contract/check-server.ts';
import { ServerDraft, ServerId } from '../contract/server.ts';
import type { AdminServer } from './admin-file.ts';
import type { IniReport } from './ini-report.ts';
import type { IniSection } from './parse-ini.ts';
import { booleanIn, sectionValues, type KnownKeys, type SectionValues } from './section-values.ts';

/** Which key of the file fills which field of the form. */
const keyOf: Readonly<Record<ServerField, string>> = {
  name: 'name',
  aeTitle: 'ae',
  host: 'host',
  port: 'port',
  listenPort: 'listen_port',
  preferredCompression: 'compression',
  description: 'description',
  tls: 'tls',
  verifyCertificate: 'verify',
};

const serverFields = ServerDraft.keyof().options;
const required: readonly ServerField[] = ['name', 'aeTitle', 'host', 'port'];

const serverKeys: KnownKeys = {
  used: Object.values(keyOf),
  later: ['calling_ae', 'retrieve', 'charset', 'ca', 'client_cert', 'roles', 'max_associations'],
};

/** The server that a `[server:ID]` section describes; `null`: it can't be used, and the report says why. */
export function readIniServer(
  section: IniSection,
  idAsWritten: string,
  report: IniReport,
): AdminServer | null {
  const id = readId(section, idAsWritten, report);
  const values = sectionValues(section, serverKeys, report);
  const complete = reportMissing(section, values, report);
  const tls = tlsIn(values, report);
  const verifyCertificate = booleanIn(values, keyOf.verifyCertificate, true, report);
  const checked = checkServerFields({
    ...textFields(values),
    tls: tls ?? false,
    verifyCertificate: verifyCertificate ?? true,
  });
  if ('problems' in checked) {
    reportProblems(checked.problems, values, report);
    return null;
  }
  if (id === null || !values.sound || !complete || tls === null || verifyCertificate === null) return null;
  return { id, line: section.line, draft: checked.draft };
}

function readId(section: IniSection, idAsWritten: string, report: IniReport): ServerId | null {
  if (/^[A-Za-z0-9._-]{1,64}$/.test(idAsWritten)) return ServerId.parse(idAsWritten);
  report.error(
    section.line,
    section.name,
    'What stands behind “server:” has 1 to 64 ASCII letters, digits, dots, hyphens and underscores. Correct it.',
  );
  return null;
}

function textFields(values: SectionValues): Omit<ServerFields, 'tls' | 'verifyCertificate'> {
  const text = (field: ServerField): string => values.entries.get(keyOf[field])?.value ?? '';
  return {
    name: text('name'),
    aeTitle: text('aeTitle'),
    host: text('host'),
    port: text('port'),
    listenPort: text('listenPort'),
    preferredCompression: text('preferredCompression') || 'as-stored',
    description: text('description'),
  };
}

/** `null`: it can't be obeyed, which has been reported. */
function tlsIn(values: SectionValues, report: IniReport): boolean | null {
  const entry = values.entries.get(keyOf.tls);
  if (entry?.value === null) return null;
  switch (entry?.value.toLowerCase() ?? '') {
    case '':
    case 'off':
      return false;
    case 'anonymous':
      return true;
    case 'mutual':
      report.error(
        entry?.line ?? 0,
        keyOf.tls,
        'TLS with a client certificate (mutual) is not available in this version. Use anonymous, at a port that allows it.',
      );
      return null;
    default:
      report.error(entry?.line ?? 0, keyOf.tls, 'It is one of: off, anonymous, mutual.');
      return null;
  }
}

function reportMissing(section: IniSection, values: SectionValues, report: IniReport): boolean {
  const missing = required.map((field) => keyOf[field]).filter((key) => !values.entries.has(key));
  for (const key of missing) {
    report.error(section.line, key, `[${section.name}] needs ${key}. Add a line ${key}=…`);
  }
  return missing.length === 0;
}

function reportProblems(problems: ServerProblems, values: SectionValues, report: IniReport): void {
  for (const field of serverFields) {
    const entry = values.entries.get(keyOf[field]);
    const problem = problems[field];
    // What is missing or could not be read has been reported where it was noticed.
    if (problem !== undefined && entry !== undefined && entry.value !== null) {
      report.error(entry.line, entry.key, problem);
    }
  }
}
