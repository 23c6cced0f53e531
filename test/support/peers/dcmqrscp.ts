import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../temporary-folder.ts';
import { fileMetaOf } from '../same-dataset.ts';
import { writeAssociationProfiles, type OutgoingContext } from './association-profile.ts';
import { freePort, startChild, untilListening, type Child } from './child.ts';
import { mustRun } from './run-dcmtk.ts';

export interface MoveDestination {
  readonly aeTitle: string;
  readonly host: string;
  readonly port: number;
}

export interface DcmqrscpOptions {
  readonly aeTitle: string;
  /** Where an earlier one listened, to be the same archive come back; a free port unless given. */
  readonly port?: number;
  readonly files: readonly string[];
  readonly moveDestinations: readonly MoveDestination[];
  /** More of its options, e.g. `['-d']`. */
  readonly args?: readonly string[];
  /** `false`: it negotiates in its own way, the only one in which it gives (C-GET). */
  readonly profiles?: boolean;
  /** Offered in each context before what the files are in: it converts between those without compression. */
  readonly offersFirst?: readonly string[];
}

export interface Dcmqrscp extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  readonly aeTitle: string;
  readonly child: Child;
}

/**
 * DCMTK's archive on a free port, holding copies of the files. It forks for each association; its
 * children are in its process group and end with it.
 *
 * It can send a SOP class in one transfer syntax only (that of the first of its files here); the
 * class's other files come back as failed sub-operations.
 */
export async function startDcmqrscp(options: DcmqrscpOptions): Promise<Dcmqrscp> {
  const folder = await temporaryFolder();
  const port = options.port ?? (await freePort());
  const storage = join(folder.path, options.aeTitle);
  await mkdir(storage);
  const copies = await Promise.all(
    options.files.map(async (file, index) => {
      const copy = join(storage, `${index}.dcm`);
      await copyFile(file, copy);
      return copy;
    }),
  );
  for (let at = 0; at < copies.length; at += 200) {
    await mustRun('dcmqridx', [storage, ...copies.slice(at, at + 200)]);
  }
  const config = join(folder.path, 'dcmqrscp.cfg');
  const profiles = join(folder.path, 'profiles.cfg');
  await writeFile(config, configuration(options, port, storage));
  await writeAssociationProfiles(profiles, await outgoingContexts(options));
  const outgoing = options.files.length > 0 ? 'Outgoing' : 'Incoming';
  const negotiation = options.profiles === false ? [] : ['-xf', profiles, 'Incoming', outgoing];
  const args = ['-c', config, ...negotiation, ...(options.args ?? [])];
  const child = startChild('dcmqrscp', args, { group: true });
  await untilListening(port, child);
  return {
    host: '127.0.0.1',
    port,
    aeTitle: options.aeTitle,
    child,
    async [Symbol.asyncDispose]() {
      await child.stop();
      await folder[Symbol.asyncDispose]();
    },
  };
}

async function outgoingContexts({
  files,
  offersFirst: before = [],
}: DcmqrscpOptions): Promise<readonly OutgoingContext[]> {
  const classes = new Map<string, string>();
  for (const file of files) {
    const { sopClassUid, transferSyntaxUid } = await fileMetaOf(file);
    if (!classes.has(sopClassUid)) classes.set(sopClassUid, transferSyntaxUid);
  }
  return [...classes].map(([sopClassUid, transferSyntaxUid]) => ({ sopClassUid, transferSyntaxUid, before }));
}

function configuration(options: DcmqrscpOptions, port: number, storage: string): string {
  const hosts = options.moveDestinations.map(
    ({ aeTitle, host, port: at }, index) => `peer${index} = (${aeTitle}, ${host}, ${at})`,
  );
  return [
    `NetworkTCPPort  = ${port}`,
    'MaxPDUSize      = 131072',
    'MaxAssociations = 32',
    'HostTable BEGIN',
    ...hosts,
    'HostTable END',
    'VendorTable BEGIN',
    'VendorTable END',
    'AETable BEGIN',
    `${options.aeTitle} ${storage} RW (500, 1024mb) ANY`,
    'AETable END',
    '',
  ].join('\n');
}
