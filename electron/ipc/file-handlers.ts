import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { FailureError } from '../contract/failure.ts';
import type { Handlers } from './handlers.ts';
import type { FileChooser } from './send-handlers.ts';

export function fileHandlers(files: Pick<FileChooser, 'chooseTarget'>): Handlers['files'] {
  return {
    saveText: async ({ suggestedName, text }) => {
      const path = await files.chooseTarget(suggestedName);
      if (path === null) return null;
      await writeWhole(path, text);
      return basename(path);
    },
  };
}

/** Replaces the file by a whole one, or leaves it as it was. @throws FailureError file not-written */
async function writeWhole(path: string, text: string): Promise<void> {
  const part = `${path}.${randomUUID()}.part`;
  try {
    {
      await using file = await open(part, 'wx');
      await file.writeFile(text, 'utf8');
      await file.sync();
    }
    await rename(part, path);
  } catch (thrown) {
    await rm(part, { force: true });
    if (!(thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string')) throw thrown;
    throw new FailureError({ step: 'file', cause: 'not-written', detail: thrown.code }, { cause: thrown });
  }
}
