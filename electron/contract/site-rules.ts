import type { Policies } from './policy.ts';
import type { ServerFields } from './server-fields.ts';
import type { ServerProblem } from './server-rules.ts';

type TitlePolicy = 'simple_ae_titles' | 'capital_ae_titles';

/** What a site may ask of AE titles beside the standard (PS3.5 §6.2, VR AE), the narrowest first. */
const titleRules: readonly (readonly [policy: TitlePolicy, allowed: RegExp, message: string])[] = [
  [
    'capital_ae_titles',
    /^[A-Z0-9_]*$/,
    'At this site an AE title has capital letters, digits and underscores only. Correct it.',
  ],
  [
    'simple_ae_titles',
    /^[A-Za-z0-9_-]*$/,
    'At this site an AE title has letters, digits, hyphens and underscores only. Correct it.',
  ],
];

/** What the administrator's policy finds wrong with a record that is right otherwise. */
export function siteProblems(
  fields: ServerFields,
  policies: Pick<Policies, TitlePolicy>,
): readonly ServerProblem[] {
  const rule = titleRules.find(([policy]) => policies[policy].value);
  if (rule === undefined) return [];
  const [, allowed, message] = rule;
  const titles = ['aeTitle', 'callingAeTitle'] as const;
  return titles
    .filter((field) => !allowed.test(fields[field].trim()))
    .map((field) => ({ severity: 'error', field, message }));
}
