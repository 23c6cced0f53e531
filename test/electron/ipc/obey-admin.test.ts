import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { FailureError } from '../../../electron/contract/failure.ts';
import { ServerId } from '../../../electron/contract/server.ts';
import { TransferId } from '../../../electron/contract/transfer.ts';
import { listeningAsSet, obeyAdmin } from '../../../electron/ipc/index.ts';
import { openCertificateBook, noSecretBox } from '../../../electron/security/index.ts';
import { openAdminSource, openServerBook } from '../../../electron/servers/index.ts';
import { openSettings } from '../../../electron/settings/index.ts';
import { TransferQueue, type ListenTlsSource, type TransferPlan } from '../../../electron/transfers/index.ts';
import { createAuthority } from '../../support/certificates.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const endings: (() => void)[] = [];
afterEach(() => {
  for (const end of endings.splice(0)) end();
});

async function house(folder: string, text: string) {
  const file = join(folder, 'x.ini');
  // Never seen half written.
  const write = async (next: string): Promise<void> => {
    await writeFile(`${file}.new`, `[file]\nversion=1\n${next}`);
    await rename(`${file}.new`, file);
  };
  await write(text);
  const values = new Map<string, unknown>();
  const store = {
    get: (key: string) => values.get(key),
    set: (key: string, value: unknown) => void values.set(key, value),
  };
  const admin = openAdminSource(
    { argument: file, env: {}, platform: process.platform, programFolder: '/nowhere' },
    { settleMs: 20, lookMs: 60_000 },
  );
  const settings = openSettings({
    store,
    admin: () => admin.current().local,
    defaultArchiveFolder: '/a',
    brokenSettingsKeptAs: null,
  });
  const book = openServerBook({
    store,
    admin: () => admin.current(),
    newId: () => 'id',
  });
  const certificates = await openCertificateBook({
    folder: join(folder, 'certificates'),
    box: noSecretBox,
    newId: () => 'c',
    now: () => new Date(),
  });
  const queue = new TransferQueue({
    publish: () => undefined,
    logBug: () => undefined,
    newId: () => TransferId.parse('t1'),
    now: () => new Date(),
    clock: () => performance.now(),
  });
  const started: string[] = [];
  const receiver = {
    start: async (address: string, port: number, tls: ListenTlsSource = () => null) => {
      started.push(`${address}:${port} ${saidOf(tls)}`);
    },
  };
  const listening = listeningAsSet(receiver, settings, certificates);
  endings.push(obeyAdmin({ admin, settings, book, certificates, queue, listening }), () => admin.close());
  await listening.start();
  return { write, settings, book, certificates, queue, started };
}

/** By what it would listen now. */
function saidOf(tls: ListenTlsSource): string {
  try {
    return tls() === null ? 'plain' : 'TLS';
  } catch (thrown) {
    const failure = thrown instanceof FailureError ? thrown.failure : null;
    return failure?.step === 'listen' && failure.cause === 'certificate' ? failure.why : 'broken';
  }
}

/** A transfer that runs until it is let go. */
function longPlan(server: string): { readonly plan: TransferPlan; readonly letGo: () => void } {
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  const plan: TransferPlan = {
    kind: 'send',
    serverId: ServerId.parse(server),
    serverName: server,
    patientName: '',
    studyDescription: '',
    studyInstanceUid: null,
    run: () => held,
    again: () => null,
  };
  return { plan, letGo: () => letGo() };
}

const main = '[server:main]\nname=Main\nae=MAIN\nhost=pacs.example\nport=104\n';

describe('what the administrator’s file says anew', () => {
  it('reaches servers, settings and their listeners at once', async () => {
    await using folder = await temporaryFolder();
    const { write, settings, book } = await house(folder.path, main);
    const heard: string[] = [];
    book.onChange(() => heard.push('servers'));
    settings.onChange(() => heard.push('settings'));

    await write(`[local]\nae_title=NEW\n${main}status=obsolete\n`);

    await expect.poll(() => settings.current().aeTitle).toBe('NEW');
    expect(book.list().servers[0]!.lifecycle).toBe('obsolete');
    expect(heard.toSorted()).toEqual(['servers', 'settings']);
  });

  it('moves the listener, but not under a transfer that runs', async () => {
    await using folder = await temporaryFolder();
    const { write, settings, queue, started } = await house(folder.path, main);
    const { plan, letGo } = longPlan('main');
    const id = queue.enqueue(plan);

    await write(`[local]\nlisten_port=11113\n${main}`);

    await expect.poll(() => settings.current().listenPort).toBe(11113);
    expect(started).toEqual(['127.0.0.1:11112 plain']);
    expect(queue.list()[0]!.endedAt).toBeNull();

    letGo();
    await queue.ended(id);
    await expect.poll(() => started).toEqual(['127.0.0.1:11112 plain', '127.0.0.1:11113 plain']);
  });

  it('leaves the listener alone where its place is the same', async () => {
    await using folder = await temporaryFolder();
    const { write, book, started } = await house(folder.path, main);

    await write(main.replace('pacs.example', 'new.example'));

    await expect.poll(() => book.list().servers[0]!.host).toBe('new.example');
    expect(started).toHaveLength(1);
  });

  it('has us listen in TLS as soon as there is something to show, and never in plain instead', async () => {
    await using folder = await temporaryFolder();
    const { write, certificates, started } = await house(folder.path, main);

    await write(`[local]\nlisten_tls=yes\n${main}`);
    await expect.poll(() => started.at(-1)).toBe('127.0.0.1:11112 none-chosen');

    await write(`[local]\nlisten_tls=yes\nlisten_cert=ours.pem\n${main}`);
    await expect.poll(() => started.at(-1)).toBe('127.0.0.1:11112 unknown');

    const authority = await createAuthority(join(folder.path, 'ca'), 'Site CA');
    const { cert, key } = await authority.issue('ours', { altNames: ['DNS:localhost'], usage: 'serverAuth' });
    await writeFile(join(folder.path, 'ours.pem'), cert + key);
    await write(`[local]\nlisten_tls=yes\nlisten_cert=ours.pem\n; anew\n${main}`);
    await expect.poll(() => started.at(-1)).toBe('127.0.0.1:11112 TLS');
    expect(certificates.list()).toMatchObject([{ id: 'admin:ours.pem', key: 'file' }]);
  });

  it('brings its certificates, which the servers refer to', async () => {
    await using folder = await temporaryFolder();
    const { cert } = await createAuthority(join(folder.path, 'ca'), 'Site CA');
    await writeFile(join(folder.path, 'site.pem'), cert);
    const { write, book, certificates } = await house(folder.path, main);
    expect(certificates.list()).toEqual([]);

    await write(`${main}tls=anonymous\nca=site.pem\n`);

    await expect.poll(() => certificates.list().length).toBe(1);
    const { authorities } = book.list().servers[0]!;
    expect(certificates.authoritiesFor(authorities!)).toHaveLength(1);
  });
});
