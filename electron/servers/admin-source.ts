import { dirname } from 'node:path';
import type { AdminRecord, LoadedAdminFile } from './admin-file.ts';
import { readSigningKey } from './admin-signature.ts';
import { adminFolders, findAdminInis, type AdminIniSearch } from './find-admin-ini.ts';
import { loadAdminIni } from './load-admin-ini.ts';
import { mergeAdminFiles } from './merge-admin-files.ts';
import { watchFolders, type WatchTimes } from './watch-folders.ts';

/** The administrator's files as they stand now. */
export interface AdminSource {
  current(): AdminRecord;
  /** Reads them again; who listens is told where something changed. */
  reload(): void;
  /** @returns stops listening */
  onChange(listener: () => void): () => void;
  close(): void;
}

/** Reads the administrator's files, and reads them again whenever they change. */
export function openAdminSource(search: AdminIniSearch, times?: WatchTimes): AdminSource {
  const listeners = new Set<() => void>();
  let loaded = loadAll(search, []);
  let record = mergeAdminFiles(loaded);
  const watching = watchFolders(reload, times);
  watching.follow(foldersOf(search, loaded));

  function reload(): void {
    const next = loadAll(search, loaded);
    if (stateOf(next) === stateOf(loaded)) return;
    loaded = next;
    record = mergeAdminFiles(loaded);
    watching.follow(foldersOf(search, loaded));
    for (const listener of listeners) listener();
  }

  return {
    current: () => record,
    reload,
    onChange(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    close: () => watching.close(),
  };
}

/** Every file anew; one that can't be read or trusted any more goes on saying what it said before. */
function loadAll(search: AdminIniSearch, before: readonly LoadedAdminFile[]): readonly LoadedAdminFile[] {
  const signingKey = readSigningKey(search.programFolder);
  return findAdminInis(search).map((file) => {
    const fresh = loadAdminIni(file, search.env, { signingKey });
    const known = before.find((each) => each.file === file);
    return fresh.content === null && known !== undefined && known.content !== null
      ? stillInForce(known, fresh)
      : fresh;
  });
}

function stillInForce(known: LoadedAdminFile, fresh: LoadedAdminFile): LoadedAdminFile {
  const now = fresh.problems.map((problem) => ({
    ...problem,
    reason: `${problem.reason} What it said before stays in force.`,
  }));
  return { ...known, problems: [...now, ...(known.content?.problems ?? [])] };
}

/** What differs when something changed. */
function stateOf(loaded: readonly LoadedAdminFile[]): string {
  return JSON.stringify(
    loaded.map(({ file, sha256, signature, beside, problems }) => [
      file,
      sha256,
      signature,
      beside,
      problems,
    ]),
  );
}

function foldersOf(search: AdminIniSearch, loaded: readonly LoadedAdminFile[]): readonly string[] {
  return [...new Set([...adminFolders(search), ...loaded.map(({ file }) => dirname(file))])];
}
