import { checkServers } from '../contract/check-servers.ts';
import { noPolicies, type Policies } from '../contract/policy.ts';
import { fieldNames, type ServerField } from '../contract/server-fields.ts';
import type { Profile, ServerProblem } from '../contract/server-rules.ts';
import type { AdminServer } from './admin-file.ts';
import type { IniReport } from './ini-report.ts';
import type { IniServer } from './read-ini-server.ts';
import { serverKeys } from './server-keys.ts';

/** By what the servers of a file are judged. */
export interface IniJudgement {
  readonly file: string;
  readonly profile: Profile;
  /** Of the file itself. */
  readonly policies: Partial<Policies>;
}

/** The servers of a file that can be used; what is wrong with each is reported at the line that says it. */
export function judgeIniServers(
  servers: readonly IniServer[],
  { file, profile, policies }: IniJudgement,
  report: IniReport,
): readonly AdminServer[] {
  const checks = checkServers(
    servers.map(({ fields }) => fields),
    { profile, policies: { ...noPolicies, ...policies } },
  );
  return servers.flatMap((server, index) => {
    const { draft, problems } = checks[index] ?? { draft: null, problems: [] };
    const own = ownProblems(server);
    for (const problem of [...own, ...problems]) reportAt(server, problem, report);
    if (server.id === null || own.length > 0 || draft === null) return [];
    return [{ id: server.id, file, line: server.section.line, draft, lines: linesOf(server) }];
  });
}

function ownProblems({ problems }: IniServer): readonly ServerProblem[] {
  return fieldNames.flatMap((field) => {
    const message = problems[field];
    return message === undefined ? [] : [{ severity: 'error' as const, field, message }];
  });
}

/** At the value, or at the heading where there is none. What could not be read at all has been reported. */
function reportAt(
  { entries, section }: IniServer,
  { severity, field, message }: ServerProblem,
  report: IniReport,
): void {
  const key = serverKeys[field];
  const entry = entries.get(key);
  if (severity === 'hint' || entry?.value === null) return;
  report[severity](entry ?? section, key, message);
}

function linesOf({ entries }: IniServer): Readonly<Partial<Record<ServerField, number>>> {
  return Object.fromEntries(
    fieldNames.flatMap((field) => {
      const entry = entries.get(serverKeys[field]);
      return entry === undefined || entry.value === '' ? [] : [[field, entry.line]];
    }),
  );
}
