import { networkInterfaces } from 'node:os';
import { FailureError } from '../../contract/failure.ts';
import type { ListenerState } from '../../contract/settings.ts';
import type { InstanceStore } from '../../dataset/index.ts';
import { listen, storageScp, verificationScp, type ListenOptions, type Listener } from '../../dimse/index.ts';
import { checkFirewall } from './firewall/check-firewall.ts';
import type { OurSide } from './our-side.ts';
import { discarding, Reception } from './reception.ts';

/** Where there is no app to listen: a listening side for the time of a test, which keeps nothing. */
export async function openOurSide(options: {
  readonly host: string;
  readonly port: number;
  readonly aeTitle: string;
  readonly now: () => Date;
}): Promise<OurSide & AsyncDisposable> {
  const { host, aeTitle } = options;
  const reception = new Reception(options.now);
  const services = [
    verificationScp(),
    storageScp(reception.before({ store: nowhere, preferred: () => 'as-stored' })),
  ];
  const accept = reception.noting(({ calledAeTitle }) =>
    calledAeTitle.trim() === aeTitle ? null : { result: 1, source: 1, reason: 7 },
  );
  const observe: ListenOptions['observe'] = (event) => {
    if (event.kind !== 'tls-refused') return;
    const { remoteAddress, cause } = event;
    reception.turnAway({ remoteAddress, cause });
  };
  const listenAt = (port: number): Promise<Listener> =>
    listenNoting({ host, port, services, observe }, accept);
  const shared = await listenAt(options.port).catch(failureIn);
  const listener = (): ListenerState =>
    'failure' in shared
      ? { kind: 'failed', failure: shared.failure, retryInMs: 0 }
      : { kind: 'listening', address: shared.address, port: shared.port, tls: false };
  const openAlso = async (port: number): Promise<AsyncDisposable | null> =>
    !('failure' in shared) && shared.port === port ? null : listenAt(port);
  return {
    listener,
    openAlso,
    tryPort: async (port) => {
      const opened = await openAlso(port).catch(failureIn);
      if (opened !== null && 'failure' in opened) return opened.failure;
      await opened?.[Symbol.asyncDispose]();
      return null;
    },
    reception,
    localAddresses: () =>
      Object.values(networkInterfaces())
        .flatMap((addresses) => addresses ?? [])
        .map(({ address }) => address),
    isRetrieving: () => false,
    checkFirewall,
    [Symbol.asyncDispose]: async () => {
      if (!('failure' in shared)) await shared.close();
    },
  };
}

/** What a test does not await is refused by nobody, and kept by nobody. */
const nowhere: InstanceStore = { begin: (instance) => discarding(instance, () => {}) };

/** The port is known only once it is listened on where the system chooses it. */
async function listenNoting(
  options: Pick<ListenOptions, 'host' | 'port' | 'services' | 'observe'>,
  accept: ReturnType<Reception['noting']>,
): Promise<Listener> {
  let { port } = options;
  const listener = await listen({ ...options, accept: (peer) => accept(peer, port) });
  port = listener.port;
  return listener;
}

function failureIn(thrown: unknown): FailureError {
  if (thrown instanceof FailureError) return thrown;
  throw thrown;
}
