import type { Profile } from '../contract/server-rules.ts';
import type { FileAbout } from '../contract/effective-configuration.ts';
import type { AdminFile, NamedCertificate } from './admin-file.ts';
import type { Environment } from './expand-variables.ts';
import { iniKeys } from './ini-keys.ts';
import { iniReport, type IniReport } from './ini-report.ts';
import { judgeIniServers } from './judge-ini-servers.ts';
import { withNamedCertificates } from './named-certificates.ts';
import { parseIni, type IniSection } from './parse-ini.ts';
import { readIniLink } from './read-ini-link.ts';
import { readIniLocal } from './read-ini-local.ts';
import { readIniPolicy } from './read-ini-policy.ts';
import { readIniServer, type IniServer } from './read-ini-server.ts';
import { sectionValues } from './section-values.ts';

/**
 * Reads the administrator's servers and settings. Never throws: a bad value takes out the server it
 * stands in and is reported with its line and column, everything else is used.
 */
export function readAdminIni(
  file: string,
  text: string,
  env: Environment,
  profile: Profile | null = null,
): AdminFile {
  const report = iniReport(file);
  const sections = withoutRepeated(parseIni(text.replace(/^\uFEFF/, ''), env, report), report);
  const one = (name: string): IniSection | null => sections.find((section) => section.name === name) ?? null;

  const about = readFileSection(one('file'), report);
  const policy = readIniPolicy(one('policy'), file, report);
  const { local, named: ours } = readIniLocal(one('local'), policy, { file, report });
  const certificates: NamedCertificate[] = [...ours];
  const servers = sections.flatMap((section): readonly IniServer[] => {
    if (!section.name.startsWith('server:')) return [];
    const read = readIniServer(section, section.name.slice('server:'.length), report);
    const { server, named } = withNamedCertificates(read, file, report);
    certificates.push(...named);
    return [server];
  });
  const links = sections.flatMap((section) =>
    section.name.startsWith('link:')
      ? (readIniLink(section, section.name.slice('link:'.length), { file, report }) ?? [])
      : [],
  );
  warnUnknown(sections, report);
  const strict = policy.policies.strict?.value === true ? 'strict' : 'plain';
  return {
    file,
    servers: judgeIniServers(
      servers,
      { file, profile: profile ?? strict, policies: policy.policies },
      report,
    ),
    links,
    local,
    policies: policy.policies,
    about,
    certificates,
    problems: report.problems(),
  };
}

function warnUnknown(sections: readonly IniSection[], report: IniReport): void {
  const reason =
    'There is no such section, so its lines are not used. The sections are [file], [policy], [local], [server:ID] and [link:ID].';
  for (const section of sections) {
    const isKnown = /^(?:file|policy|local|server:.*|link:.*)$/s.test(section.name);
    if (!isKnown) report.warning(section, section.name, reason);
  }
}

/** Section names without regard to case and inner spaces, IDs as written; of two alike the first counts. */
function withoutRepeated(sections: readonly IniSection[], report: IniReport): readonly IniSection[] {
  const byName = new Map<string, IniSection>();
  for (const section of sections) {
    const name = normalName(section.name);
    const first = byName.get(name);
    if (first === undefined) byName.set(name, { ...section, name });
    else {
      const reason = `[${name}] stands on line ${first.line} already, so this one is not used. Keep one, or give it another ID.`;
      report.error(section, name, reason);
    }
  }
  return [...byName.values()];
}

function normalName(written: string): string {
  const [, kind, id] = /^([^:]*?)\s*:\s*(.*)$/s.exec(written) ?? [];
  return kind === undefined || id === undefined ? written.toLowerCase() : `${kind.toLowerCase()}:${id}`;
}

/** Only the version is obeyed; the rest is for people who want to know whose file it is. */
function readFileSection(section: IniSection | null, report: IniReport): FileAbout {
  const entries = section === null ? null : sectionValues(section, iniKeys.file, report).entries;
  const version = entries?.get('version');
  if (version === undefined) {
    const reason = 'The file does not say which version of the format it has. Add version=1 to [file].';
    report.warning(section ?? 1, 'version', reason);
  } else if (version.value !== null && version.value !== '1') {
    const reason =
      'This program reads version 1 of the format; what it knows of this file is used. Update the program, or write version=1.';
    report.error(version, 'version', reason);
  }
  const said = (key: string): string => (entries?.get(key)?.value ?? '').slice(0, 64);
  return { site: said('site'), issued: said('issued'), contact: said('contact') };
}
