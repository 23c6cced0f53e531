import type { Verdict } from './linux-firewall.ts';

/** The answer of `ufw status verbose`: the first rule about the port, else what is done by default. */
export function judgeUfw(status: string, port: number): Verdict {
  if (/^Status: inactive/m.test(status)) return 'off';
  if (!/^Status: active/m.test(status)) return null;
  for (const line of status.split('\n')) {
    const verdict = verdictOf(line, port);
    if (verdict !== 'passes') return verdict;
  }
  const byDefault = /^Default: (\w+) \(incoming\)/m.exec(status)?.[1] ?? '';
  return defaults[byDefault] ?? null;
}

const defaults: Readonly<Record<string, Verdict>> = { allow: 'allowed', deny: 'blocked', reject: 'blocked' };

/** `11112/tcp    ALLOW IN    Anywhere` */
const ruleLine = /^(\S+(?: \(v6\))?)\s+(ALLOW|DENY|REJECT|LIMIT)(?: IN)?\s+(.*)$/;

function verdictOf(line: string, port: number): Verdict | 'passes' {
  const rule = ruleLine.exec(line);
  if (rule === null) return 'passes';
  const [, to = '', action = '', from = ''] = rule;
  if (!namesPort(to, port)) return 'passes';
  // A rule for some callers only says nothing of the server.
  if (!from.startsWith('Anywhere')) return null;
  return action === 'ALLOW' || action === 'LIMIT' ? 'allowed' : 'blocked';
}

function namesPort(to: string, port: number): boolean {
  if (to === 'Anywhere') return true;
  const [, ports = ''] = /^([\d,:]+)(?:\/tcp)?$/.exec(to) ?? [];
  return ports.split(',').some((range) => {
    const [from = '', until = from] = range.split(':');
    return from !== '' && Number(from) <= port && port <= Number(until);
  });
}
