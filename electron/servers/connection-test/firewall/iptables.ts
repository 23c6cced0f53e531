import type { LinuxTool } from './linux-firewall.ts';
import { lookOf, type Judgement, type Opening, type Verdict } from './look.ts';

/** The rules of the kernel as iptables tells them, to root only. */
export const iptables: LinuxTool = async (ports, ask) => {
  const rules = await ask('iptables', ['-S']);
  if (rules === null) return null;
  return lookOf(
    'iptables',
    ports.map((port) => ({ port, ...judgeIptables(rules, port) })),
    opening,
  );
};

function opening(ports: readonly number[]): Opening {
  const of =
    ports.length === 1 ? ['--dport', `${ports[0]}`] : ['-m', 'multiport', '--dports', ports.join(',')];
  const args = ['-I', 'INPUT', '-p', 'tcp', ...of, '-j', 'ACCEPT'];
  return { commands: [{ program: 'iptables', args }], isPermanent: false };
}

/**
 * The answer of `iptables -S`. Rules that can't be about a new connection from elsewhere are passed
 * over; one that might be, and isn't understood, makes it unsure.
 */
export function judgeIptables(rules: string, port: number): Judgement {
  const [policyLine = '', policy = ''] = /^-P INPUT (\w+)$/m.exec(rules) ?? [];
  if (!/^-A INPUT/m.test(rules) && policy === 'ACCEPT') return { verdict: 'off', rule: null };
  const judged = judgeChain('INPUT', { lines: rules.split('\n'), port, depth: 0 });
  if (judged !== null) return judged;
  const verdict = policy === 'ACCEPT' ? 'allowed' : policy === '' ? 'unsure' : 'blocked';
  return { verdict, rule: policyLine };
}

interface RuleSet {
  readonly lines: readonly string[];
  readonly port: number;
  /** How many jumps led here. */
  readonly depth: number;
}

/** The kernel allows no circles; a limit all the same. */
const maxDepth = 16;

/** `null`: no rule of the chain decides. */
function judgeChain(chain: string, rules: RuleSet): Judgement | null {
  if (rules.depth > maxDepth) return { verdict: 'unsure', rule: null };
  for (const rule of rules.lines) {
    if (!rule.startsWith(`-A ${chain} `) || isOfNoConcern(rule)) continue;
    const target = / -j (\S+)/.exec(rule)?.[1] ?? '';
    if (target === 'RETURN' && matchesPort(rule, chain, rules.port) === 'yes') return null;
    const verdict = verdictOf(rule, chain, rules);
    if (verdict !== null) return verdict;
  }
  return null;
}

function verdictOf(rule: string, chain: string, rules: RuleSet): Judgement | null {
  const target = / -[jg] (\S+)/.exec(rule)?.[1] ?? '';
  const matches = matchesPort(rule, chain, rules.port);
  if (matches === 'no' || target === 'LOG' || target === '') return null;
  const outcome = outcomes[target];
  if (outcome !== undefined) return { verdict: matches === 'yes' ? outcome : 'unsure', rule };
  const within = judgeChain(target, { ...rules, depth: rules.depth + 1 });
  if (within === null || matches === 'yes') return within;
  return { verdict: 'unsure', rule };
}

const outcomes: Readonly<Record<string, Verdict>> = {
  ACCEPT: 'allowed',
  DROP: 'blocked',
  REJECT: 'blocked',
  RETURN: 'unsure',
  NFQUEUE: 'unsure',
};

/** Of other protocols, of the loopback interface, or of connections that stand already. */
function isOfNoConcern(rule: string): boolean {
  if (/ -i lo\b/.test(rule) || / -p (?!tcp\b|all\b)\S+/.test(rule)) return true;
  const [, states] = / --(?:ctstate|state) (\S+)/.exec(rule) ?? [];
  return states !== undefined && !states.split(',').includes('NEW');
}

function matchesPort(rule: string, chain: string, port: number): 'yes' | 'no' | 'unsure' {
  const [, dport] = / --dports? (\S+)/.exec(rule) ?? [];
  if (dport !== undefined && !covers(dport, port)) return 'no';
  const understood = rule
    .replace(/ -p (tcp|all)/, '')
    .replaceAll(/ -m (tcp|conntrack|state|multiport|comment)/g, '')
    .replace(/ --comment (?:"[^"]*"|\S+)/, '')
    .replace(/ --dports? \S+/, '')
    .replace(/ --(?:ctstate|state) \S+/, '')
    .replace(/ -[jg] \S+(?: --reject-with \S+)?/, '');
  return understood.trim() === `-A ${chain}` ? 'yes' : 'unsure';
}

function covers(ports: string, port: number): boolean {
  return ports.split(',').some((range) => {
    const [from = '', to = from] = range.split(':');
    return Number(from) <= port && port <= Number(to);
  });
}
