import { grouped, type Listed } from './server-groups.ts';

/** The ids with one of them a place up or down among those of its group; `null`: it is at the end already. */
export function movedBy(
  servers: readonly Listed[],
  id: string,
  direction: 'up' | 'down',
): readonly string[] | null {
  const group = grouped(servers).find((each) => each.servers.some((server) => server.id === id));
  const inGroup = (group?.servers ?? []).map((server) => server.id);
  const neighbour = inGroup[inGroup.indexOf(id) + (direction === 'up' ? -1 : 1)];
  if (neighbour === undefined || !inGroup.includes(id)) return null;
  return movedTo(
    servers.map((server) => server.id),
    id,
    neighbour,
    direction === 'up' ? 'before' : 'after',
  );
}

/** The ids with one of them before or after another. */
export function movedTo(
  ids: readonly string[],
  id: string,
  target: string,
  position: 'before' | 'after',
): readonly string[] {
  const rest = ids.filter((each) => each !== id);
  const at = rest.indexOf(target);
  if (id === target || at === -1) return ids;
  return rest.toSpliced(position === 'before' ? at : at + 1, 0, id);
}
