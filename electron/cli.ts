import { readArguments, UsageError } from './cli/arguments.ts';
import { usage } from './cli/usage.ts';
import { verbs } from './cli/verbs.ts';
import { say } from './cli/output.ts';

/** The rooms without a window: `cli VERB …`. Data on stdout, words on stderr, 0 only when all of it worked. */
async function run([name = '', ...rest]: readonly string[]): Promise<number> {
  const canceller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => canceller.abort());
  // Whoever reads our output may stop early, as `head` does.
  process.stdout.once('error', () => canceller.abort());
  const verb = Object.entries(verbs).find(([known]) => known === name)?.[1];
  if (verb === undefined) return explain(name);
  try {
    return await verb(readArguments(name, rest), canceller.signal);
  } catch (thrown) {
    if (!(thrown instanceof UsageError)) throw thrown;
    say(`${thrown.message}\n\n${usage}`);
    return 2;
  }
}

function explain(name: string): number {
  const asked = ['help', '--help', '-h'].includes(name);
  say(asked || name === '' ? usage : `There is no verb "${name}".\n\n${usage}`);
  return asked ? 0 : 2;
}

process.exitCode = await run(process.argv.slice(2));
