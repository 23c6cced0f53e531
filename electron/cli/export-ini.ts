import { writeFileSync } from 'node:fs';
import { exportIni, mergeAdminFiles, openServerBook } from '../servers/index.ts';
import { optional, UsageError, type Arguments } from './arguments.ts';
import { say } from './output.ts';
import { settingsHome, storedIn } from './stored-settings.ts';

/** Writes the servers that a person keeps as an administrator's file, for others to be given them. */
export async function exportServers(args: Arguments): Promise<number> {
  if (args.paths.length > 0) throw new UsageError('export-ini takes no files; name the target with --to.');
  const stored = storedIn(settingsHome(args));
  const book = openServerBook({
    store: { get: (key) => stored[key], set: refuseWriting },
    admin: () => mergeAdminFiles([]),
    newId: refuseWriting,
  });
  const text = exportIni(book.own(), book.list());
  const target = optional(args, 'to');
  if (target === null) process.stdout.write(text);
  else writeFileSync(target, text);
  const left = book.list().setAside;
  for (const { name, problems } of left) say(`${name}: ${problems[0]?.message ?? 'It can’t be used.'}`);
  return left.length === 0 ? 0 : 1;
}

function refuseWriting(): never {
  throw new Error('the settings are only read here');
}
