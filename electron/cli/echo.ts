import { FailureError } from '../contract/failure.ts';
import { testEcho } from '../servers/index.ts';
import type { Arguments } from './arguments.ts';
import { tell } from './output.ts';
import { targetOf } from './values.ts';
import { working } from './working.ts';

/** The echo test: a line per step that passed, the last one `echo`. */
export function echo(args: Arguments, signal: AbortSignal): Promise<number> {
  const target = targetOf(args);
  return working(target, async () => {
    for await (const step of testEcho(target.server, { callingAeTitle: target.callingAeTitle }, signal)) {
      if (step.kind === 'running') continue;
      tell(step);
      if (step.kind === 'failed') throw new FailureError(step.failure);
    }
    return 0;
  });
}
