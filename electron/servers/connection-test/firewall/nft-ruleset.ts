import { z } from 'zod';

const Ruleset = z.object({ nftables: z.array(z.record(z.string(), z.unknown())) });

/** As nft itself takes names; nothing else goes back to it in a command. */
const Name = z.string().regex(/^[A-Za-z_][\w./\\-]*$/);

const Chain = z.object({
  table: Name,
  family: Name,
  name: Name,
  hook: z.string().optional(),
  policy: z.string().optional(),
});
export type Chain = z.output<typeof Chain>;

const Rule = z.object({
  table: z.string(),
  family: z.string(),
  chain: z.string(),
  handle: z.number().optional(),
  expr: z.array(z.record(z.string(), z.unknown())),
});
export type Rule = z.output<typeof Rule>;

/** What `nft -j list ruleset` says of chains and rules; `null`: it is no such answer. */
export interface NftRuleset {
  readonly chains: readonly Chain[];
  readonly rules: readonly Rule[];
}

export function readNftRuleset(json: string): NftRuleset | null {
  const ruleset = Ruleset.safeParse(parsed(json));
  if (!ruleset.success) return null;
  const of = <Item>(schema: z.ZodType<Item>, kind: string): readonly Item[] =>
    ruleset.data.nftables.flatMap((entry) => {
      const item = schema.safeParse(entry[kind]);
      return item.success ? [item.data] : [];
    });
  return { chains: of(Chain, 'chain'), rules: of(Rule, 'rule') };
}

export function rulesOf({ rules }: NftRuleset, chain: Omit<Chain, 'hook' | 'policy'>): readonly Rule[] {
  return rules.filter(
    (rule) => rule.table === chain.table && rule.family === chain.family && rule.chain === chain.name,
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
