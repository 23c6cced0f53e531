import { readArguments, UsageError } from './cli/arguments.ts';
import { usage } from './cli/usage.ts';
import { verbs } from './cli/verbs.ts';
import { say } from './cli/output.ts';

/** The rooms without a window: `cli VERB …`. Data on stdout, words on stderr, 0 only when all of it worked. */
async function run(argv: readonly string[]): Promise<number> {
  const canceller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => canceller.abort());
  // Whoever reads our output may stop early, as `head` does.
  process.stdout.once('error', () => canceller.abort());
  const [name = '', ...rest] = argv;
  const verb = Object.hasOwn(verbs, name) ? verbs[name as keyof typeof verbs] : null;
  if (verb === null) {
    say(
      name === '' || name === 'help' || name === '--help' ? usage : `There is no verb "${name}".\n\n${usage}`,
    );
    return name === 'help' || name === '--help' ? 0 : 2;
  }
  try {
    return await verb(readArguments(name, rest), canceller.signal);
  } catch (thrown) {
    if (!(thrown instanceof UsageError)) throw thrown;
    say(`${thrown.message}\n\n${usage}`);
    return 2;
  }
}

process.exitCode = await run(process.argv.slice(2));
