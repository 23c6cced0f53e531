import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** What the person who starts the app may say. */
export interface StartOptions {
  /** Holds settings, archive and logs; `null`: where the system keeps such things. */
  readonly home: string | null;
  readonly adminIni: string | null;
  /** Start with the demonstration archive. */
  readonly demo: boolean;
}

/** @param args as given, with Chromium's and Electron's own switches among them */
export function readStartOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): StartOptions {
  const { values } = parseArgs({
    args: [...args],
    options: { home: { type: 'string' }, 'admin-ini': { type: 'string' }, demo: { type: 'boolean' } },
    strict: false,
    allowPositionals: true,
  });
  const home = text(values.home) ?? text(env['GANTRY_HOME']);
  return {
    home: home === null ? null : resolve(home),
    adminIni: text(values['admin-ini']),
    demo: values.demo === true,
  };
}

/** An option without its value is read as `true`, an unset variable may be empty: neither says anything. */
function text(value: string | boolean | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
