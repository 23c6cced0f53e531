import { ownAe, type Direction, type LinkDraft, type LinkEnd } from './link.ts';
import type { Severity } from './server-rules.ts';
import type { ServerDraft } from './server.ts';
import type { ServerId } from './server-id.ts';

/** What can be done about a wrong link without a thought. */
export type LinkFix =
  | { readonly kind: 'swap-ends' }
  | { readonly kind: 'set-direction'; readonly direction: Direction }
  | { readonly kind: 'remove' }
  /** Declare that the server is both. */
  | { readonly kind: 'set-role-both'; readonly serverId: ServerId };

export interface LinkProblem {
  readonly severity: Severity;
  readonly rule: 'same-ends' | 'source-is-scp' | 'target-is-scu' | 'repeated' | 'unknown-end';
  readonly field: 'source' | 'target' | 'direction';
  readonly message: string;
  readonly fixes: readonly LinkFix[];
}

type Known = Pick<ServerDraft, 'name' | 'role'> & { readonly id: ServerId };

/** Whether a link can be as it is written, beside the servers and the links that are there. */
export function checkLink(
  link: LinkDraft,
  { servers, others }: { readonly servers: readonly Known[]; readonly others: readonly LinkDraft[] },
): readonly LinkProblem[] {
  const find = (end: LinkEnd): Known | null => servers.find(({ id }) => id === end) ?? null;
  const source = find(link.source);
  const target = find(link.target);
  return [
    ...unknownEnd('source', link.source, source),
    ...unknownEnd('target', link.target, target),
    ...sameEnds(link),
    ...(source?.role === 'scp' ? [sourceIsScp(source)] : []),
    ...(target?.role === 'scu' ? [targetIsScu(target)] : []),
    ...repeated(link, others),
  ];
}

function unknownEnd(field: 'source' | 'target', end: LinkEnd, found: Known | null): readonly LinkProblem[] {
  if (end === ownAe || found !== null) return [];
  const message = `There is no server “${end}”. Choose one of the list, or “${ownAe}” for this viewer.`;
  return [{ severity: 'error', rule: 'unknown-end', field, message, fixes: [{ kind: 'remove' }] }];
}

function sameEnds({ source, target }: LinkDraft): readonly LinkProblem[] {
  if (source !== target) return [];
  const message = 'The link begins and ends at the same place. Choose another source or target.';
  return [{ severity: 'error', rule: 'same-ends', field: 'target', message, fixes: [{ kind: 'remove' }] }];
}

function sourceIsScp({ id, name }: Known): LinkProblem {
  const message = `“${name}” only answers (SCP), so nothing begins at it. Swap the ends, or declare its role as both.`;
  return {
    severity: 'error',
    rule: 'source-is-scp',
    field: 'source',
    message,
    fixes: [{ kind: 'swap-ends' }, { kind: 'set-role-both', serverId: id }],
  };
}

function targetIsScu({ id, name }: Known): LinkProblem {
  const message = `“${name}” only calls (SCU), so nothing can be asked of it. Swap the ends, or declare its role as both.`;
  return {
    severity: 'error',
    rule: 'target-is-scu',
    field: 'target',
    message,
    fixes: [{ kind: 'swap-ends' }, { kind: 'set-role-both', serverId: id }],
  };
}

function repeated(link: LinkDraft, others: readonly LinkDraft[]): readonly LinkProblem[] {
  const twin = others.find(
    (other) =>
      other.source === link.source &&
      other.target === link.target &&
      other.direction === link.direction &&
      other.organisation.toLowerCase() === link.organisation.toLowerCase(),
  );
  if (twin === undefined) return [];
  const message = 'There is such a link already: same organisation, source, target and direction. Keep one.';
  const between = others.filter(({ source, target }) => source === link.source && target === link.target);
  const free = (['push', 'pull', 'bidir'] as const).filter(
    (direction) => !between.some((other) => other.direction === direction),
  );
  const fixes: readonly LinkFix[] = [
    { kind: 'remove' },
    ...free.map((direction) => ({ kind: 'set-direction', direction }) as const),
  ];
  return [{ severity: 'error', rule: 'repeated', field: 'direction', message, fixes }];
}
