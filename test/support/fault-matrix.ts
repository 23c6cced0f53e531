import type { Owner } from '../../electron/contract/test-parties.ts';
import type { Tested } from './connection-testing.ts';

/** A fault that is staged, and what a person must be told of it. */
export interface Fault {
  readonly name: string;
  /** In words for the table. */
  readonly expected: string;
  /** At which step, by which words, and who must act. */
  readonly step: string;
  readonly cause: RegExp;
  readonly owner: Owner;
  readonly stage: () => Promise<Tested>;
}

export interface Row {
  readonly fault: string;
  readonly expected: string;
  readonly named: string;
  readonly right: boolean;
}

export async function rowOf({ name, expected, step, cause, owner, stage }: Fault): Promise<Row> {
  const found = (await stage()).advice();
  if (found === null) return { fault: name, expected, named: 'nothing is wrong', right: false };
  const { advice } = found;
  const right = found.step === step && cause.test(advice.cause) && advice.owner === owner;
  return { fault: name, expected, named: `${found.step}: ${advice.cause} [${advice.owner}]`, right };
}

export function tableOf(rows: readonly Row[]): string {
  const head = { fault: 'fault', expected: 'expected cause', named: 'named as', right: 'right?' };
  const lines = [head, ...rows.map((row) => ({ ...row, right: row.right ? 'yes' : 'NO' }))];
  const width = (of: 'fault' | 'expected' | 'named'): number =>
    Math.max(...lines.map((line) => line[of].length));
  const [fault, expected, named] = [width('fault'), width('expected'), width('named')];
  return lines
    .map((line) =>
      [line.fault.padEnd(fault), line.expected.padEnd(expected), line.named.padEnd(named), line.right].join(
        ' | ',
      ),
    )
    .join('\n');
}
