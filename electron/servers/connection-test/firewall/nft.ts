import { z } from 'zod';
import type { Verdict } from './linux-firewall.ts';

const Ruleset = z.object({ nftables: z.array(z.record(z.string(), z.unknown())) });
const Chain = z.object({
  table: z.string(),
  family: z.string(),
  name: z.string(),
  hook: z.string().optional(),
  policy: z.string().optional(),
});
const Rule = z.object({
  table: z.string(),
  family: z.string(),
  chain: z.string(),
  expr: z.array(z.record(z.string(), z.unknown())),
});
const Ports = z.union([
  z.number(),
  z.object({ range: z.tuple([z.number(), z.number()]) }),
  z.object({ set: z.array(z.unknown()) }),
]);
const Match = z.object({ op: z.string(), left: z.unknown(), right: z.unknown() });

/**
 * The answer of `nft -j list ruleset`. A new connection must get through every chain on the input hook.
 * Rules that can't be about it are passed over; one that might be, and isn't understood, makes it unknown.
 */
export function judgeNft(rulesetJson: string, port: number): Verdict {
  const ruleset = Ruleset.safeParse(parsed(rulesetJson));
  if (!ruleset.success) return null;
  const of = <Item>(schema: z.ZodType<Item>, kind: string): readonly Item[] =>
    ruleset.data.nftables.flatMap((entry) => {
      const item = schema.safeParse(entry[kind]);
      return item.success ? [item.data] : [];
    });
  const chains = of(Chain, 'chain').filter(({ hook, family }) => hook === 'input' && family !== 'arp');
  if (chains.length === 0) return 'off';
  const rules = of(Rule, 'rule');
  const verdicts = chains.map((chain) => {
    const own = rules.filter(
      (rule) => rule.table === chain.table && rule.family === chain.family && rule.chain === chain.name,
    );
    return judgeChain(own, chain.policy ?? 'accept', port);
  });
  if (verdicts.includes('blocked')) return 'blocked';
  return verdicts.includes(null) ? null : 'allowed';
}

function judgeChain(rules: readonly z.output<typeof Rule>[], policy: string, port: number): Verdict {
  for (const { expr } of rules) {
    const verdict = judgeRule(expr, port);
    if (verdict !== 'passes') return verdict;
  }
  return policy === 'drop' ? 'blocked' : 'allowed';
}

type Expression = Readonly<Record<string, unknown>>;

function judgeRule(expressions: readonly Expression[], port: number): Verdict | 'passes' {
  const conditions = expressions.flatMap((each) =>
    'match' in each ? [matchesNew(each['match'], port)] : [],
  );
  if (conditions.includes('no')) return 'passes';
  const [verdict] = expressions.flatMap((each) => Object.keys(each)).filter((kind) => kind in outcomes);
  if (verdict === undefined) return 'passes';
  return conditions.includes('unsure') ? null : (outcomes[verdict] ?? null);
}

/** Where a rule leads elsewhere, what is done there is not followed. */
const outcomes: Readonly<Record<string, Verdict>> = {
  accept: 'allowed',
  drop: 'blocked',
  reject: 'blocked',
  jump: null,
  goto: null,
  vmap: null,
};

type Answer = 'yes' | 'no' | 'unsure';

/** Whether a condition holds for a new TCP connection from elsewhere to this port. */
function matchesNew(condition: unknown, port: number): Answer {
  const match = Match.safeParse(condition);
  if (!match.success) return 'unsure';
  const { left, right, op } = match.data;
  const about = JSON.stringify(left);
  const question = questions.find(({ of }) => of.test(about));
  if (question === undefined) return 'unsure';
  const holds = question.holds(right, port);
  if (holds === null) return 'unsure';
  return holds === (op !== '!=') ? 'yes' : 'no';
}

interface Question {
  /** What is matched, as JSON. */
  readonly of: RegExp;
  /** `null`: it depends on where it comes from. */
  readonly holds: (right: unknown, port: number) => boolean | null;
}

const questions: readonly Question[] = [
  { of: /"ct".*"state"/, holds: (right) => namesIn(right).includes('new') },
  { of: /"iif/, holds: (right) => (namesIn(right).join() === 'lo' ? false : null) },
  {
    of: /"l4proto"|"nexthdr"|"ip6?","field":"protocol"/,
    holds: (right) => namesIn(right).some((name) => name === 'tcp' || name === '6'),
  },
  { of: /"icmp|"udp"/, holds: () => false },
  { of: /"tcp".*"dport"/, holds: coversPort },
];

/** A value, or those of a set. */
function namesIn(right: unknown): readonly string[] {
  if (Array.isArray(right)) return right.map(String);
  if (typeof right === 'object' && right !== null && 'set' in right && Array.isArray(right.set)) {
    return right.set.map(String);
  }
  return [String(right)];
}

function coversPort(right: unknown, port: number): boolean {
  const ports = Ports.safeParse(right);
  if (!ports.success) return false;
  const { data } = ports;
  if (typeof data === 'number') return data === port;
  if ('range' in data) return data.range[0] <= port && port <= data.range[1];
  return data.set.some((each) => coversPort(each, port));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
