import { FailureError } from '../contract/failure.ts';
import type { PolicyName } from '../contract/policy.ts';
import type { Server, ServerId, ServerList } from '../contract/server.ts';
import type { ServerStore } from './server-store.ts';

/** What those who edit the book share. */
export interface BookRoom {
  readonly list: () => ServerList;
  /** @throws FailureError input */
  readonly get: (id: ServerId) => Server;
  readonly read: () => ServerStore;
  /** Tells who listens afterwards. */
  readonly write: (change: (stored: ServerStore) => void) => void;
  readonly newId: () => string;
}

/** @throws FailureError input */
export function found<Item extends { readonly id: string }>(
  items: readonly Item[],
  id: string,
  what: 'server' | 'link',
): Item {
  const item = items.find((each) => each.id === id);
  if (item !== undefined) return item;
  throw new FailureError({ step: 'input', field: what, problem: `This ${what} is no longer in the list.` });
}

type Managed = { readonly kind: 'administrator'; readonly file: string; readonly line: number };

/** Whose it is, if it may be changed. @throws FailureError managed */
export function changeable<Origin extends { readonly kind: string }>({
  origin,
}: {
  readonly origin: Managed | Origin;
}): Exclude<Origin, Managed> {
  if (isManaged(origin)) throw new FailureError({ step: 'managed', file: origin.file, line: origin.line });
  // What is not the administrator's is the other one of the two.
  return origin as Exclude<Origin, Managed>;
}

function isManaged(origin: { readonly kind: string }): origin is Managed {
  return origin.kind === 'administrator';
}

/** @throws FailureError policy, where the person may keep no servers */
export function refuseOwn(list: ServerList): void {
  refusePolicy(list, 'allow_user_servers', false);
}

/** @param forbidden the value that forbids it. @throws FailureError policy */
export function refusePolicy({ policies }: ServerList, policy: PolicyName, forbidden: boolean): void {
  const { value, place } = policies[policy];
  if (value === forbidden && place !== null) throw new FailureError({ step: 'policy', policy, ...place });
}
