import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadAdminIni } from '../../../electron/servers/index.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const example = join(import.meta.dirname, '../../../admin-ini/servers.ini.example');
/** Stands behind what is spoiled, and must outlive it. */
const survivor = '\n[server:survivor]\nname=Survivor\nae=SURVIVOR\nhost=10.99.0.1\nport=104\n';

/** Numbers that are the same in every run (xorshift32). */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

type Spoil = (bytes: Buffer, next: (below: number) => number) => Buffer;

/** What happens to files: on disks, in editors, by hands. */
const spoils: readonly Spoil[] = [
  (bytes, next) => {
    const spoiled = Buffer.from(bytes);
    for (let count = 1 + next(8); count > 0; count -= 1) spoiled[next(spoiled.length)] = next(256);
    return spoiled;
  },
  (bytes, next) => bytes.subarray(0, next(bytes.length)),
  (bytes, next) => {
    const at = next(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + next(200))]);
  },
  (bytes, next) => {
    const at = next(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(next(at + 1), at), bytes.subarray(at)]);
  },
  (bytes, next) => {
    const at = next(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), Buffer.alloc(next(64), next(256)), bytes.subarray(at)]);
  },
  (bytes) => Buffer.from(`\uFEFF${bytes.toString('utf8')}`, 'utf16le'),
  (bytes) => Buffer.from(`\uFEFF${bytes.toString('utf8')}`, 'utf16le').swap16(),
  (bytes) => Buffer.from(bytes.toString('utf8'), 'latin1'),
  (bytes) => Buffer.from(bytes.toString('utf8').replaceAll('\n', '\r')),
  (bytes, next) => {
    const lines = bytes.toString('utf8').split('\n');
    const at = next(lines.length);
    return Buffer.from(lines.toSpliced(at, 1, lines[next(lines.length)] ?? '', lines[at] ?? '').join('\n'));
  },
];

describe('500 spoiled administrator’s files', () => {
  it('are read without a crash, each fault by its line, and the server behind them is used', async () => {
    const good = await readFile(example);
    const next = random(12);
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'x.ini');
    let faults = 0;
    for (let round = 0; round < 500; round += 1) {
      const spoiled = spoils[round % spoils.length]!(good, next);
      const isUtf16 = spoiled[0] === 0xff || spoiled[0] === 0xfe;
      const behind = isUtf16 && round % spoils.length > 4 ? null : Buffer.from(survivor);
      await writeFile(file, behind === null ? spoiled : Buffer.concat([spoiled, behind]));

      const { content, problems } = loadAdminIni(file, {});

      const lineCount = (await readFile(file, 'utf8')).split(/\r\n|\n|\r/).length;
      faults += problems.length;
      for (const { line, column, reason } of problems) {
        expect(line).toBeGreaterThanOrEqual(1);
        expect(line).toBeLessThanOrEqual(lineCount);
        expect(column).toBeGreaterThanOrEqual(1);
        expect(reason).toMatch(/[.…]$/);
      }
      const wanted = behind === null ? [] : ['survivor'];
      expect(content!.servers.map(({ id }): string => id)).toEqual(expect.arrayContaining(wanted));
    }
    expect(faults).toBeGreaterThan(300);
  }, 60_000);

  it('that are huge, empty, or nothing at all are said, and nothing else happens', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'x.ini');
    await writeFile(file, Buffer.alloc(10 * 1024 * 1024, '[server:x]\n'));
    expect(loadAdminIni(file, {})).toMatchObject({ content: null, problems: [{ line: 1 }] });

    await writeFile(file, '');
    expect(loadAdminIni(file, {})).toMatchObject({
      content: { servers: [] },
      problems: [{ key: 'version' }],
    });

    await writeFile(file, Buffer.alloc(4096));
    expect(loadAdminIni(file, {}).content!.servers).toEqual([]);
  });
});
