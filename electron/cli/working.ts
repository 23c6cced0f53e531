import type { Failure } from '../contract/failure.ts';
import { failureOf } from '../logging/index.ts';
import type { QueryTarget } from '../query/index.ts';
import { say, sayFailure } from './output.ts';

/**
 * Runs the work of a verb. A failure is put into words, a bug keeps its stack on stderr.
 *
 * @returns the work's exit code; 1 when it failed, 130 when it was stopped by a signal
 */
export async function working(
  { server, callingAeTitle }: QueryTarget,
  work: () => Promise<number>,
): Promise<number> {
  try {
    return await work();
  } catch (thrown) {
    const failure: Failure = failureOf(thrown, (incident, bug) => {
      say(`Incident ${incident}: ${bug instanceof Error ? (bug.stack ?? bug.message) : String(bug)}`);
    });
    sayFailure(failure, {
      server: `${server.aeTitle} (${server.host}:${server.port})`,
      ourAeTitle: callingAeTitle,
    });
    return failure.step === 'cancelled' ? 130 : 1;
  }
}
