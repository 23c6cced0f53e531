import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readStartOptions } from '../../../electron/shell/start-options.ts';

describe('start options', () => {
  it('are found among the switches of Chromium and Electron', () => {
    const args = [
      '.',
      '--inspect=0',
      '--remote-debugging-port=0',
      '--demo',
      '--home',
      '/a',
      '--admin-ini=/b.ini',
    ];

    expect(readStartOptions(args, {})).toEqual({ home: resolve('/a'), adminIni: '/b.ini', demo: true });
  });

  it('take the home from the environment unless it is given', () => {
    expect(readStartOptions([], { GANTRY_HOME: 'relative' }).home).toBe(resolve('relative'));
    expect(readStartOptions(['--home=/given'], { GANTRY_HOME: '/other' }).home).toBe(resolve('/given'));
  });

  it('say nothing where nothing is said', () => {
    expect(readStartOptions(['--home'], { GANTRY_HOME: '' })).toEqual({
      home: null,
      adminIni: null,
      demo: false,
    });
  });
});
