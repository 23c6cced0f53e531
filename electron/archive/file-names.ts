import { hash, randomUUID } from 'node:crypto';
import { join } from 'node:path';

/**
 * Where an archive keeps what. A UID comes from the wire, so it names no file: its hash does, in one of
 * 16 folders by the hash's beginning.
 */
export interface ArchiveFolders {
  /** Files that aren't whole yet. */
  readonly incoming: string;
  readonly instances: string;
  /** Objects whose SOP Instance UID was taken by another content. */
  readonly quarantine: string;
  readonly index: string;
}

export function archiveFolders(folder: string): ArchiveFolders {
  return {
    incoming: join(folder, 'incoming'),
    instances: join(folder, 'instances'),
    quarantine: join(folder, 'quarantine'),
    index: join(folder, 'index.sqlite'),
  };
}

export const instanceFilePattern = /^[0-9a-f]{40}\.dcm$/;

export function instanceFileName(sopInstanceUid: string): string {
  return `${hash('sha256', sopInstanceUid).slice(0, 40)}.dcm`;
}

export function shardOf(fileName: string): string {
  return fileName.slice(0, 1);
}

/** Made when an archive is opened, so that no instance waits for a new folder to be synced. */
export const shards: readonly string[] = '0123456789abcdef'.split('');

export function partFileName(): string {
  return `${randomUUID()}.part`;
}

export function quarantineFileName(sopInstanceUid: string): string {
  return `${instanceFileName(sopInstanceUid).slice(0, 40)}.${randomUUID()}.dcm`;
}
