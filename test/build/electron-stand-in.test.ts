import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeCodec } from '../../build/electron-stand-in/codec.js';
import { loopbackFor, token } from '../../build/electron-stand-in/loopback.ts';
import { SingleInstance } from '../../build/electron-stand-in/single-instance.ts';

const standIn = join(import.meta.dirname, '../../build/electron-stand-in');

describe('what goes between page and main process', () => {
  const { pack, unpack } = makeCodec();
  const across = (value: unknown): unknown => unpack(JSON.parse(JSON.stringify(pack(value))));

  it('arrives as a structured clone would', () => {
    const value = {
      nothing: null,
      absent: undefined,
      list: [1, Number.NaN, -1 / 0, 12n],
      at: new Date(5),
      bytes: new Uint8Array([0, 255, 7]),
      map: new Map([['a', new Set([1])]]),
      $: 'a key of its own language',
    };

    expect(across(value)).toEqual(value);
  });

  it('is refused where a clone would be', () => {
    expect(() => pack(() => undefined)).toThrow('could not be cloned');
  });
});

describe('the loopback origin', () => {
  it('answers only the holder of this launch’s token, by its own name', async () => {
    const origin = await loopbackFor('test://host', (request) => new Response(`asked for ${request.url}`));
    const cookie = `electron=${token}`;

    const answered = await fetch(`${origin}/a?b`, { headers: { cookie } });
    const refused = await Promise.all([
      fetch(`${origin}/a`),
      fetch(`${origin}/a`, { headers: { cookie: 'electron=guess' } }),
      fetch(`${origin}/a`, { headers: { cookie: `${cookie}x` } }),
      fetch(`${origin.replace('127.0.0.1', 'localhost')}/a`, { headers: { cookie } }),
    ]);

    expect(await answered.text()).toBe('asked for test://host/a?b');
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
  });
});

describe('a single instance', () => {
  it('has the lock until it lets go, and takes it over from a dead one', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gantry-lock-'));
    const heard: unknown[] = [];
    const first = new SingleInstance((argv) => heard.push(argv));
    const second = new SingleInstance(() => undefined);
    await writeFile(join(folder, 'stand-in.lock'), '4194304');

    expect(first.request(folder)).toBe(true);
    expect(second.request(folder)).toBe(false);
    await second.delivered;
    await expect.poll(() => heard).toEqual([process.argv]);
    first.release();
    expect(second.request(folder)).toBe(true);

    second.release();
    await rm(folder, { recursive: true });
  });
});

describe('the stand-in’s program', () => {
  it('says what is missing on an older Node', () => {
    const pretend = 'Object.defineProperty(process.versions, "node", { value: "20.1.0" });';
    const launch = `import(${JSON.stringify(join(standIn, 'launch.mjs'))})`;
    const { status, stderr } = spawnSync(process.execPath, ['-e', `${pretend}${launch}`], {
      encoding: 'utf8',
    });

    expect(status).toBe(1);
    expect(stderr).toContain('needs Node 24 or newer, and this is Node 20.1.0');
  });

  it('names the one command where there is no Chromium', async () => {
    const app = await mkdtemp(join(tmpdir(), 'gantry-app-'));
    await writeFile(join(app, 'package.json'), '{ "name": "app", "version": "1.0.0", "main": "main.mjs" }');
    await writeFile(join(app, 'main.mjs'), '');
    const env = { ...process.env, PATH: '', CHROMIUM: '', XDG_CONFIG_HOME: app };
    const { status, stderr } = spawnSync(process.execPath, [join(standIn, 'launch.mjs'), app], {
      encoding: 'utf8',
      env,
    });

    expect(status).toBe(1);
    expect(stderr).toContain('sudo apt-get update && sudo apt-get install -y chromium');
    await rm(app, { recursive: true });
  });
});
