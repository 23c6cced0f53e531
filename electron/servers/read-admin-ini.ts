import { readFileSync, statSync } from 'node:fs';
import type { AdminFile, AdminServer } from './admin-file.ts';
import { decodeIni } from './decode-ini.ts';
import type { Environment } from './expand-variables.ts';
import { iniReport, type IniReport } from './ini-report.ts';
import { parseIni, type IniSection } from './parse-ini.ts';
import { readIniLocal } from './read-ini-local.ts';
import { readIniServer } from './read-ini-server.ts';
import { sectionValues, type KnownKeys } from './section-values.ts';

const largestFileBytes = 1024 * 1024;

/** Reads and decodes the file, then as `readAdminIni`. A file that can't be read is a problem on line 1. */
export function loadAdminIni(file: string, env: Environment): AdminFile {
  try {
    // Asked first, so that a huge file or a folder is not read.
    const { size } = statSync(file);
    if (size > largestFileBytes)
      return unreadable(file, 'The file has more than 1 MB, so it is not read. Check its path.');
    return readAdminIni(file, decodeIni(readFileSync(file)), env);
  } catch (thrown) {
    const code: unknown = thrown instanceof Error ? Reflect.get(thrown, 'code') : null;
    return unreadable(file, unreadableReason(code));
  }
}

/**
 * Reads the administrator's servers and settings. Never throws: a bad value takes out the server it
 * stands in and is reported with its line, everything else is used.
 */
export function readAdminIni(file: string, text: string, env: Environment): AdminFile {
  const report = iniReport(file);
  const sections = withoutRepeated(parseIni(text.replace(/^\uFEFF/, ''), env, report), report);
  const one = (name: string): IniSection | null => sections.find((section) => section.name === name) ?? null;

  checkFileSection(one('file'), report);
  const local = readIniLocal(one('local'), one('policy'), report);
  const servers = sections.flatMap((section) => readSection(section, report) ?? []);
  return { file, servers, local, problems: report.problems() };
}

function readSection(section: IniSection, report: IniReport): AdminServer | null {
  if (['file', 'policy', 'local'].includes(section.name)) return null;
  if (section.name.startsWith('server:')) {
    return readIniServer(section, section.name.slice('server:'.length), report);
  }
  const reason =
    'There is no such section, so its lines are not used. The sections are [file], [policy], [local] and [server:ID].';
  report.warning(section.line, section.name, reason);
  return null;
}

/** Section names without regard to case and inner spaces, IDs as written; of two alike the first counts. */
function withoutRepeated(sections: readonly IniSection[], report: IniReport): readonly IniSection[] {
  const byName = new Map<string, IniSection>();
  for (const section of sections) {
    const name = normalName(section.name);
    const first = byName.get(name);
    if (first === undefined) byName.set(name, { ...section, name });
    else {
      const reason = `[${name}] stands on line ${first.line} already, so this one is not used. Keep one, or give a server another ID.`;
      report.error(section.line, name, reason);
    }
  }
  return [...byName.values()];
}

function normalName(written: string): string {
  const [, kind, id] = /^([^:]*?)\s*:\s*(.*)$/s.exec(written) ?? [];
  return kind === undefined || id === undefined ? written.toLowerCase() : `${kind.toLowerCase()}:${id}`;
}

const fileKeys: KnownKeys = { used: ['version', 'site', 'issued', 'contact'], later: [] };

/** Only the version is obeyed; the site, date and contact are for people who open the file. */
function checkFileSection(section: IniSection | null, report: IniReport): void {
  const version =
    section === null ? undefined : sectionValues(section, fileKeys, report).entries.get('version');
  if (version === undefined) {
    report.warning(
      section?.line ?? 1,
      'version',
      'The file does not say which version of the format it has. Add version=1 to [file].',
    );
  } else if (version.value !== null && version.value !== '1') {
    report.error(
      version.line,
      'version',
      'This program reads version 1 of the format; what it knows of this file is used. Update the program, or write version=1.',
    );
  }
}

function unreadable(file: string, reason: string): AdminFile {
  const report = iniReport(file);
  report.error(1, '', reason);
  return { file, servers: [], local: readIniLocal(null, null, report), problems: report.problems() };
}

function unreadableReason(code: unknown): string {
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'There is no such file. Check the path it is looked for at.';
    case 'EACCES':
    case 'EPERM':
      return 'This program may not read the file. Give everybody the right to read it.';
    case 'EISDIR':
      return 'This is a folder. Name the file in it.';
    default:
      return 'The file can’t be read. Check the disk or network drive it is on.';
  }
}
