import { readFileSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/** The file as our stores write it; what is inside the parts, each part reads for itself. */
const SettingsFile = z.looseObject({
  settings: z.looseObject({ version: z.literal(1).optional() }).optional(),
  servers: z
    .looseObject({ version: z.literal(1).optional(), entries: z.array(z.unknown()).optional() })
    .optional(),
});

/**
 * Moves a settings file that is not JSON, has the wrong shape or comes from a newer version out of the
 * way, before a store opens it and writes over it. One with a byte order mark too: stores can't read it.
 *
 * @returns the path it is kept under, `null` when the file is good or there is none
 */
export function keepBrokenSettings(file: string, now: () => Date): string | null {
  const text = readIfThere(file);
  if (text === null || isSettingsFile(text)) return null;
  const time = now().toISOString().replaceAll(/[:.]/g, '-');
  const keptAs = join(dirname(file), `settings.broken-${time}.json`);
  renameSync(file, keptAs);
  return keptAs;
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (thrown) {
    if (thrown instanceof Error && Reflect.get(thrown, 'code') === 'ENOENT') return null;
    throw thrown;
  }
}

function isSettingsFile(text: string): boolean {
  try {
    return SettingsFile.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}
