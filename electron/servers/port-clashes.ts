import type { Failure } from '../contract/failure.ts';
import type { AskedPort, PortClash } from '../contract/port-clash.ts';
import type { Server } from '../contract/server.ts';
import { portOwner } from './port-owner.ts';

export interface PortUsers {
  readonly servers: readonly Server[];
  /** Where the shared listener is, or is to be. */
  readonly sharedPort: number;
  /** Whether we could listen there now; `null`: yes. */
  readonly tryPort: (port: number) => Promise<Failure | null>;
  readonly platform: NodeJS.Platform;
}

/** Who else uses a listen port: servers of the list, our shared listener, other programs of this computer. */
export async function portClashes({ id, port }: AskedPort, users: PortUsers): Promise<readonly PortClash[]> {
  const servers = users.servers
    .filter((server) => server.id !== id && (server.listenPort ?? server.port) === port)
    .map((server): PortClash => ({ kind: 'server', id: server.id, name: server.name }));
  if (port === users.sharedPort) return [...servers, { kind: 'shared' }];
  const failure = await users.tryPort(port);
  if (failure === null) return servers;
  const isTaken = failure.step === 'listen' && failure.cause === 'in-use';
  const program = isTaken ? await portOwner(port, users.platform) : null;
  return [...servers, { kind: 'taken', failure, program }];
}
