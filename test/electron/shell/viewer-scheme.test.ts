import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FailureError, type Failure } from '../../../electron/contract/failure.ts';
import { answer, type ViewerSchemeOptions } from '../../../electron/shell/viewer-scheme.ts';

let folder: string;
let options: ViewerSchemeOptions;
const asked: { uid: string; frame: number }[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gantry-ui-'));
  await mkdir(join(folder, 'ui/assets'), { recursive: true });
  await writeFile(join(folder, 'secret.js'), 'secret');
  await writeFile(join(folder, 'ui/index.html'), '<!doctype html>');
  await writeFile(join(folder, 'ui/assets/codec-Ab_1.wasm'), 'wasm');
  await writeFile(join(folder, 'ui/notes.txt'), 'not of a kind that a build writes');
  await symlink(join(folder, 'ui/assets'), join(folder, 'ui/folder.js'));
  options = {
    uiFolder: join(folder, 'ui'),
    openFrame: (uid, frame) => {
      asked.push({ uid, frame });
      if (uid === '1.2.404') throw new FailureError({ step: 'storage', cause: 'unreadable', detail: 'gone' });
      if (uid === '1.2.500') throw new Error('a bug');
      return Promise.resolve({
        bytes: Buffer.from('pool of bytes').subarray(8),
        transferSyntaxUid: '1.2.840.10008.1.2.1',
      });
    },
    failureOf: (thrown): Failure =>
      thrown instanceof FailureError ? thrown.failure : { step: 'internal', incident: 'abcdefgh' },
  };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function get(path: string, method = 'GET'): Promise<Response> {
  return answer({ url: `app://viewer${path}`, method }, options);
}

describe('the user interface', () => {
  it('is served with its type and the policy of what it may load', async () => {
    const page = await get('/');
    const codec = await get('/assets/codec-Ab_1.wasm?v=1');

    expect(await page.text()).toBe('<!doctype html>');
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self'/);
    expect(codec.headers.get('content-type')).toBe('application/wasm');
  });

  it.each([
    '/../secret.js',
    '/..%2fsecret.js',
    '/%2e%2e/secret.js',
    '/assets/..%5c..%5csecret.js',
    '/index.html%00.js',
    '/%ff',
    '/.hidden.js',
    '//index.html',
    '/assets/',
    '/folder.js',
    '/notes.txt',
    '/missing.js',
  ])('has nothing at %s', async (path) => {
    const response = await answer({ url: `app://viewer${path}`, method: 'GET' }, options);

    expect(response.status).toBe(404);
    expect(await response.text()).toBe('');
  });

  it('is only read, and only from our own origin', async () => {
    expect((await get('/index.html', 'POST')).status).toBe(405);
    expect((await answer({ url: 'app://elsewhere/index.html', method: 'GET' }, options)).status).toBe(403);
    expect((await answer({ url: 'app://viewer.evil/index.html', method: 'GET' }, options)).status).toBe(403);
  });
});

describe('pixels', () => {
  it('are the bytes of one frame with their transfer syntax', async () => {
    const response = await get('/pixels/1.2.3/4');

    expect(asked.at(-1)).toEqual({ uid: '1.2.3', frame: 4 });
    expect(await response.text()).toBe('bytes');
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    expect(response.headers.get('content-length')).toBe('5');
    expect(response.headers.get('x-transfer-syntax')).toBe('1.2.840.10008.1.2.1');
  });

  it.each([
    '/pixels/1.2.3',
    '/pixels/1.2.3/0',
    '/pixels/1.2.3/-1',
    '/pixels/abc/1',
    '/pixels/../1',
    '/pixels//1',
  ])('are not asked for at %s', async (path) => {
    const before = asked.length;

    expect((await get(path)).status).toBe(404);
    expect(asked).toHaveLength(before);
  });

  it('tell the failure where the archive has none', async () => {
    const response = await get('/pixels/1.2.404/1');

    expect(response.status).toBe(422);
    expect(await response.json()).toEqual({
      failure: { step: 'storage', cause: 'unreadable', detail: 'gone' },
    });
  });

  it('tell only the incident of a bug', async () => {
    const response = await get('/pixels/1.2.500/1');

    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('a bug');
  });
});
