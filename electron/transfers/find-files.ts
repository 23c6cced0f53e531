import { lstat, opendir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { FailureError } from '../contract/failure.ts';

export interface FoundFile {
  readonly path: string;
  /** Below what was chosen, whose own name comes first. */
  readonly file: string;
  /** `null`: it could not be looked at. */
  readonly bytes: number | null;
}

/**
 * Every file at or below a path, in order of name. Links inside a folder that lead to folders are not
 * followed, so that none is seen twice or for ever.
 */
export async function* findFiles(path: string, signal: AbortSignal): AsyncGenerator<FoundFile> {
  const isFolder = await stat(path)
    .then((found) => found.isDirectory())
    .catch(() => false);
  if (isFolder) yield* below(path, basename(path), signal);
  else yield await found(path, basename(path));
}

async function* below(folder: string, name: string, signal: AbortSignal): AsyncGenerator<FoundFile> {
  const entries = [];
  for await (const entry of await opendir(folder)) entries.push(entry);
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (signal.aborted) throw new FailureError({ step: 'cancelled' });
    const path = join(folder, entry.name);
    const file = `${name}/${entry.name}`;
    if (entry.isDirectory()) yield* below(path, file, signal);
    else if (!(await leadsToFolder(path))) yield await found(path, file);
  }
}

async function leadsToFolder(path: string): Promise<boolean> {
  const link = await lstat(path).catch(() => null);
  if (link === null || !link.isSymbolicLink()) return false;
  return stat(path)
    .then((target) => target.isDirectory())
    .catch(() => false);
}

async function found(path: string, file: string): Promise<FoundFile> {
  const bytes = await stat(path)
    .then(({ size }) => size)
    .catch(() => null);
  return { path, file, bytes };
}
