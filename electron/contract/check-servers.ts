import { judgeFields } from './check-server.ts';
import { noPolicies, type Policies } from './policy.ts';
import type { ServerFields } from './server-fields.ts';
import { clashesWith } from './server-neighbours.ts';
import type { Profile, ServerProblem } from './server-rules.ts';
import { siteProblems } from './site-rules.ts';
import type { ServerDraft } from './server.ts';

/** One server that was judged. */
export interface ServerCheck {
  /** `null`: it has an error. */
  readonly draft: ServerDraft | null;
  readonly problems: readonly ServerProblem[];
}

/**
 * The one judge of servers, whoever wrote them: form, administrator's file, CSV, paste, command line,
 * or an earlier version of this program. Each is judged for itself, then beside `others` and those
 * before it.
 */
export function checkServers(
  candidates: readonly ServerFields[],
  options: {
    readonly profile: Profile;
    /** Records that are there already and stay. */
    readonly others?: readonly ServerDraft[];
    /** What the administrator decided; nothing unless given. */
    readonly policies?: Policies;
  },
): readonly ServerCheck[] {
  const { profile, others = [], policies = noPolicies } = options;
  const neighbours: ServerDraft[] = [...others];
  return candidates.map((fields) => {
    const judged = judgeFields(fields, profile);
    const local = siteProblems(fields, policies).filter(
      ({ field }) => !judged.problems.some((each) => each.field === field && each.severity === 'error'),
    );
    const problems = [...judged.problems, ...local];
    const draft = local.length === 0 ? judged.draft : null;
    if (draft === null) return { draft, problems };
    const clashes = clashesWith(draft, neighbours, profile);
    neighbours.push(draft);
    const isRefused = clashes.some(({ severity }) => severity === 'error');
    return { draft: isRefused ? null : draft, problems: [...problems, ...clashes] };
  });
}
