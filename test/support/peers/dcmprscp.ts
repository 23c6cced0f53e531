import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../temporary-folder.ts';
import { freePort, startChild, untilListening, type Child } from './child.ts';

export interface Dcmprscp extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  readonly aeTitle: string;
  readonly child: Child;
  /** What it has made so far: `HG_` hardcopy images, `SP_` stored prints. */
  films(): Promise<readonly string[]>;
}

/** DCMTK's print server on a free port: a printer with the films and layouts below. */
export async function startDcmprscp(): Promise<Dcmprscp> {
  const folder = await temporaryFolder();
  const port = await freePort();
  const database = join(folder.path, 'database');
  await mkdir(database);
  await mkdir(join(folder.path, 'spool'));
  await mkdir(join(folder.path, 'lut'));
  const config = join(folder.path, 'printers.cfg');
  await writeFile(config, configuration(port));
  const child = startChild('dcmprscp', ['-v', '-c', config, '-p', 'PRINTER'], { cwd: folder.path });
  await untilListening(port, child);
  return {
    host: '127.0.0.1',
    port,
    aeTitle: 'PRINTER',
    child,
    films: async () => (await readdir(database)).filter((name) => name.endsWith('.dcm')).sort(),
    async [Symbol.asyncDispose]() {
      await child.stop();
      await folder[Symbol.asyncDispose]();
    },
  };
}

function configuration(port: number): string {
  return `[[GENERAL]]
[PRINT]
Directory = spool
Sleep = 1
DeletePrintJobs = true
[DATABASE]
Directory = database
[LUT]
Directory = lut
[NETWORK]
aetitle = DCMPSTATE
[[COMMUNICATION]]
[PRINTER]
Aetitle = PRINTER
Description = A printer for films
Hostname = localhost
Port = ${port}
Type = LOCALPRINTER
BorderDensity = 150\\20\\BLACK\\WHITE
DisplayFormat = 1,1\\1,2\\2,2
EmptyImageDensity = 20\\BLACK\\WHITE
FilmDestination = MAGAZINE\\PROCESSOR
FilmSizeID = 8INX10IN\\14INX17IN
MagnificationType = REPLICATE\\BILINEAR\\CUBIC\\NONE
MaxDensity = 320
MaxPDU = 32768
MediumType = PAPER\\CLEAR FILM\\BLUE FILM
MinDensity = 20
ResolutionID = STANDARD\\HIGH
SmoothingType = NONE
Supports12Bit = true
SupportsPresentationLUT = true
`;
}
