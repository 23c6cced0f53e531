import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog, logBugTo, silentLog, type Log, type LogFields } from '../../../electron/logging/index.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gantry-log-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** What `write` leaves in the log, line by line. */
async function linesOf(write: (log: Log) => void): Promise<Record<string, unknown>[]> {
  const log = createLog({ folder, now: () => new Date('2026-05-04T03:02:01Z') });
  write(log);
  await log.close();
  const text = await readFile(join(folder, 'gantry.log'), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('the log', () => {
  it('writes one JSON line per event with its time and level', async () => {
    const lines = await linesOf((log) => {
      log.info('association.accepted', { calledAeTitle: 'PACS1', port: 104, tls: false });
      log.warn('listener.failed');
      log.error('bug', { incident: '1234' });
    });

    expect(lines).toEqual([
      {
        at: '2026-05-04T03:02:01.000Z',
        level: 'info',
        event: 'association.accepted',
        calledAeTitle: 'PACS1',
        port: 104,
        tls: false,
      },
      { at: '2026-05-04T03:02:01.000Z', level: 'warn', event: 'listener.failed' },
      { at: '2026-05-04T03:02:01.000Z', level: 'error', event: 'bug', incident: '1234' },
    ]);
  });

  it('drops every field that is not in the table, and those of another kind', async () => {
    const fields = {
      patientName: 'DOE^JANE',
      patientId: '4711',
      port: '104',
      server: 7,
      tls: 'yes',
      ms: Number.NaN,
    };

    const [line] = await linesOf((log) => log.info('x', fields as unknown as LogFields));

    expect(Object.keys(line!)).toEqual(['at', 'level', 'event']);
  });

  it('does not take fields from a prototype', async () => {
    const [line] = await linesOf((log) => log.info('x', Object.create({ server: 'PACS1' }) as LogFields));

    expect(line).not.toHaveProperty('server');
  });

  it('writes UIDs hashed, equal ones alike', async () => {
    const lines = await linesOf((log) => {
      log.info('x', { studyInstanceUid: '1.2.3.4' });
      log.info('x', { sopInstanceUid: '1.2.3.4' });
      log.info('x', { studyInstanceUid: '1.2.3.5' });
    });

    expect(JSON.stringify(lines)).not.toContain('1.2.3');
    expect(lines[0]!['studyInstanceUid']).toMatch(/^[0-9a-f]{12}$/);
    expect(lines[1]!['sopInstanceUid']).toBe(lines[0]!['studyInstanceUid']);
    expect(lines[2]!['studyInstanceUid']).not.toBe(lines[0]!['studyInstanceUid']);
  });

  it('cuts text to 64 characters and shows what is invisible in it', async () => {
    const [line] = await linesOf((log) =>
      log.info('x', { server: 'a'.repeat(1000), host: 'a\nb\u202Ec\uD800' }),
    );

    expect(line!['server']).toBe(`${'a'.repeat(63)}…`);
    expect(line!['host']).toBe('a\\u{a}b\\u{202e}c\\u{d800}');
  });

  it('keeps of a bug where it happened, not what it said', async () => {
    const bug = new TypeError('DOE^JANE is not iterable\n    at DOE^JANE (x.ts:1:1)', {
      cause: new Error('DOE^JOHN'),
    });

    const [line] = await linesOf((log) => logBugTo(log)('cafe', bug));

    expect(JSON.stringify(line)).not.toContain('DOE');
    expect(line).toMatchObject({ incident: 'cafe', bug: { name: 'TypeError', cause: { name: 'Error' } } });
    expect(JSON.stringify(line)).toContain('log.test.ts');
  });

  it('goes on to the next of five files when one is full', async () => {
    const log = createLog({ folder, maximumFileBytes: 300 });
    for (let count = 0; count < 100; count += 1) log.info('x', { count });
    await log.close();

    expect((await readdir(folder)).toSorted()).toEqual([
      'gantry.1.log',
      'gantry.2.log',
      'gantry.3.log',
      'gantry.4.log',
      'gantry.log',
    ]);
    const newest = await readFile(join(folder, 'gantry.log'), 'utf8');
    expect(newest).toContain('"count":99');
    const sizes = await Promise.all(
      (await readdir(folder)).map(async (name) => (await readFile(join(folder, name))).length),
    );
    expect(Math.max(...sizes)).toBeLessThanOrEqual(300);
  });

  it('appends to what an earlier run wrote', async () => {
    await linesOf((log) => log.info('first'));

    const lines = await linesOf((log) => log.info('second'));

    expect(lines.map(({ event }) => event)).toEqual(['first', 'second']);
  });

  it('never throws, whatever it is given and wherever it should write', async () => {
    const file = join(folder, 'in-the-way');
    await writeFile(file, '');
    const log = createLog({ folder: file, now: () => new Date(Number.NaN) });
    const treacherous = Object.defineProperty({}, 'server', {
      enumerable: true,
      get: () => {
        throw new Error('no');
      },
    }) as LogFields;

    expect(() => log.info('x', treacherous)).not.toThrow();
    expect(() => createLog({ folder: file }).info('x')).not.toThrow();
    await expect(log.close()).resolves.toBeUndefined();
    expect(() => silentLog.error('x')).not.toThrow();
  });
});
