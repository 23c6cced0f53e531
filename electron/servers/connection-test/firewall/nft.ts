import type { Ask, LinuxTool } from './linux-firewall.ts';
import { lookOf, type Judgement, type Opening } from './look.ts';
import { judgeNft, type NftJudgement } from './nft-judge.ts';
import { readNftRuleset, type Chain } from './nft-ruleset.ts';

/** The rules of the kernel as nft tells them, to root only. */
export const nft: LinuxTool = async (ports, ask) => {
  const answer = await ask('nft', ['-j', 'list', 'ruleset']);
  if (answer === null) return null;
  const ruleset = readNftRuleset(answer);
  const shut: NftJudgement[] = [];
  const judged: (Judgement & { port: number })[] = [];
  for (const port of ports) {
    const chains = ruleset === null ? null : judgeNft(ruleset, port);
    const against = chains?.filter(({ verdict }) => verdict !== 'allowed') ?? [];
    shut.push(...against);
    judged.push({ port, ...(await judgementOf(chains, ask)) });
  }
  return lookOf('nft', judged, (closed) => opening(closed, shut));
};

async function judgementOf(chains: readonly NftJudgement[] | null, ask: Ask): Promise<Judgement> {
  if (chains === null) return { verdict: 'unsure', rule: null };
  if (chains.length === 0) return { verdict: 'off', rule: null };
  const decisive =
    chains.find(({ verdict }) => verdict === 'blocked') ?? chains.find(({ verdict }) => verdict === 'unsure');
  if (decisive === undefined) return { verdict: 'allowed', rule: null };
  return { verdict: decisive.verdict, rule: await wordsOf(decisive, ask) };
}

/** The rule as nft writes it, and where it stands. */
async function wordsOf({ chain, rule }: NftJudgement, ask: Ask): Promise<string> {
  const { family, table, chain: name } = rule ?? { ...chain, chain: chain.name };
  const where = `chain ${name} of table ${family} ${table}`;
  if (rule === null) return `policy ${chain.policy ?? 'accept'} in ${where}`;
  const listed = (await ask('nft', ['-a', 'list', 'chain', family, table, name])) ?? '';
  const line = listed.split('\n').find((each) => each.endsWith(`# handle ${rule.handle}`));
  const words = (line ?? '').replace(/#.*$/, '').trim();
  return `${words === '' ? `rule ${rule.handle ?? ''}` : words} in ${where}`;
}

/** One call for all, so that all of it is done or nothing: every chain that is in the way lets them in first. */
function opening(ports: readonly number[], shut: readonly NftJudgement[]): Opening {
  const chains = [...new Map(shut.map(({ chain }) => [nameOf(chain), chain])).values()];
  const which = ports.length === 1 ? `${ports[0]}` : `{ ${ports.join(', ')} }`;
  const accepted = ['tcp', 'dport', which, 'accept'];
  const rules = chains.map(({ family, table, name }) =>
    ['insert', 'rule', family, table, name].concat(accepted),
  );
  const args = rules.flatMap((rule, index) => (index === 0 ? rule : [';', ...rule]));
  return { commands: args.length === 0 ? [] : [{ program: 'nft', args }], isPermanent: false };
}

function nameOf({ family, table, name }: Chain): string {
  return `${family} ${table} ${name}`;
}
