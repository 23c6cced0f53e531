import type { Verdict } from './look.ts';
import { matchesNew } from './nft-match.ts';
import { rulesOf, type Chain, type NftRuleset, type Rule } from './nft-ruleset.ts';

/** What a chain on the input hook does with new connections to a port. */
export interface NftJudgement {
  readonly verdict: Exclude<Verdict, 'off'>;
  readonly chain: Chain;
  /** The rule that decides; `null`: the chain's policy does. */
  readonly rule: Rule | null;
}

/**
 * Every chain on the input hook: a new connection must get through them all. Rules that can't be about it
 * are passed over; one that might be, and isn't understood, makes its chain unsure.
 */
export function judgeNft(ruleset: NftRuleset, port: number): readonly NftJudgement[] {
  return ruleset.chains
    .filter(({ hook, family }) => hook === 'input' && ['ip', 'ip6', 'inet'].includes(family))
    .map((chain) => {
      const decided = judgeChain(chain, { ruleset, port, depth: 0 });
      if (decided !== null) return { chain, ...decided };
      return { chain, verdict: chain.policy === 'drop' ? 'blocked' : 'allowed', rule: null };
    });
}

interface Walk {
  readonly ruleset: NftRuleset;
  readonly port: number;
  /** How many jumps led here. */
  readonly depth: number;
}

type Decided = Pick<NftJudgement, 'verdict' | 'rule'>;

/** As many as nft allows. */
const maxDepth = 16;

/** `null`: no rule of the chain decides. */
function judgeChain(chain: Omit<Chain, 'hook' | 'policy'>, walk: Walk): Decided | null {
  if (walk.depth > maxDepth) return { verdict: 'unsure', rule: null };
  for (const rule of rulesOf(walk.ruleset, chain)) {
    const decided = judgeRule(rule, walk);
    if (decided === 'return') return null;
    if (decided !== null) return decided;
  }
  return null;
}

function judgeRule(rule: Rule, walk: Walk): Decided | 'return' | null {
  const matches = conditionOf(rule, walk.port);
  if (matches === 'no') return null;
  const outcome = outcomeOf(rule);
  if (outcome === null) return null;
  if ('leads' in outcome) return judgeJump(rule, outcome.leads, matches, walk);
  if (matches === 'unsure') return { verdict: 'unsure', rule };
  return outcome.verdict === 'return' ? 'return' : { verdict: outcome.verdict, rule };
}

function judgeJump(rule: Rule, target: string | null, matches: string, walk: Walk): Decided | null {
  if (target === null) return { verdict: 'unsure', rule };
  const { family, table } = rule;
  const within = judgeChain({ family, table, name: target }, { ...walk, depth: walk.depth + 1 });
  return within === null || matches === 'yes' ? within : { verdict: 'unsure', rule };
}

/** All conditions of a rule together; iptables' own matches, but for comments, are not understood. */
function conditionOf({ expr }: Rule, port: number): 'yes' | 'no' | 'unsure' {
  const answers = expr.flatMap((each) => {
    if ('match' in each) return [matchesNew(each['match'], port)];
    return /"type":"match","name":"(?!comment")/.test(JSON.stringify(each['xt'] ?? '')) ? ['unsure'] : [];
  });
  if (answers.includes('no')) return 'no';
  return answers.includes('unsure') ? 'unsure' : 'yes';
}

type Outcome =
  | { readonly verdict: NftJudgement['verdict'] | 'return' }
  /** `null`: where to is not known. */
  | { readonly leads: string | null };

/** `null`: it only counts, notes or marks. */
function outcomeOf({ expr }: Rule): Outcome | null {
  for (const each of expr) {
    for (const [kind, value] of Object.entries(each)) {
      const outcome = outcomes[kind]?.(value) ?? null;
      if (outcome !== null) return outcome;
    }
  }
  return null;
}

const blocked: Outcome = { verdict: 'blocked' };
const elsewhere: Outcome = { leads: null };
const jump = (value: unknown): Outcome => ({ leads: targetIn(value) });

const outcomes: Readonly<Record<string, (value: unknown) => Outcome | null>> = {
  accept: () => ({ verdict: 'allowed' }),
  drop: () => blocked,
  reject: () => blocked,
  return: () => ({ verdict: 'return' }),
  jump,
  goto: jump,
  vmap: () => elsewhere,
  queue: () => elsewhere,
  xt: ofIptables,
};

/** A target that iptables has put there. */
function ofIptables(value: unknown): Outcome | null {
  const target = /"type":"target","name":"(\w+)"/.exec(JSON.stringify(value))?.[1];
  if (target === undefined || target === 'LOG') return null;
  return target === 'REJECT' ? blocked : elsewhere;
}

function targetIn(jump: unknown): string | null {
  return typeof jump === 'object' && jump !== null && 'target' in jump && typeof jump.target === 'string'
    ? jump.target
    : null;
}
