import type { LinuxTool } from './linux-firewall.ts';
import { lookOf, type Judgement, type Opening } from './look.ts';

/** ufw tells root only what it does; whether it is at work stands in a file that everybody may read. */
export const ufw: LinuxTool = async (ports, ask, read) => {
  const status = await ask('ufw', ['status', 'verbose']);
  if (status !== null) {
    return lookOf(
      'ufw',
      ports.map((port) => ({ port, ...judgeUfw(status, port) })),
      opening,
    );
  }
  const configuration = await read('/etc/ufw/ufw.conf');
  if (configuration === null || !/^\s*ENABLED=yes\s*$/im.test(configuration)) return null;
  return lookOf(
    'ufw',
    ports.map((port) => ({ port, ...unsure })),
    opening,
  );
};

function opening(ports: readonly number[]): Opening {
  return {
    commands: [{ program: 'ufw', args: ['allow', `${ports.join(',')}/tcp`] }],
    isPermanent: true,
  };
}

const unsure: Judgement = { verdict: 'unsure', rule: null };

/** The answer of `ufw status verbose`: the first rule about the port, else what is done by default. */
export function judgeUfw(status: string, port: number): Judgement {
  if (/^Status: inactive/m.test(status)) return { verdict: 'off', rule: null };
  if (!/^Status: active/m.test(status)) return unsure;
  for (const line of status.split('\n')) {
    const verdict = verdictOf(line, port);
    if (verdict !== null) return { verdict, rule: line.trim().replaceAll(/\s+/g, ' ') };
  }
  const [rule = null, byDefault = ''] = /^Default: (\w+) \(incoming\)/m.exec(status) ?? [];
  return { verdict: defaults[byDefault] ?? 'unsure', rule };
}

const defaults: Readonly<Record<string, Judgement['verdict']>> = {
  allow: 'allowed',
  deny: 'blocked',
  reject: 'blocked',
};

/** `11112/tcp    ALLOW IN    Anywhere` */
const ruleLine = /^(\S+(?: \(v6\))?)\s+(ALLOW|DENY|REJECT|LIMIT)(?: IN)?\s+(.*)$/;

/** `null`: the line is about something else. */
function verdictOf(line: string, port: number): Judgement['verdict'] | null {
  const rule = ruleLine.exec(line);
  if (rule === null) return null;
  const [, to = '', action = '', from = ''] = rule;
  if (!namesPort(to, port)) return null;
  // A rule for some callers only says nothing of the server.
  if (!from.startsWith('Anywhere')) return 'unsure';
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
