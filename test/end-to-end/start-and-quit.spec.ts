import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { launchApp } from './support/launch-app.ts';
import { goTo } from './support/screens.ts';

test('keeps everything below its home', async () => {
  await using app = await launchApp();

  for (const name of ['archive', 'browser', 'settings.json']) {
    expect(existsSync(join(app.home, name)), name).toBe(true);
  }
});

test('lets go of its port and ends within five seconds, whoever is connected', async () => {
  await using app = await launchApp();
  const peer = connect(app.listenPort, '127.0.0.1');
  peer.on('error', () => undefined);
  await once(peer, 'connect');
  const begun = performance.now();

  await app.quit();

  expect(performance.now() - begun).toBeLessThan(5000);
  const again = connect(app.listenPort, '127.0.0.1');
  const [error] = (await once(again, 'error')) as [NodeJS.ErrnoException];
  expect(error.code).toBe('ECONNREFUSED');
  peer.destroy();
});

test('shows the running app when it is started a second time', async () => {
  await using app = await launchApp();

  const exit = await app.electron.evaluate(async ({ app: running }) => {
    const { spawn } = process.getBuiltinModule('node:child_process');
    const told = new Promise<string>((resolve) => {
      running.once('second-instance', () => resolve('told'));
    });
    const second = spawn(process.argv[0]!, [running.getAppPath()], { stdio: 'ignore' });
    const code = await new Promise((resolve) => {
      second.once('exit', resolve);
    });
    return { code, told: await told };
  });

  expect(exit).toEqual({ code: 0, told: 'told' });
});

test('keeps a settings file it cannot read, and says so', async () => {
  await using first = await launchApp();
  await first.quit();
  await writeFile(join(first.home, 'settings.json'), '{ "settings": ');

  await using second = await launchApp({ home: first.home });
  await goTo(second.page, 'Settings');

  await expect(second.page.getByText(/settings\.broken-/)).toBeVisible();
  expect(readdirSync(first.home).some((name) => name.startsWith('settings.broken-'))).toBe(true);
});
