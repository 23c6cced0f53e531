import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../temporary-folder.ts';
import { freePort, startChild, untilListening, type Child } from './child.ts';
import type { MoveDestination } from './dcmqrscp.ts';
import { mustRun } from './run-dcmtk.ts';
import { pathOf, pluginPath } from './which-peers.ts';

export interface OrthancOptions {
  readonly aeTitle: string;
  readonly files?: readonly string[];
  readonly modalities: readonly MoveDestination[];
  /** With its DICOMweb plugin, at `/dicom-web/` of its HTTP port. */
  readonly dicomWeb?: boolean;
  /** Whom it lets in by HTTP: passwords by user name; everybody unless given. */
  readonly users?: Readonly<Record<string, string>>;
  /** More of its configuration, e.g. `{ LimitFindResults: 10 }`. */
  readonly configuration?: Readonly<Record<string, unknown>>;
  /** Over what peers are usually started with. */
  readonly env?: NodeJS.ProcessEnv;
}

export interface Orthanc extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  readonly httpPort: number;
  readonly aeTitle: string;
  readonly child: Child;
}

/** Orthanc on free ports, without plugins but the one that is asked for, with a database of its own, holding the files. */
export async function startOrthanc(options: OrthancOptions): Promise<Orthanc> {
  const folder = await temporaryFolder();
  const port = await freePort();
  const httpPort = await freePort();
  const config = join(folder.path, 'orthanc.json');
  await mkdir(join(folder.path, 'db'));
  await writeFile(config, JSON.stringify(configuration(options, { port, httpPort, folder: folder.path })));
  const child = startChild(pathOf('Orthanc') ?? 'Orthanc', [config], { env: options.env ?? {} });
  await untilListening(port, child);
  await untilListening(httpPort, child);
  if (options.files !== undefined && options.files.length > 0) {
    await mustRun('dcmsend', [
      '-dn',
      '-nuc',
      '-aec',
      options.aeTitle,
      '127.0.0.1',
      `${port}`,
      ...options.files,
    ]);
  }
  return {
    host: '127.0.0.1',
    port,
    httpPort,
    aeTitle: options.aeTitle,
    child,
    async [Symbol.asyncDispose]() {
      // Its orderly shutdown takes seconds, to save a database that goes away with its folder.
      await child.kill();
      await folder[Symbol.asyncDispose]();
    },
  };
}

function configuration(
  options: OrthancOptions,
  place: { port: number; httpPort: number; folder: string },
): Readonly<Record<string, unknown>> {
  return {
    Name: options.aeTitle,
    StorageDirectory: join(place.folder, 'db'),
    IndexDirectory: join(place.folder, 'db'),
    StorageCompression: false,
    Plugins: options.dicomWeb === true ? [pluginPath() ?? ''] : [],
    DicomWeb: { Enable: true, Root: '/dicom-web/' },
    HttpPort: place.httpPort,
    RemoteAccessAllowed: false,
    AuthenticationEnabled: options.users !== undefined,
    RegisteredUsers: options.users ?? {},
    DicomAet: options.aeTitle,
    DicomPort: place.port,
    DicomCheckCalledAet: false,
    DicomAlwaysAllowEcho: true,
    DicomAlwaysAllowStore: true,
    DicomAlwaysAllowFind: true,
    DicomAlwaysAllowGet: true,
    DicomAlwaysAllowMove: true,
    DicomModalitiesInDatabase: false,
    DicomModalities: Object.fromEntries(
      options.modalities.map(({ aeTitle, host, port }) => [aeTitle, [aeTitle, host, port]]),
    ),
    UnknownSopClassAccepted: true,
    SynchronousCMove: true,
    OverwriteInstances: false,
    ...options.configuration,
  };
}
