import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepBrokenSettings } from '../../../electron/settings/index.ts';

const now = (): Date => new Date('2026-05-04T03:02:01.007Z');
const keptName = 'settings.broken-2026-05-04T03-02-01-007Z.json';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gantry-settings-'));
  file = join(folder, 'settings.json');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('keepBrokenSettings', () => {
  it('leaves a good file alone, whatever else is in it', () => {
    const good = [
      '{}',
      '{"settings":{"version":1,"aeTitle":"X"},"servers":{"version":1,"entries":[{"odd":1}]}}',
      '{"window":{"width":"wide"}}',
    ];
    for (const text of good) {
      writeFileSync(file, text);

      expect(keepBrokenSettings(file, now)).toBeNull();
      expect(readFileSync(file, 'utf8')).toBe(text);
    }
  });

  it('has nothing to do where there is no file', () => {
    expect(keepBrokenSettings(file, now)).toBeNull();
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    ['cut short', '{"settings":{"aeTitle":"VIE'],
    ['empty', ''],
    ['not JSON', 'aeTitle=VIEWER'],
    ['marked with a byte order', '\uFEFF{"settings":{}}'],
    ['a list', '[]'],
    ['a text', '"x"'],
    ['null', 'null'],
    ['settings that are a list', '{"settings":[1]}'],
    ['settings that are a text', '{"settings":"x"}'],
    ['servers that are a list', '{"servers":[]}'],
    ['entries that are no list', '{"servers":{"entries":{}}}'],
    ['a newer version', '{"settings":{"version":2}}'],
    ['a version of text', '{"servers":{"version":"1"}}'],
  ])('keeps a file that is %s under another name', (_, text) => {
    writeFileSync(file, text);

    expect(keepBrokenSettings(file, now)).toBe(join(folder, keptName));
    expect(readdirSync(folder)).toEqual([keptName]);
    expect(readFileSync(join(folder, keptName), 'utf8')).toBe(text);
  });
});
