import { declaredMethods } from './link-methods.ts';
import { ownAe, type Direction, type Link } from './link.ts';
import type { MeasuredRole, Observations, SeenMethod } from './observations.ts';
import type { Server } from './server.ts';
import type { Lifecycle, Role } from './server-terms.ts';

export type ReportedServer = Pick<Server, 'id' | 'name' | 'role' | 'tls' | 'lifecycle'>;

export interface LinkReportOptions {
  readonly servers: readonly ReportedServer[];
  readonly links: readonly Link[];
  readonly observations: readonly Observations[];
  readonly now: Date;
  /** What was not seen for longer counts as gone quiet, and what was seen before that no more. */
  readonly staleDays?: number;
}

/** A month: even a rarely used link has been used by then. */
export const usualStaleDays = 30;

/** How what was seen differs from what is declared. */
export type Drift =
  /** It is declared, and nothing was ever seen of it. */
  | { readonly kind: 'never-seen' }
  | { readonly kind: 'not-lately'; readonly last: SeenMethod; readonly days: number }
  /** It was used for something that no link to this server is for. */
  | { readonly kind: 'other-use'; readonly seen: SeenMethod; readonly direction: Direction }
  /** Links of ours are declared, and none with this server, which was used. */
  | { readonly kind: 'not-declared'; readonly seen: SeenMethod }
  /** It should carry nothing, or nothing yet. */
  | {
      readonly kind: 'status';
      readonly of: 'link' | 'server';
      readonly status: Unused;
      readonly seen: SeenMethod;
    }
  /** The record says TLS, and it went without; or the other way round. */
  | { readonly kind: 'tls'; readonly declared: boolean; readonly seen: SeenMethod }
  | { readonly kind: 'role'; readonly declared: Role; readonly measured: MeasuredRole };

type Unused = Extract<Lifecycle, 'planned' | 'obsolete'>;

interface Subject {
  /** `null`: none is declared between this viewer and the server. */
  readonly link: Link | null;
  readonly server: ReportedServer;
  readonly seen: readonly SeenMethod[];
  readonly observed: Observations;
}

/** What is to be said of one link, or of a server that has none. */
export function driftsOf(subject: Subject, options: LinkReportOptions): readonly Drift[] {
  const { server, observed } = subject;
  const ours = options.links.filter((link) => joinsUs(link, server));
  const used = usesOf(observed, options);
  const drifts = subject.link === null ? ofUnlinked(used, options) : ofLink(subject.link, subject, options);
  // What is said of the server as a whole is said once, at its first link.
  if (subject.link !== null && subject.link !== ours[0]) return [...drifts, ...tlsDrifts(subject)];
  return [
    ...drifts,
    ...otherUses(used, ours),
    ...statusOfServer(server, used),
    ...tlsDrifts(subject),
    ...roleDrifts(server, observed),
  ];
}

function joinsUs({ source, target }: Link, { id }: ReportedServer): boolean {
  return (source === ownAe && target === id) || (source === id && target === ownAe);
}

/** What it was used for lately; what a test tries is no use. */
function usesOf({ methods }: Observations, options: LinkReportOptions): readonly SeenMethod[] {
  return methods
    .filter((seen) => seen.purpose === 'use' && ageInDays(seen, options) <= staleDaysOf(options))
    .toSorted((one, other) => other.at.localeCompare(one.at));
}

function ofUnlinked(used: readonly SeenMethod[], { links }: LinkReportOptions): readonly Drift[] {
  const [seen] = used;
  const isDeclaring = links.some(({ source, target }) => source === ownAe || target === ownAe);
  return isDeclaring && seen !== undefined ? [{ kind: 'not-declared', seen }] : [];
}

function ofLink(
  link: Link,
  { server, seen, observed }: Subject,
  options: LinkReportOptions,
): readonly Drift[] {
  const { status } = link;
  if (status === 'planned' || status === 'obsolete') {
    const methods = declaredMethods(link);
    const carried = usesOf(observed, options).find(
      ({ method }) => methods.includes(method) && !isInUseElsewhere(method, link, options),
    );
    return carried === undefined ? [] : [{ kind: 'status', of: 'link', status, seen: carried }];
  }
  if (!isInUse(server.lifecycle)) return [];
  const [last] = seen;
  if (last === undefined) return [{ kind: 'never-seen' }];
  const days = Math.floor(ageInDays(last, options));
  return days > staleDaysOf(options) ? [{ kind: 'not-lately', last, days }] : [];
}

/** Another link of ours with that server is for it. */
function isInUseElsewhere(
  method: SeenMethod['method'],
  { id, source, target }: Link,
  { links }: LinkReportOptions,
): boolean {
  const ends = [source, target];
  return links.some(
    (other) =>
      other.id !== id &&
      ends.includes(other.source) &&
      ends.includes(other.target) &&
      isInUse(other.status) &&
      declaredMethods(other).includes(method),
  );
}

function otherUses(used: readonly SeenMethod[], ours: readonly Link[]): readonly Drift[] {
  const [first] = ours;
  if (first === undefined) return [];
  const declared = ours.flatMap(declaredMethods);
  const undeclared = used.filter(({ method }) => method !== 'c-echo' && !declared.includes(method));
  // Whoever fetched images asked for the list of them as well: the images say more, whichever came last.
  const seen = undeclared.find(({ method }) => method !== 'c-find' && method !== 'qido-rs') ?? undeclared[0];
  return seen === undefined ? [] : [{ kind: 'other-use', seen, direction: first.direction }];
}

function statusOfServer({ lifecycle }: ReportedServer, [seen]: readonly SeenMethod[]): readonly Drift[] {
  if (seen === undefined || isInUse(lifecycle)) return [];
  return [{ kind: 'status', of: 'server', status: lifecycle, seen }];
}

function isInUse(status: Lifecycle): status is Exclude<Lifecycle, Unused> {
  return status !== 'planned' && status !== 'obsolete';
}

/** Of the last connection each way. In which way it comes to us says nothing where no TLS is asked for. */
function tlsDrifts({ server, seen }: Subject): readonly Drift[] {
  const differs = (last: SeenMethod | undefined): last is SeenMethod =>
    last !== undefined && (last.tls !== null) !== server.tls;
  const byDicom = seen.filter(({ method }) => method !== 'qido-rs' && method !== 'wado-rs');
  const ours = byDicom.find(({ method }) => !isIncoming(method));
  const theirs = server.tls ? byDicom.find(({ method }) => isIncoming(method)) : undefined;
  return [ours, theirs]
    .filter(differs)
    .slice(0, 1)
    .map((last) => ({ kind: 'tls', declared: server.tls, seen: last }));
}

function isIncoming(method: SeenMethod['method']): boolean {
  return method === 'c-store-in' || method === 'c-move-store';
}

/** Who only calls takes no orders; who provides takes at least one. */
function roleDrifts({ role }: ReportedServer, { role: measured }: Observations): readonly Drift[] {
  if (role === null || measured === null) return [];
  const differs = role === 'scu' ? measured.scp : !measured.scp;
  return differs ? [{ kind: 'role', declared: role, measured }] : [];
}

function ageInDays({ at }: SeenMethod, { now }: LinkReportOptions): number {
  return (now.getTime() - Date.parse(at)) / (24 * 60 * 60 * 1000);
}

function staleDaysOf({ staleDays = usualStaleDays }: LinkReportOptions): number {
  return staleDays;
}
