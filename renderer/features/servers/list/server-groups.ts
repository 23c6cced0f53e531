/** What the list shows and searches of a server. */
export interface Listed {
  readonly id: string;
  readonly name: string;
  /** `null`, like `host` and `port`: it has none. */
  readonly aeTitle: string | null;
  readonly host: string | null;
  readonly port: number | null;
  readonly description: string;
  readonly organisation: string;
  /** Where it stands, or which group a person put it into; '' for none. */
  readonly group: string;
}

export interface ServerGroup<Server extends Listed> {
  /** '' for those in none. */
  readonly name: string;
  readonly servers: readonly Server[];
}

/** The servers by group: groups in the order of their first server, those in none last. */
export function grouped<Server extends Listed>(servers: readonly Server[]): readonly ServerGroup<Server>[] {
  const groups = new Map<string, Server[]>();
  for (const server of servers) {
    const name = server.group.trim();
    groups.set(name, [...(groups.get(name) ?? []), server]);
  }
  const named = [...groups].filter(([name]) => name !== '').map(([name, all]) => ({ name, servers: all }));
  const others = groups.get('');
  return others === undefined ? named : [...named, { name: '', servers: others }];
}

/** Those in which every word stands somewhere, accents and case aside. */
export function found<Server extends Listed>(servers: readonly Server[], search: string): readonly Server[] {
  const words = plain(search)
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return servers;
  return servers.filter((server) => {
    const { name, aeTitle, host, port, description, group, organisation } = server;
    const place = host === null ? '' : `${host}:${port ?? ''}`;
    const text = plain([name, aeTitle ?? '', place, description, group, organisation].join(' '));
    return words.every((word) => text.includes(word));
  });
}

function plain(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase();
}
