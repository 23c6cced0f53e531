import { describeFailure } from '../contract/describe-failure.ts';
import type { Failure } from '../contract/failure.ts';

/** One JSON object on a line of stdout. */
export function tell(data: object): void {
  process.stdout.write(`${JSON.stringify(data)}\n`);
}

/** Words on stderr. */
export function say(words: string): void {
  process.stderr.write(`${words}\n`);
}

/** A failure's three lines: what happened, why, what to try. */
export function sayFailure(
  failure: Failure,
  who: { readonly server: string; readonly ourAeTitle: string },
): void {
  const { title, explanation, suggestion } = describeFailure(failure, who);
  say([title, explanation, suggestion].filter(Boolean).join('\n'));
}
