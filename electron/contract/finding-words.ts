import type { Finding } from './connection-test.ts';
import type { Owner } from './test-parties.ts';

/** Words with `{server}`, `{ae}`, `{place}` and the like where the names belong. */
export interface FindingWords {
  readonly cause: string;
  readonly explanation: string;
  readonly owner: Owner;
  readonly action: string;
  readonly message?: { readonly to: 'network' | 'administrator'; readonly request: string };
}

/** The finding of this kind. */
export type FindingOf<Kind extends Finding['kind']> = Extract<Finding, { kind: Kind }>;
