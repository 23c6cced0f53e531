import type { Place, PolicyName } from './policy.ts';

/** What may be asked of a server. */
export const actionNames = ['query', 'retrieve', 'send', 'test'] as const;
export type ActionName = (typeof actionNames)[number];

/** Why something may not be asked of a server. */
export type BlockReason =
  | { readonly kind: 'policy'; readonly policy: PolicyName; readonly file: string; readonly line: number }
  | UseReason;

export type UseReason =
  /** `of`: its own status, or that of the links which would allow it. */
  | {
      readonly kind: 'status';
      readonly of: 'server' | 'link';
      readonly status: 'planned' | 'obsolete';
      readonly replacedBy: string | null;
    }
  /** What it is used for is written down without this; `place`: the administrator's line, `null`: the person's own entry. */
  | { readonly kind: 'ability'; readonly place: Place | null }
  /** It only calls others. */
  | { readonly kind: 'role' }
  /** Links to it are written down, and none of them is for this. */
  | { readonly kind: 'link' };

/** It is allowed, and somebody should know that it will end. */
export interface Deprecation {
  readonly of: 'server' | 'link';
  /** Name of the server that takes its place; `null`: none is known. */
  readonly replacedBy: string | null;
}

export interface AllowedActions {
  readonly query: boolean;
  readonly retrieve: boolean;
  readonly send: boolean;
  readonly test: boolean;
  /** A reason for each that is not allowed. */
  readonly why: Readonly<Partial<Record<ActionName, BlockReason>>>;
  readonly deprecated: Deprecation | null;
}

/** Nothing stands in the way. */
export const everyAction: AllowedActions = {
  query: true,
  retrieve: true,
  send: true,
  test: true,
  why: {},
  deprecated: null,
};
