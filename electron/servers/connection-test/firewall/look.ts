import type { FirewallFacts } from '../../../contract/connection-test.ts';

/** What a rule set does with new connections to a port. `unsure`: it can't be told for certain. */
export type Verdict = 'allowed' | 'blocked' | 'off' | 'unsure';

export interface Judgement {
  readonly verdict: Verdict;
  /** What decides it, in the words of the tool; `null`: nothing that could be named. */
  readonly rule: string | null;
}

/** A program and what it is told: never a line for a shell. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
}

/** How ports are opened, by whoever may. */
export interface Opening {
  readonly commands: readonly Command[];
  /** It holds when the computer is started again. */
  readonly isPermanent: boolean;
}

/** What a firewall does with ports of ours. */
export interface Look {
  readonly state: Exclude<FirewallFacts['state'], 'not-needed'>;
  readonly tool: string | null;
  readonly rule: string | null;
  /** Those that are shut, or of which it can't be told. */
  readonly ports: readonly number[];
  readonly opening: Opening | null;
}

export const nothingSeen: Look = { state: 'unknown', tool: null, rule: null, ports: [], opening: null };

/** One port after the other, as one answer: what is shut counts before what can't be told. */
export function lookOf(
  tool: string,
  judged: readonly (Judgement & { readonly port: number })[],
  opening: (ports: readonly number[]) => Opening,
): Look {
  const of = (verdict: Verdict): typeof judged => judged.filter((each) => each.verdict === verdict);
  const [shut, unsure] = [of('blocked'), of('unsure')];
  const doubtful = shut.length > 0 ? shut : unsure;
  const [first] = doubtful;
  if (first === undefined) {
    const state = of('off').length === judged.length ? 'off' : 'allowed';
    return { state, tool, rule: null, ports: [], opening: null };
  }
  const ports = doubtful.map(({ port }) => port);
  const state = shut.length > 0 ? 'blocked' : 'unknown';
  return { state, tool, rule: first.rule, ports, opening: opening(ports) };
}
