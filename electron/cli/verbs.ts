import type { Arguments } from './arguments.ts';

/** @returns the exit code */
export type Verb = (args: Arguments, signal: AbortSignal) => Promise<number>;

/** Each verb's code is loaded when it is asked for, so that a short command stays short. */
export const verbs = {
  echo: async (args, signal) => (await import('./echo.ts')).echo(args, signal),
  find: async (args, signal) => (await import('./find.ts')).find(args, signal),
  retrieve: async (args, signal) => (await import('./retrieve.ts')).retrieve(args, signal),
  send: async (args, signal) => (await import('./send.ts')).send(args, signal),
  commit: async (args, signal) => (await import('./commit.ts')).commit(args, signal),
  listen: async (args, signal) => (await import('./listen.ts')).listen(args, signal),
  test: async (args, signal) => (await import('./test-connection.ts')).test(args, signal),
  check: async (args, signal) => (await import('./check.ts')).check(args, signal),
  'export-ini': async (args) => (await import('./export-ini.ts')).exportServers(args),
  links: async (args) => (await import('./links.ts')).links(args),
} satisfies Readonly<Record<string, Verb>>;
