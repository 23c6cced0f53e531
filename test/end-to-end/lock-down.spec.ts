import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { launchApp, type RunningApp } from './support/launch-app.ts';

/** What the page can't do, whatever runs in it. */
test.describe.configure({ mode: 'serial' });

let app: RunningApp;

test.beforeAll(async () => {
  app = await launchApp();
});
test.afterAll(() => app[Symbol.asyncDispose]());

test('goes nowhere else, and opens no window', async () => {
  let calls = 0;
  const elsewhere = createServer((_request, response) => {
    calls += 1;
    response.end('elsewhere');
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`;
  const before = app.page.url();

  const asked = app.electron.evaluate(
    ({ webContents }) =>
      new Promise((resolve) => {
        webContents.getAllWebContents()[0]!.once('will-navigate', (event) => resolve(event.url));
      }),
  );
  await app.page.evaluate((target) => void window.open(target), url);
  await app.page.evaluate((target) => {
    location.href = target;
  }, url);
  expect(await asked).toBe(url);
  await expect(app.page.getByRole('navigation')).toBeVisible();

  expect(app.page.url()).toBe(before);
  expect(app.electron.windows()).toHaveLength(1);
  expect(calls).toBe(0);
  elsewhere.close();
});

test('is granted no permission', async () => {
  const answers = await app.page.evaluate(async () => {
    const names = ['notifications', 'geolocation', 'camera', 'microphone'] as PermissionName[];
    return Promise.all(names.map(async (name) => (await navigator.permissions.query({ name })).state));
  });

  expect(answers).toEqual(['denied', 'denied', 'denied', 'denied']);
});

test('finds neither Node nor Electron, only the three functions of the bridge', async () => {
  const found = await app.page.evaluate(() => ({
    bridge: Object.keys(window.gantry).toSorted(),
    node: [typeof Reflect.get(window, 'process'), typeof Reflect.get(window, 'require')],
  }));

  expect(found).toEqual({ bridge: ['grantFiles', 'listen', 'send'], node: ['undefined', 'undefined'] });
});

test('runs no script made of text, and calls nobody', async () => {
  const blocked = await app.page.evaluate(async () => {
    // Later, because what a debugger evaluates itself is above the policy.
    const made = await new Promise<string>((resolve) => {
      setTimeout(() => {
        try {
          // oxlint-disable-next-line typescript/no-implied-eval -- that it can't is what is tested
          resolve(String(new Function('return 1')()));
        } catch (error) {
          resolve((error as Error).name);
        }
      });
    });
    const called = await fetch('http://127.0.0.1:9/').then(
      () => 'answered',
      () => 'refused',
    );
    return { made, called };
  });

  expect(blocked).toEqual({ made: 'EvalError', called: 'refused' });
});

test('reads no file but those of the user interface', async () => {
  const statuses = await app.page.evaluate(async () => {
    const paths = ['/index.html', '/..%2fmain/main.js', '/%00', '/.hidden', '/pixels/1.2.3/0', '/pixels/x/1'];
    return Promise.all(paths.map(async (path) => (await fetch(path)).status));
  });

  expect(statuses).toEqual([200, 404, 404, 404, 404, 404]);
});

test('answers a message of the wrong form with nothing, and stays alive', async () => {
  await app.page.evaluate(() => {
    for (const message of [
      null,
      1,
      {},
      { kind: 'request', id: -1, path: 'servers.list' },
      { kind: 'news' },
    ]) {
      window.gantry.send(message as never);
    }
  });
  const answer = await app.page.evaluate(
    () =>
      new Promise((resolve) => {
        // The user interface asks too, and hears its own answers.
        window.gantry.listen((message) => {
          if (message.kind === 'answer' && message.id === 9999) resolve(message);
        });
        window.gantry.send({ kind: 'request', id: 9999, path: 'constructor.name', input: null });
      }),
  );

  expect(answer).toMatchObject({
    kind: 'answer',
    id: 9999,
    result: { ok: false, failure: { step: 'input' } },
  });
});
