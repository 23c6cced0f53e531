import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';

/** Where only the system's administrator puts programs; `PATH` may name folders that others write to. */
const folders = ['/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/** Where a program of the system is; `null`: not installed. */
export function findProgram(name: string): string | null {
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
