import { describe, expect, it } from 'vitest';
import type { AskTool } from '../../../../electron/servers/connection-test/firewall/ask-tool.ts';
import { judgeIptables } from '../../../../electron/servers/connection-test/firewall/iptables.ts';
import { linuxFirewall } from '../../../../electron/servers/connection-test/firewall/linux-firewall.ts';
import { macFirewall } from '../../../../electron/servers/connection-test/firewall/mac-firewall.ts';
import { judgeNft } from '../../../../electron/servers/connection-test/firewall/nft.ts';
import { judgeUfw } from '../../../../electron/servers/connection-test/firewall/ufw.ts';
import {
  judgeWindows,
  windowsFirewall,
} from '../../../../electron/servers/connection-test/firewall/windows-firewall.ts';

const never = new AbortController().signal;

/** Tools that say what stands here; what is not here is not installed. */
function tools(answers: Readonly<Record<string, string>>): AskTool {
  return (program, args) => Promise.resolve(answers[[program, ...args].join(' ')] ?? null);
}

const dport = (right: unknown, verdict: string) => ({
  rule: {
    family: 'inet',
    table: 'filter',
    chain: 'input',
    expr: [
      { match: { op: '==', left: { payload: { protocol: 'tcp', field: 'dport' } }, right } },
      { [verdict]: null },
    ],
  },
});

const established = {
  rule: {
    family: 'inet',
    table: 'filter',
    chain: 'input',
    expr: [
      { match: { op: 'in', left: { ct: { key: 'state' } }, right: ['established', 'related'] } },
      { accept: null },
    ],
  },
};

const fromSubnet = {
  rule: {
    family: 'inet',
    table: 'filter',
    chain: 'input',
    expr: [
      { match: { op: '==', left: { payload: { protocol: 'ip', field: 'saddr' } }, right: '10.0.0.1' } },
      { accept: null },
    ],
  },
};

function nft(policy: 'accept' | 'drop', ...rules: readonly object[]): string {
  const chain = { family: 'inet', table: 'filter', name: 'input', hook: 'input', policy, type: 'filter' };
  return JSON.stringify({ nftables: [{ metainfo: {} }, { chain }, ...rules] });
}

describe('nft', () => {
  it.each([
    ['off without a chain on the input hook', '{"nftables":[]}', 'off'],
    ['open where nothing is dropped', nft('accept', established), 'allowed'],
    ['shut by policy', nft('drop', established), 'blocked'],
    ['open by a rule before the policy', nft('drop', established, dport(11112, 'accept')), 'allowed'],
    ['open by a set', nft('drop', dport({ set: [104, { range: [11000, 11200] }] }, 'accept')), 'allowed'],
    ['shut by a rule', nft('accept', dport(11112, 'drop')), 'blocked'],
    ['shut although another port is open', nft('drop', dport(104, 'accept')), 'blocked'],
    ['not known where it depends on who calls', nft('drop', fromSubnet), null],
    ['not known where the answer is none', 'nonsense', null],
  ])('is %s', (_, rules, verdict) => {
    expect(judgeNft(rules, 11112)).toBe(verdict);
  });
});

describe('iptables', () => {
  it.each([
    ['off without rules', '-P INPUT ACCEPT\n', 'off'],
    ['shut by policy', '-P INPUT DROP\n-A INPUT -i lo -j ACCEPT\n', 'blocked'],
    [
      'open by a rule',
      '-P INPUT DROP\n-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT\n-A INPUT -p tcp -m tcp --dport 11112 -j ACCEPT\n',
      'allowed',
    ],
    ['shut by a rule', '-P INPUT ACCEPT\n-A INPUT -p tcp -m tcp --dport 11112 -j DROP\n', 'blocked'],
    [
      'open beside a rule for another port',
      '-P INPUT ACCEPT\n-A INPUT -p tcp --dport 22 -j DROP\n',
      'allowed',
    ],
    [
      'open by several ports',
      '-P INPUT DROP\n-A INPUT -p tcp -m multiport --dports 104,11000:11200 -j ACCEPT\n',
      'allowed',
    ],
    ['not known where another chain decides', '-P INPUT DROP\n-A INPUT -j OURS\n', null],
    [
      'not known where it depends on who calls',
      '-P INPUT DROP\n-A INPUT -s 10.0.0.0/8 -p tcp -j ACCEPT\n',
      null,
    ],
  ])('is %s', (_, rules, verdict) => {
    expect(judgeIptables(rules, 11112)).toBe(verdict);
  });
});

