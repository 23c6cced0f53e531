import type { Verdict } from './linux-firewall.ts';

/**
 * The answer of `iptables -S INPUT`. Rules that can't be about a new connection from elsewhere are passed
 * over; one that might be, and isn't understood, makes it unknown.
 */
export function judgeIptables(rules: string, port: number): Verdict {
  const lines = rules.split('\n').filter((line) => line.startsWith('-'));
  const [, policy = ''] = /^-P INPUT (\w+)/m.exec(rules) ?? [];
  const appended = lines.filter((line) => line.startsWith('-A INPUT'));
  if (appended.length === 0 && policy === 'ACCEPT') return 'off';
  for (const rule of appended) {
    const verdict = verdictOf(rule, port);
    if (verdict !== 'passes') return verdict;
  }
  if (policy === 'ACCEPT') return 'allowed';
  return policy === 'DROP' || policy === 'REJECT' ? 'blocked' : null;
}

function verdictOf(rule: string, port: number): Verdict | 'passes' {
  if (isOfNoConcern(rule)) return 'passes';
  const [, target = ''] = / -j (\S+)/.exec(rule) ?? [];
  if (target === 'LOG') return 'passes';
  const matches = matchesPort(rule, port);
  if (matches === 'no') return 'passes';
  if (matches === 'unsure') return null;
  if (target === 'ACCEPT') return 'allowed';
  return target === 'DROP' || target === 'REJECT' ? 'blocked' : null;
}

/** Of other protocols, of the loopback interface, or of connections that stand already. */
function isOfNoConcern(rule: string): boolean {
  if (/ -i lo\b/.test(rule) || / -p (?!tcp\b|all\b)\S+/.test(rule)) return true;
  const [, states] = / --(?:ctstate|state) (\S+)/.exec(rule) ?? [];
  return states !== undefined && !states.split(',').includes('NEW');
}

function matchesPort(rule: string, port: number): 'yes' | 'no' | 'unsure' {
  const [, dport] = / --dports? (\S+)/.exec(rule) ?? [];
  if (dport !== undefined && !covers(dport, port)) return 'no';
  const understood = rule
    .replace(/ -p (tcp|all)/, '')
    .replace(/ -m (tcp|conntrack|state|multiport|comment)/g, '')
    .replace(/ --comment (?:"[^"]*"|\S+)/, '')
    .replace(/ --dports? \S+/, '')
    .replace(/ --(?:ctstate|state) \S+/, '')
    .replace(/ -j \S+(?: --reject-with \S+)?/, '');
  return understood.trim() === '-A INPUT' ? 'yes' : 'unsure';
}

function covers(ports: string, port: number): boolean {
  return ports.split(',').some((range) => {
    const [from = '', to = from] = range.split(':');
    return Number(from) <= port && port <= Number(to);
  });
}
