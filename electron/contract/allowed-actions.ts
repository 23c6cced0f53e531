import {
  actionNames,
  type ActionName,
  type AllowedActions,
  type BlockReason,
  type Deprecation,
} from './action.ts';
import { ownAe, type Direction, type LinkDraft } from './link.ts';
import { noPolicies, type Place, type Policies, type PolicyName } from './policy.ts';
import type { ServerDraft } from './server.ts';
import type { ServerId } from './server-id.ts';
import type { Lifecycle } from './server-terms.ts';

export type ActionSubject = Pick<
  ServerDraft,
  'role' | 'abilities' | 'lifecycle' | 'replacedBy' | 'protocol' | 'tls' | 'verifyCertificate' | 'dicomweb'
> & { readonly id: ServerId };

export interface ActionRules {
  readonly links: readonly Pick<LinkDraft, 'source' | 'target' | 'direction' | 'status'>[];
  readonly policies?: Policies;
  /** The administrator's line that says what the server is used for; `null`: he says nothing of it. */
  readonly abilitiesPlace?: Place | null;
  /** Name of a server, for the person who is told of a replacement. */
  readonly nameOf?: (id: ServerId) => string | null;
}

/** What may be asked of a server. Main obeys it; the window offers no more. */
export function allowedActions(server: ActionSubject, rules: ActionRules): AllowedActions {
  const { policies = noPolicies, nameOf = () => null } = rules;
  const replacedBy = server.replacedBy === null ? null : nameOf(server.replacedBy);
  const judged = actionNames.map(
    (action) =>
      [
        action,
        blockedByPolicy(server, action, policies) ??
          blockedByStatus(server, action, replacedBy) ??
          (action === 'test' ? null : blockedByUse(server, action, rules)),
      ] as const,
  );
  const why = Object.fromEntries(judged.filter(([, reason]) => reason !== null));
  return {
    query: why['query'] === undefined,
    retrieve: why['retrieve'] === undefined,
    send: why['send'] === undefined,
    test: why['test'] === undefined,
    why,
    deprecated: deprecationOf(server, rules.links, replacedBy),
  };
}

function blockedByPolicy(
  server: ActionSubject,
  action: ActionName,
  policies: Policies,
): Extract<BlockReason, { kind: 'policy' }> | null {
  const because = (policy: PolicyName) => {
    const { place } = policies[policy];
    return place === null ? null : ({ kind: 'policy', policy, ...place } as const);
  };
  if (policies.require_tls.value && !isSecured(server)) return because('require_tls');
  if (policies.require_verification.value && !isVerified(server)) return because('require_verification');
  return action === 'send' && policies.hide_send.value ? because('hide_send') : null;
}

/** Whether everything that is asked of it goes by TLS. */
export function isSecured({
  protocol,
  tls,
  dicomweb,
}: Pick<ServerDraft, 'protocol' | 'tls' | 'dicomweb'>): boolean {
  const web = dicomweb?.baseUrl.toLowerCase().startsWith('https:') ?? false;
  switch (protocol) {
    case 'dicom':
      return tls;
    case 'dicomweb':
      return web;
    case 'both':
      return tls && web;
  }
}

/** Whether a certificate that can't be trusted ends the connection, wherever TLS is used. */
function isVerified({ protocol, tls, verifyCertificate, dicomweb }: ActionSubject): boolean {
  const usesHttps = protocol !== 'dicom' && /^https:/i.test(dicomweb?.baseUrl ?? '');
  const usesTls = protocol !== 'dicomweb' && tls;
  return verifyCertificate || !(usesHttps || usesTls);
}

function blockedByStatus(
  { lifecycle }: ActionSubject,
  action: ActionName,
  replacedBy: string | null,
): BlockReason | null {
  const blocked = { kind: 'status', of: 'server', replacedBy } as const;
  if (lifecycle === 'obsolete') return { ...blocked, status: 'obsolete' };
  if (lifecycle === 'planned' && action !== 'test') return { ...blocked, status: 'planned' };
  return null;
}

type Used = Exclude<ActionName, 'test'>;

function blockedByUse(
  server: ActionSubject,
  action: Used,
  { links, abilitiesPlace: place = null }: ActionRules,
): BlockReason | null {
  const { abilities } = server;
  if (abilities.length > 0 && !abilities.includes(action)) return { kind: 'ability', place };
  if (server.role === 'scu') return { kind: 'role' };
  const ours = links.filter((link) => joinsUs(link, server.id));
  if (ours.length === 0) return null;
  const states = ours.filter((link) => allows(link, action)).map(({ status }) => status);
  if (states.length === 0) return { kind: 'link' };
  if (states.some(isInUse)) return null;
  const status = states.includes('planned') ? 'planned' : 'obsolete';
  return { kind: 'status', of: 'link', status, replacedBy: null };
}

function isInUse(status: Lifecycle): boolean {
  return status !== 'planned' && status !== 'obsolete';
}

function joinsUs({ source, target }: Pick<LinkDraft, 'source' | 'target'>, id: ServerId): boolean {
  return (source === ownAe && target === id) || (source === id && target === ownAe);
}

/** What we may ask along a link of ours; one that begins at the server lets it act, and us only where it is for both. */
function allows(
  { source, direction }: { source: LinkDraft['source']; direction: Direction },
  action: Used,
): boolean {
  switch (direction) {
    case 'bidir':
      return true;
    case 'push':
      return source === ownAe && action === 'send';
    case 'pull':
      return source === ownAe && action !== 'send';
  }
}

function deprecationOf(
  server: ActionSubject,
  links: ActionRules['links'],
  replacedBy: string | null,
): Deprecation | null {
  if (server.lifecycle === 'deprecated') return { of: 'server', replacedBy };
  const used = links.filter((link) => joinsUs(link, server.id) && isInUse(link.status));
  const isOnlyDeprecated = used.length > 0 && used.every(({ status }) => status === 'deprecated');
  return isOnlyDeprecated ? { of: 'link', replacedBy } : null;
}
