import { mkdir } from 'node:fs/promises';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { folderStore } from '../archive/index.ts';
import { listen as listenAt, storageScp, verificationScp } from '../dimse/index.ts';
import { calledUs } from '../transfers/index.ts';
import { isSet, optional, required, type Arguments } from './arguments.ts';
import { say, sayFailure, tell } from './output.ts';
import { aeTitleOf, hostOf, listenPortOf } from './values.ts';
import { working } from './working.ts';

/** A storage SCP until it is interrupted: `listening` on stderr, then a line per stored instance. */
export function listen(args: Arguments, signal: AbortSignal): Promise<number> {
  const ourAeTitle = aeTitleOf(args, 'ae');
  const port = listenPortOf(required(args, 'port'), 'port');
  const host = hostOf(optional(args, 'host') ?? '127.0.0.1', 'host');
  const folder = resolve(required(args, 'to'));
  const self = {
    server: { host, port, aeTitle: ourAeTitle, tls: false, verifyCertificate: false },
    callingAeTitle: ourAeTitle,
  };
  return working(self, async () => {
    await mkdir(folder, { recursive: true });
    const storage = storageScp({
      store: folderStore({ folder, fsync: !isSet(args, 'no-fsync') }),
      preferred: () => 'as-stored',
      onStored: ({ sopInstanceUid, sopClassUid, transferSyntaxUid, callingAeTitle, path, bytes }) =>
        tell({ sopInstanceUid, sopClassUid, transferSyntaxUid, callingAeTitle, path, bytes }),
      onRefused: (incoming, failure) => {
        say(`${incoming.sopInstanceUid} from ${incoming.callingAeTitle} was not stored.`);
        sayFailure(failure, { server: incoming.callingAeTitle, ourAeTitle });
      },
    });
    const services = [verificationScp(), storage];
    await using listener = await listenAt({ host, port, services, accept: calledUs(() => [ourAeTitle]) });
    say(`listening on ${listener.address}:${listener.port} as ${ourAeTitle}`);
    if (!signal.aborted) await once(signal, 'abort');
    return 0;
  });
}
