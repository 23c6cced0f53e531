import {
  nothingSeen,
  type MovedObjects,
  type Observations,
  type ObservedMethod,
  type SeenMethod,
  type SeenObjects,
} from '../../../electron/contract/observations.ts';
import type { Server } from '../../../electron/contract/server.ts';

const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

/** What was seen of the servers of a scene: much of the second, a little of the first. */
export function observed(servers: readonly Server[]): readonly Observations[] {
  return servers.map(({ id }, index) => {
    if (index === 0) return { ...nothingSeen(id), methods: [method('c-echo', 3, 'TLSv1.3')] };
    return index === 1 ? { ...nothingSeen(id), methods: used, objects: moved } : nothingSeen(id);
  });
}

function method(name: ObservedMethod, minutes: number, protocol: string | null = null): SeenMethod {
  const tls = protocol === null ? null : { protocol };
  return { method: name, purpose: name === 'c-echo' ? 'test' : 'use', at: minutesAgo(minutes), tls };
}

const used = [method('c-store-in', 2), method('c-move', 3), method('c-move-store', 3), method('c-find', 4)];

const image = '1.2.840.10008.5.1.4.1.1.';
const syntax = '1.2.840.10008.1.2.4.';

const moved: readonly SeenObjects[] = [
  received(3, { sopClassUid: `${image}2`, transferSyntaxUid: `${syntax}90`, bytes: 190_000_000, ms: 5_000 }),
  received(3, { sopClassUid: `${image}4`, transferSyntaxUid: `${syntax}70`, bytes: 31_000_000, ms: 1_000 }),
  received(120, { sopClassUid: `${image}7`, transferSyntaxUid: '1.2.840.10008.1.2.1', bytes: 900, ms: 0 }),
  {
    ...received(4_000, {
      sopClassUid: `${image}2`,
      transferSyntaxUid: '1.2.840.10008.1.2.1',
      bytes: 52_000_000,
      ms: 2_000,
    }),
    method: 'c-store',
    direction: 'sent',
  },
];

function received(minutes: number, objects: Omit<MovedObjects, 'count'>): SeenObjects {
  return { ...objects, count: 12, method: 'c-move', direction: 'received', at: minutesAgo(minutes) };
}
