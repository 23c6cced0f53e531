import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FuseState, FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses';
import { expect, it } from 'vitest';
import { makeFakeElectron } from '../../build/fake-electron.mjs';

it.skipIf(process.platform !== 'linux')(
  'has fuses that can be set and read like Electron’s own',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gantry-electron-'));
    makeFakeElectron(folder, '1.2.3');
    const electron = join(folder, 'electron');

    const before = await getCurrentFuseWire(electron);
    await flipFuses(electron, { version: FuseVersion.V1, [FuseV1Options.RunAsNode]: false });
    const after = await getCurrentFuseWire(electron);

    expect(before[FuseV1Options.RunAsNode]).toBe(FuseState.ENABLE);
    expect(after[FuseV1Options.RunAsNode]).toBe(FuseState.DISABLE);
    await rm(folder, { recursive: true });
  },
);
