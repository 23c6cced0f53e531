import { parseArgs } from 'node:util';

/** The command line could not be understood; the message says which part. */
export class UsageError extends Error {}

export interface Arguments {
  readonly verb: string;
  readonly values: Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;
  readonly paths: readonly string[];
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const peer = {
  host: text,
  port: text,
  called: text,
  calling: text,
  tls: flag,
  'no-verify': flag,
  ca: { type: 'string', multiple: true },
  cert: text,
  key: text,
  pfx: text,
  'passphrase-env': text,
  'expected-name': text,
  home: text,
};

const options = {
  echo: peer,
  find: {
    ...peer,
    model: text,
    level: text,
    match: { type: 'string', short: 'k', multiple: true },
    charset: text,
    'decode-as': text,
  },
  retrieve: {
    ...peer,
    method: text,
    listen: text,
    'listen-host': text,
    study: text,
    series: text,
    prefer: text,
    to: text,
  },
  send: { ...peer, associations: text, transcode: text, 'transcode-all': flag, lossy: text },
  commit: { ...peer, listen: text, 'listen-host': text, wait: text, pending: flag },
  listen: { port: text, ae: text, to: text, host: text, 'no-fsync': flag, home: text },
  test: {
    ...peer,
    listen: text,
    'listen-host': text,
    'send-one-image': flag,
    json: flag,
    report: text,
  },
  check: {
    home: text,
    calling: text,
    strict: flag,
    echo: flag,
    'secret-env': { type: 'string', multiple: true },
    json: flag,
  },
  'export-ini': { home: text, to: text },
  links: { home: text, 'admin-ini': text, days: text, json: flag, report: text },
} as const;

/** @throws UsageError */
export function readArguments(verb: string, argv: readonly string[]): Arguments {
  const known = Object.entries(options).find(([name]) => name === verb)?.[1] ?? {};
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: known,
      allowPositionals: true,
      strict: true,
    });
    return { verb, values, paths: positionals };
  } catch (thrown) {
    throw new UsageError(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

/** @throws UsageError when it is missing */
export function required({ verb, values }: Arguments, name: string): string {
  const value = values[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new UsageError(`${verb} needs --${name}.`);
}

export function optional({ values }: Arguments, name: string): string | null {
  const value = values[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

export function isSet({ values }: Arguments, name: string): boolean {
  return values[name] === true;
}

export function all({ values }: Arguments, name: string): readonly string[] {
  const value = values[name];
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
