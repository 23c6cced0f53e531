import { networkInterfaces } from 'node:os';
import { checkFirewall, type OurSide, type Reception } from '../servers/index.ts';
import type { Receiver, TransferQueue } from '../transfers/index.ts';

/** The listening side of this app, as a connection test looks at it. */
export function ourSide(house: {
  readonly receiver: Receiver;
  readonly queue: TransferQueue;
  readonly reception: Reception;
}): OurSide {
  const { receiver, queue, reception } = house;
  return {
    listener: () => receiver.state,
    tryPort: (port) => receiver.tryPort(port),
    openAlso: (port) => receiver.openAlso(port),
    reception,
    localAddresses: () =>
      Object.values(networkInterfaces())
        .flatMap((addresses) => addresses ?? [])
        .map(({ address }) => address),
    isRetrieving: () => queue.list().some(({ kind, endedAt }) => kind === 'retrieve' && endedAt === null),
    checkFirewall,
  };
}
