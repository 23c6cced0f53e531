import { EventEmitter, once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { compose } from '../../electron/compose.ts';
import { ServerId } from '../../electron/contract/server.ts';
import type { FileChooser } from '../../electron/ipc/index.ts';
import { demoUrl, forkDemo } from '../support/fork-demo.ts';
import { keyring } from '../support/keyring.ts';
import { freePort, mustRun, whichPeers } from '../support/peers/index.ts';
import { startScriptedArchive } from '../support/scripted-archive.ts';
import { studyUidOf, writeSyntheticStudy, type SyntheticStudy } from '../support/synthetic-study.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const { signal } = new AbortController();
const study: SyntheticStudy = {
  patientName: 'DOE^JANE',
  patientId: 'R1',
  studyDate: '20260101',
  series: [{ modality: 'CT', instances: 5 }],
};

it.skipIf(!whichPeers().dcmtk)(
  'an administrator’s file that changes takes nothing from a retrieve that is under way',
  async () => {
    await using folder = await temporaryFolder();
    const listenPort = await freePort();
    await mkdir(join(folder.path, 'set'));
    const files = await writeSyntheticStudy(join(folder.path, 'set'), study);
    const studyInstanceUid = studyUidOf(study);
    const news = new EventEmitter();
    const ini = join(folder.path, 'site.ini');
    const head = '[file]\nversion=1\n';
    // Between the order and the first image, the file loses its only server.
    await using peer = await startScriptedArchive({
      studyInstanceUid,
      instances: files.map(({ sopInstanceUid, sopClassUid }) => ({
        sopInstanceUid,
        sopClassUid,
        seriesInstanceUid: '1.2.3',
        modality: 'CT',
      })),
      onMove: async (message, conversation) => {
        const reloaded = once(news, 'servers.changed');
        await writeFile(ini, head);
        await reloaded;
        await mustRun('storescu', [
          '-aec',
          'GANTRY',
          '127.0.0.1',
          `${listenPort}`,
          ...files.map(({ path }) => path),
        ]);
        await conversation.respond(message, { 0x0900: 0, 0x1021: files.length });
      },
    });
    await writeFile(
      ini,
      `${head}[server:main]\nname=Main\nae=${peer.aeTitle}\nhost=127.0.0.1\nport=${peer.port}\nretrieve=cmove\n`,
    );
    const kept = new Map<string, unknown>([
      ['settings', { aeTitle: 'GANTRY', listenPort, listenAddress: '127.0.0.1' }],
    ]);
    const house = await compose({
      home: join(folder.path, 'home'),
      adminIniArgument: ini,
      env: {},
      platform: process.platform,
      programFolder: folder.path,
      store: { get: (key) => kept.get(key), set: (key, value) => void kept.set(key, value) },
      brokenSettingsKeptAs: null,
      version: '0.0.0',
      demoUrl,
      launchDemo: forkDemo,
      files: {} as FileChooser,
      secretBox: keyring(),
    });
    try {
      const { servers, transfers, archive } = house.handlers;
      house.onNews((message) => {
        if (message.kind === 'news') news.emit(message.path);
      });
      const wanted = { studyInstanceUid, patientName: 'DOE^JANE', patientId: 'R1', studyDescription: '' };
      const serverId = ServerId.parse('main');
      await transfers.retrieve({ serverId, ...wanted, studyDate: '20260101' }, signal);

      const latest = async () => (await transfers.list(undefined, signal))[0];
      await expect.poll(async () => (await latest())?.endedAt ?? null, { timeout: 60_000 }).not.toBeNull();

      expect((await servers.list(undefined, signal)).servers).toEqual([]);
      expect(await latest()).toMatchObject({ state: { kind: 'done' }, progress: { expected: 5, done: 5 } });
      const [here] = await archive.studies(undefined, signal);
      expect(here).toMatchObject({ studyInstanceUid, instanceCount: 5 });
    } finally {
      await house.close();
    }
  },
  120_000,
);
