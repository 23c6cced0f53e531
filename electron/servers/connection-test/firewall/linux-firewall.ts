import type { FirewallFacts } from '../../../contract/connection-test.ts';
import type { AskTool } from './ask-tool.ts';
import { judgeIptables } from './iptables.ts';
import { judgeNft } from './nft.ts';
import { judgeUfw } from './ufw.ts';

/** What a rule set does with new connections to a port; `null`: it can't be told for certain. */
export type Verdict = 'allowed' | 'blocked' | 'off' | null;

interface Tool {
  readonly name: string;
  readonly judge: (ask: Asking, port: number) => Promise<Verdict | 'absent'>;
  readonly command: (ports: readonly number[]) => string;
}

type Asking = (program: string, args: readonly string[]) => Promise<string | null>;

/**
 * The firewall of a Linux system, by the most comfortable tool that is at work. Most of them tell only
 * root; then it is not known.
 */
export async function linuxFirewall(
  ports: readonly number[],
  askTool: AskTool,
  signal: AbortSignal,
): Promise<FirewallFacts> {
  const ask: Asking = (program, args) => askTool(program, args, signal);
  for (const { name, judge, command } of tools) {
    const verdicts = await Promise.all(ports.map((port) => judge(ask, port)));
    if (verdicts.includes('absent')) continue;
    if (verdicts.every((verdict) => verdict === 'off')) {
      if (name === 'nft' || name === 'iptables') return { state: 'off', tool: name, command: null };
      continue;
    }
    if (verdicts.includes('blocked')) return { state: 'blocked', tool: name, command: command(ports) };
    const known = verdicts.every((verdict) => verdict !== null);
    return { state: known ? 'allowed' : 'unknown', tool: name, command: known ? null : command(ports) };
  }
  return { state: 'unknown', tool: null, command: null };
}

const tools: readonly Tool[] = [
  {
    name: 'firewalld',
    judge: async (ask, port) => {
      const state = await ask('firewall-cmd', ['--state']);
      if (state?.trim() !== 'running') return 'absent';
      const answer = await ask('firewall-cmd', ['--list-ports']);
      if (answer === null) return null;
      return answer.split(/\s+/).some((entry) => coversPort(entry, port)) ? 'allowed' : null;
    },
    command: (ports) => ports.map((port) => `firewall-cmd --permanent --add-port=${port}/tcp`).join(' && '),
  },
  {
    name: 'ufw',
    judge: async (ask, port) => {
      const status = await ask('ufw', ['status', 'verbose']);
      return status === null ? 'absent' : judgeUfw(status, port);
    },
    command: (ports) => ports.map((port) => `ufw allow ${port}/tcp`).join(' && '),
  },
  {
    name: 'nft',
    judge: async (ask, port) => {
      const rules = await ask('nft', ['-j', 'list', 'ruleset']);
      return rules === null ? 'absent' : judgeNft(rules, port);
    },
    command: (ports) =>
      ports.map((port) => `nft insert rule inet filter input tcp dport ${port} accept`).join(' && '),
  },
  {
    name: 'iptables',
    judge: async (ask, port) => {
      const rules = await ask('iptables', ['-S', 'INPUT']);
      return rules === null ? 'absent' : judgeIptables(rules, port);
    },
    command: (ports) =>
      ports.map((port) => `iptables -I INPUT -p tcp --dport ${port} -j ACCEPT`).join(' && '),
  },
];

/** `11112/tcp` or `11000-11200/tcp` of firewalld. */
function coversPort(entry: string, port: number): boolean {
  const [, from = '', to = from] = /^(\d+)(?:-(\d+))?\/tcp$/.exec(entry) ?? [];
  return from !== '' && Number(from) <= port && port <= Number(to === '' ? from : to);
}
