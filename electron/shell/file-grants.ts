import { basename } from 'node:path';
import { FailureError } from '../contract/failure.ts';
import { FileGrantId, type FileGrant } from '../contract/send.ts';

/** Remembers which files a person chose, so that the page can speak of them without knowing where they are. */
export interface FileGrants {
  readonly grantPaths: (paths: readonly string[]) => readonly FileGrant[];
  /** @throws FailureError when no such grant was given */
  readonly pathOf: (id: FileGrantId) => string;
}

/** @param newId must not be guessable: whoever holds an id may have the file read */
export function createFileGrants(newId: () => string): FileGrants {
  const paths = new Map<FileGrantId, string>();
  return {
    grantPaths: (chosen) =>
      chosen.filter(Boolean).map((path) => {
        const id = FileGrantId.parse(newId());
        paths.set(id, path);
        return { id, name: basename(path) };
      }),
    pathOf: (id) => {
      const path = paths.get(id);
      if (path === undefined) {
        throw new FailureError({ step: 'input', field: 'grant', problem: 'was never given' });
      }
      return path;
    },
  };
}
