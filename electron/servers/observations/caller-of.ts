import type { Server, ServerId } from '../../contract/server.ts';
import type { IncomingInstance } from '../../dataset/index.ts';
import { plainAddress } from '../connection-test/call-log.ts';

/**
 * Which server it is that calls us: the one of that AE title; where several have it, the one at the
 * address that the call comes from, else the first.
 */
export function callerOf(
  servers: readonly Pick<Server, 'id' | 'aeTitle' | 'host'>[],
  { callingAeTitle, remoteAddress }: Pick<IncomingInstance, 'callingAeTitle' | 'remoteAddress'>,
): ServerId | null {
  const named = servers.filter(({ aeTitle }) => aeTitle === callingAeTitle);
  const here = named.find(({ host }) => host !== null && plainAddress(host) === plainAddress(remoteAddress));
  return (here ?? named[0])?.id ?? null;
}
