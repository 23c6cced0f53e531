import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface Peers {
  readonly dcmtk: boolean;
  readonly orthanc: boolean;
  readonly orthancDicomWeb: boolean;
  readonly chromium: boolean;
  readonly xvfb: boolean;
  readonly openssl: boolean;
  readonly nc: boolean;
  readonly tshark: boolean;
  readonly nft: boolean;
  readonly iptables: boolean;
  readonly ufw: boolean;
}

/** Which real peers this machine has. Tests skip, and say so, where theirs is absent. */
export function whichPeers(): Peers {
  return {
    dcmtk: ['storescp', 'storescu', 'dcmqrscp', 'findscu', 'movescu'].every((tool) => pathOf(tool) !== null),
    orthanc: pathOf('Orthanc') !== null,
    orthancDicomWeb: pluginPath() !== null,
    chromium: pathOf('chromium') !== null || pathOf('google-chrome') !== null,
    xvfb: pathOf('Xvfb') !== null,
    openssl: pathOf('openssl') !== null,
    nc: pathOf('nc') !== null,
    tshark: pathOf('tshark') !== null,
    nft: pathOf('nft') !== null,
    iptables: pathOf('iptables') !== null,
    ufw: pathOf('ufw') !== null,
  };
}

/** Where a program is, or null. Debian keeps Orthanc in /usr/sbin, which is in root's PATH only. */
export function pathOf(program: string): string | null {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders.map((folder) => join(folder, program)).find(isExecutable) ?? null;
}

/** Where Orthanc's DICOMweb plugin is, or null. */
export function pluginPath(): string | null {
  const path = '/usr/share/orthanc/plugins/libOrthancDicomWeb.so';
  return existsSync(path) ? path : null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
