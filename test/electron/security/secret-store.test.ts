import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { openSecretStore } from '../../../electron/security/index.ts';
import { keyring } from '../../support/keyring.ts';
import { temporaryFolder, type TemporaryFolder } from '../../support/temporary-folder.ts';

const pacs = { owner: 'pacs', origin: 'https://pacs.example' };
let folder: TemporaryFolder;

beforeEach(async () => {
  folder = await temporaryFolder();
  return () => folder[Symbol.asyncDispose]();
});

describe('a password', () => {
  it('is sealed on disk, for its owner’s eyes only, and there again after a restart', async () => {
    const box = keyring();
    const store = await openSecretStore({ folder: folder.path, box });

    await store.put(pacs, 'geheim-7');

    expect(store.state(pacs)).toBe('sealed');
    const path = join(folder.path, 'secrets.json');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const text = await readFile(path, 'utf8');
    expect(text).not.toContain('geheim-7');
    expect(text).not.toContain(Buffer.from('geheim-7').toString('base64'));
    const again = await openSecretStore({ folder: folder.path, box });
    expect(again.get(pacs)).toBe('geheim-7');
    again.forget('pacs');
    expect((await openSecretStore({ folder: folder.path, box })).state(pacs)).toBe('missing');
  });

  it('is in memory only where there is no keyring: nothing of it is written', async () => {
    const box = keyring({ available: false });
    const store = await openSecretStore({ folder: folder.path, box });

    await store.put(pacs, 'geheim-7');

    expect(store.state(pacs)).toBe('session');
    expect(store.get(pacs)).toBe('geheim-7');
    expect(await readdir(folder.path)).toEqual([]);
    expect((await openSecretStore({ folder: folder.path, box })).state(pacs)).toBe('missing');
  });

  it('that another keyring has sealed is asked for again, and kept for when that one comes back', async () => {
    const box = keyring();
    await (await openSecretStore({ folder: folder.path, box })).put(pacs, 'geheim-7');

    const other = await openSecretStore({ folder: folder.path, box: keyring() });

    expect(other.state(pacs)).toBe('locked');
    expect(other.get(pacs)).toBeNull();
    expect((await openSecretStore({ folder: folder.path, box })).get(pacs)).toBe('geheim-7');
  });

  it('is for one server at one place, and goes with its server', async () => {
    const store = await openSecretStore({ folder: folder.path, box: keyring() });
    const moved = { owner: 'pacs', origin: 'https://elsewhere.example' };
    const other = { owner: 'pacs 2', origin: 'https://pacs.example' };

    await store.put(pacs, 'geheim-7');
    await store.put(other, 'geheim-8');

    expect(store.get(moved)).toBeNull();
    expect(store.state(moved)).toBe('missing');
    store.forget('pacs');
    expect(store.get(pacs)).toBeNull();
    expect(store.get(other)).toBe('geheim-8');
  });
});
