import {
  directionOf,
  type MeasuredRole,
  type MovedObjects,
  type Observations,
  type ObservedMethod,
  type Purpose,
  type Secured,
} from '../../contract/observations.ts';

/** What has just worked. */
export type Seen =
  | {
      readonly kind: 'worked';
      readonly method: ObservedMethod;
      readonly purpose: Purpose;
      /** `null`: in plain. */
      readonly tls: Secured | null;
      /** What one transfer has moved so far; it takes the place of the transfer before. */
      readonly objects?: readonly MovedObjects[];
    }
  | { readonly kind: 'measured'; readonly role: Pick<MeasuredRole, 'scp' | 'scu'> };

/** A hospital has a few dozen SOP classes; whoever sends hundreds is kept from filling the disk. */
const mostObjects = 200;

/** What is known with that, of the time `at`. What has gone on longest ago gives way where it is too much. */
export function addSeen(before: Observations, seen: Seen, at: string): Observations {
  if (seen.kind === 'measured') return { ...before, role: { ...seen.role, at } };
  const { method, purpose, tls, objects = [] } = seen;
  const others = before.methods.filter((each) => each.method !== method || each.purpose !== purpose);
  const methods = [{ method, purpose, at, tls }, ...others];
  if (objects.length === 0) return { ...before, methods };
  const direction = directionOf(method);
  const moved = new Set(objects.map(({ sopClassUid }) => sopClassUid));
  const kept = before.objects.filter((each) => each.direction !== direction || !moved.has(each.sopClassUid));
  const added = objects.map((each) => ({ ...each, method, direction, at }));
  return { ...before, methods, objects: [...added, ...kept].slice(0, mostObjects) };
}
