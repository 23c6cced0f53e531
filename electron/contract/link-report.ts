import { ownAe, type Link } from './link.ts';
import { driftsOf, type Drift, type LinkReportOptions, type ReportedServer } from './link-drift.ts';
import { methodsOfLink } from './link-methods.ts';
import { nothingSeen, type Observations, type SeenMethod } from './observations.ts';

/** A link as it is declared, or a server without one of ours, with what was seen of it. */
export interface LinkRow {
  readonly key: string;
  /** `null`: none is declared between this viewer and the server. */
  readonly link: Link | null;
  /** At the other end of ours; `null`: the link is between others, and can't be seen from here. */
  readonly server: ReportedServer | null;
  /** What of it has worked, the latest first, each method once. */
  readonly seen: readonly SeenMethod[];
  readonly drifts: readonly Drift[];
}

/** Each declared link beside what was really seen, and the servers that have none. */
export function linkReport(options: LinkReportOptions): readonly LinkRow[] {
  const { servers, links } = options;
  const rows = links.map((link) => rowOfLink(link, options));
  const unlinked = servers.filter((server) => !links.some((link) => serverIdOf(link) === server.id));
  return [...rows, ...unlinked.map((server) => rowOfServer(server, options))];
}

function rowOfLink(link: Link, options: LinkReportOptions): LinkRow {
  const server = options.servers.find(({ id }) => id === serverIdOf(link)) ?? null;
  if (server === null) return { key: link.id, link, server, seen: [], drifts: [] };
  const observed = observedOf(server, options);
  const methods = methodsOfLink(link);
  const seen = latestOf(observed.methods.filter(({ method }) => methods.includes(method)));
  return { key: link.id, link, server, seen, drifts: driftsOf({ link, server, seen, observed }, options) };
}

function rowOfServer(server: ReportedServer, options: LinkReportOptions): LinkRow {
  const observed = observedOf(server, options);
  const seen = latestOf(observed.methods);
  const drifts = driftsOf({ link: null, server, seen, observed }, options);
  return { key: server.id, link: null, server, seen, drifts };
}

/** The server at the other end of a link of ours; `null`: it is none of ours. */
function serverIdOf({ source, target }: Pick<Link, 'source' | 'target'>): string | null {
  if (source === ownAe) return target;
  return target === ownAe ? source : null;
}

function observedOf({ id }: ReportedServer, { observations }: LinkReportOptions): Observations {
  return observations.find(({ serverId }) => serverId === id) ?? nothingSeen(id);
}

/** Used or tried, by whichever was last. */
function latestOf(methods: readonly SeenMethod[]): readonly SeenMethod[] {
  const latest = methods.toSorted((one, other) => other.at.localeCompare(one.at));
  return latest.filter(({ method }, index) => latest.findIndex((each) => each.method === method) === index);
}
