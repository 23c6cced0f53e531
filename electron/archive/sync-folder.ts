import { open } from 'node:fs/promises';

/** Makes a rename last through a power cut. Windows has no such call, and its journal does it. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  await using handle = await open(folder, 'r');
  await handle.sync();
}
