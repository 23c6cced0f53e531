import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { serverDraft } from '../../../electron/contract/server.ts';
import {
  effectiveConfiguration,
  loadAdminIni,
  mergeAdminFiles,
  openServerBook,
} from '../../../electron/servers/index.ts';
import { openSettings } from '../../../electron/settings/index.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const lines = [
  '[file]',
  'version=1',
  '[policy]',
  'lock_local_ae=yes',
  '[local]',
  'ae_title=READ7',
  'listen_port=104',
  'colour=red',
  'listen_tls=yes',
  'listen_cert=ours.pem',
  'unknown_classes=no',
  '[server:main]',
  'name=Main PACS',
  'ae=PACS1',
  'host=pacs.example',
  'port=104',
  'status=deprecated',
  '[link:l1]',
  'source=local',
  'target=main',
  'direction=pull',
];

it('tells every value, whose it is, by which line, and whether it can be changed', async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'x.ini');
  await writeFile(file, lines.join('\n'));
  const record = mergeAdminFiles([loadAdminIni(file, {})]);
  const values = new Map<string, unknown>([['settings', { listenPort: 11113 }]]);
  const store = {
    get: (key: string) => values.get(key),
    set: (key: string, value: unknown) => void values.set(key, value),
  };
  const admin = { kind: 'administrator', file };
  const settings = openSettings({
    store,
    admin: () => record.local,
    defaultArchiveFolder: '/home/archive',
    brokenSettingsKeptAs: null,
  });
  const book = openServerBook({ store, admin: () => record, newId: () => 'mine' });
  book.save(
    null,
    serverDraft({
      name: 'Mine',
      aeTitle: 'MINE',
      host: '10.0.0.5',
      port: 4242,
      listenPort: null,
      preferredCompression: 'as-stored',
      description: '',
      tls: false,
      verifyCertificate: true,
    }),
  );

  const { files, values: told } = effectiveConfiguration(record, settings.view(), book.list());

  expect(files).toEqual([
    {
      file,
      sha256: createHash('sha256').update(lines.join('\n')).digest('hex'),
      signature: 'not-asked-for',
      site: '',
      issued: '',
      contact: '',
      errors: 1,
      warnings: 1,
      problems: [
        expect.objectContaining({ severity: 'warning', line: 8, key: 'colour' }),
        expect.objectContaining({ severity: 'error', line: 10, key: 'listen_cert' }),
      ],
    },
  ]);
  const find = (section: string, key: string) =>
    told.find((each) => each.section === section && each.key === key);
  expect(find('policy', 'lock_local_ae')).toMatchObject({
    value: 'yes',
    origin: { ...admin, line: 4 },
    locked: true,
  });
  expect(find('policy', 'hide_send')).toMatchObject({ value: 'no', origin: { kind: 'default' } });
  expect(find('local', 'ae_title')).toMatchObject({
    value: 'READ7',
    origin: { ...admin, line: 6 },
    locked: true,
  });
  expect(find('local', 'listen_port')).toMatchObject({
    value: '11113',
    origin: { kind: 'user' },
    locked: false,
  });
  expect(find('local', 'listen_address')).toMatchObject({ value: '127.0.0.1', origin: { kind: 'default' } });
  expect(find('local', 'listen_tls')).toMatchObject({ value: 'yes', origin: { ...admin, line: 9 } });
  expect(find('local', 'unknown_classes')).toMatchObject({ value: 'no', origin: { ...admin, line: 11 } });
  expect(find('local', 'listen_cert')).toMatchObject({
    value: 'admin:ours.pem',
    origin: { ...admin, line: 10 },
  });
  expect(find('local', 'archive_folder')).toMatchObject({
    value: '/home/archive',
    origin: { kind: 'default' },
  });
  expect(find('server:main', 'host')).toEqual({
    section: 'server:main',
    key: 'host',
    value: 'pacs.example',
    origin: { ...admin, line: 15 },
    locked: true,
  });
  expect(find('server:main', 'status')).toMatchObject({
    value: 'deprecated',
    origin: { ...admin, line: 17 },
  });
  expect(find('server:main', 'compression')).toBeUndefined();
  expect(find('server:mine', 'port')).toMatchObject({
    value: '4242',
    origin: { kind: 'user' },
    locked: false,
  });
  expect(find('link:l1', 'pull')).toMatchObject({
    value: 'local → main, production',
    origin: { ...admin, line: 18 },
    locked: true,
  });
});
