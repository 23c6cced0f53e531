import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import {
  openAdminSource,
  openServerBook,
  type AdminIniSearch,
  type AdminSource,
  type ServerBook,
} from '../servers/index.ts';
import { openSettings, type KeyValueStore, type Settings } from '../settings/index.ts';

export interface RecordOptions extends Pick<AdminIniSearch, 'env' | 'platform' | 'programFolder'> {
  readonly home: string;
  readonly adminIniArgument: string | null;
  readonly store: KeyValueStore;
  readonly brokenSettingsKeptAs: string | null;
}

/** What people have written down: the administrator's files, and the person's settings and servers. */
export interface Records {
  readonly admin: AdminSource;
  readonly settings: Settings;
  readonly book: ServerBook;
}

export function openRecords(options: RecordOptions): Records {
  const { store, adminIniArgument, brokenSettingsKeptAs, home } = options;
  const admin = openAdminSource({ ...options, argument: adminIniArgument });
  return {
    admin,
    settings: openSettings({
      store,
      admin: () => admin.current().local,
      defaultArchiveFolder: join(home, 'archive'),
      brokenSettingsKeptAs,
    }),
    book: openServerBook({ store, admin: () => admin.current(), newId: randomUUID }),
  };
}