describe('ufw', () => {
  const active = 'Status: active\nLogging: on (low)\nDefault: deny (incoming), allow (outgoing)\n\n';

  it.each([
    ['off', 'Status: inactive\n', 'off'],
    ['shut by default', active, 'blocked'],
    ['open by a rule', `${active}11112/tcp                  ALLOW IN    Anywhere\n`, 'allowed'],
    ['shut by a rule', `${active}11112                      DENY IN     Anywhere\n`, 'blocked'],
    ['open in a range', `${active}11000:11200/tcp            ALLOW IN    Anywhere\n`, 'allowed'],
    [
      'not known where it depends on who calls',
      `${active}11112/tcp                  ALLOW IN    10.0.0.0/8\n`,
      null,
    ],
  ])('is %s', (_, status, verdict) => {
    expect(judgeUfw(status, 11112)).toBe(verdict);
  });
});

describe('the firewall of Linux', () => {
  it('names the port that is blocked, by which tool, and the command that opens it', async () => {
    const ask = tools({ 'nft -j list ruleset': nft('drop', dport(104, 'accept')) });

    expect(await linuxFirewall([11112], ask, never)).toEqual({
      state: 'blocked',
      tool: 'nft',
      command: 'nft insert rule inet filter input tcp dport 11112 accept',
    });
  });

  it('is unknown where nobody may be asked', async () => {
    expect(await linuxFirewall([11112], tools({}), never)).toEqual({
      state: 'unknown',
      tool: null,
      command: null,
    });
  });

  it('goes on to what lies below a ufw that is off', async () => {
    const ask = tools({ 'ufw status verbose': 'Status: inactive\n', 'nft -j list ruleset': nft('accept') });

    expect((await linuxFirewall([11112], ask, never)).state).toBe('allowed');
  });
});

describe('the firewall of macOS', () => {
  const tool = '/usr/libexec/ApplicationFirewall/socketfilterfw';

  it.each([
    ['off', { [`${tool} --getglobalstate`]: 'Firewall is disabled. (State = 0)' }, 'off'],
    [
      'open for this program',
      {
        [`${tool} --getglobalstate`]: 'Firewall is enabled. (State = 1)',
        [`${tool} --getblockall`]: 'Firewall has block all state set to disabled.',
        [`${tool} --getappblocked /app`]: 'Incoming connection to the application is permitted',
      },
      'allowed',
    ],
    [
      'shut for this program',
      {
        [`${tool} --getglobalstate`]: 'Firewall is enabled. (State = 1)',
        [`${tool} --getappblocked /app`]: 'Incoming connection to the application is blocked',
      },
      'blocked',
    ],
    ['unknown where it says nothing', {}, 'unknown'],
  ])('is %s', async (_, answers, state) => {
    expect((await macFirewall('/app', tools(answers), never)).state).toBe(state);
  });
});

describe('the firewall of Windows', () => {
  const answer = (rules: readonly object[], enabled = true): string =>
    JSON.stringify({ profiles: [{ enabled, inbound: 'NotConfigured' }], rules });

  it.each([
    ['off', answer([], false), 'off'],
    ['shut by default', answer([]), 'blocked'],
    ['open by port', answer([{ action: 'Allow', ports: ['11112'] }]), 'allowed'],
    ['open by range', answer([{ action: 'Allow', ports: ['11000-11200'] }]), 'allowed'],
    ['open by program', answer([{ action: 'Allow', ports: ['Any'] }]), 'allowed'],
    [
      'shut by a blocking rule beside an allowing one',
      answer([
        { action: 'Allow', ports: ['Any'] },
        { action: 'Block', ports: ['11112'] },
      ]),
      'blocked',
    ],
    ['unknown where the answer is none', 'Zugriff verweigert', 'unknown'],
  ])('is %s', (_, json, state) => {
    expect(judgeWindows(json, [11112])).toBe(state);
  });

  it('gives the command that opens the port, for whoever may', async () => {
    const ask: AskTool = () => Promise.resolve(answer([]));

    const facts = await windowsFirewall({ ports: [11112], program: "C:\\O'Brien\\app.exe" }, ask, never);

    expect(facts).toMatchObject({ state: 'blocked', command: expect.stringContaining('localport=11112') });
  });
});
