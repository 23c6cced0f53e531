import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { datasetBytes } from '../../support/same-dataset.ts';

/** The files of the instances in an app's archive. */
export async function archivedFiles(home: string): Promise<readonly string[]> {
  const archive = join(home, 'archive');
  const entries = await readdir(archive, { recursive: true });
  return entries.filter((entry) => entry.endsWith('.dcm')).map((entry) => join(archive, entry));
}

/** What is left behind of instances that never came to their end. */
export async function unfinishedFiles(home: string): Promise<readonly string[]> {
  const entries = await readdir(join(home, 'archive'), { recursive: true });
  return entries.filter((entry) => entry.endsWith('.part'));
}

/** The data sets of these files, in an order of their own. */
export async function datasetsOf(paths: readonly string[]): Promise<readonly string[]> {
  const datasets = await Promise.all(paths.map(datasetBytes));
  return datasets.map((dataset) => dataset.toString('latin1')).toSorted();
}
