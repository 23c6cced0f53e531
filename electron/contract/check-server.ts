import {
  fieldNames,
  readServerFields,
  type ServerField,
  type ServerFields,
  type ServerProblems,
} from './server-fields.ts';
import { brokenRules, type Profile, type ServerProblem } from './server-rules.ts';
import type { ServerDraft } from './server.ts';

export { PortInText, type ServerField, type ServerFields, type ServerProblems } from './server-fields.ts';

/** The check of one server as a person wrote it, for itself: the record, or what is wrong with it. */
export function checkServerFields(
  fields: ServerFields,
): { readonly draft: ServerDraft } | { readonly problems: ServerProblems } {
  const { draft, problems } = judgeFields(fields, 'plain');
  if (draft !== null) return { draft };
  const errors: Partial<Record<ServerField, string>> = {};
  for (const { severity, field, message } of problems) if (severity === 'error') errors[field] ??= message;
  return { problems: errors };
}

/** Every field for itself and beside the others of the record, in the order of the form. */
export function judgeFields(
  fields: ServerFields,
  profile: Profile,
): { readonly draft: ServerDraft | null; readonly problems: readonly ServerProblem[] } {
  const read = readServerFields(fields);
  const unreadable: Partial<ServerProblems> = 'problems' in read ? read.problems : {};
  const broken = brokenRules(fields, profile).filter(({ field }) => unreadable[field] === undefined);
  const problems = fieldNames.flatMap((field): readonly ServerProblem[] => {
    const message = unreadable[field];
    const own: readonly ServerProblem[] =
      message === undefined ? [] : [{ severity: 'error', field, message }];
    return [...own, ...broken.filter((problem) => problem.field === field)];
  });
  const isUsable = problems.every(({ severity }) => severity !== 'error');
  return { draft: isUsable && 'draft' in read ? read.draft : null, problems };
}
