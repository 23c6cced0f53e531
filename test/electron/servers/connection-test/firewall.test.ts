import { describe, expect, it } from 'vitest';
import type { AskTool } from '../../../../electron/servers/connection-test/firewall/ask-tool.ts';
import { judgeIptables } from '../../../../electron/servers/connection-test/firewall/iptables.ts';
import { linuxFirewall } from '../../../../electron/servers/connection-test/firewall/linux-firewall.ts';
import { macFirewall } from '../../../../electron/servers/connection-test/firewall/mac-firewall.ts';
import { judgeNft } from '../../../../electron/servers/connection-test/firewall/nft-judge.ts';
import { readNftRuleset } from '../../../../electron/servers/connection-test/firewall/nft-ruleset.ts';
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

function nftVerdict(json: string): string | undefined {
  const ruleset = readNftRuleset(json);
  return ruleset === null ? undefined : judgeNft(ruleset, 11112)[0]?.verdict;
}

const ours = (...expr: readonly object[]) => ({
  rule: { family: 'inet', table: 'filter', chain: 'ours', expr },
});
const jump = {
  rule: { family: 'inet', table: 'filter', chain: 'input', expr: [{ jump: { target: 'ours' } }] },
};
const xtMatch = (name: string) => ({
  rule: {
    family: 'inet',
    table: 'filter',
    chain: 'input',
    expr: [{ xt: { type: 'match', name } }, { accept: null }],
  },
});
const oursChain = { chain: { family: 'inet', table: 'filter', name: 'ours' } };

describe('nft', () => {
  it.each([
    ['without a say where no chain is on the input hook', '{"nftables":[]}', undefined],
    ['open where nothing is dropped', nft('accept', established), 'allowed'],
    ['shut by policy', nft('drop', established), 'blocked'],
    ['open by a rule before the policy', nft('drop', established, dport(11112, 'accept')), 'allowed'],
    ['open by a set', nft('drop', dport({ set: [104, { range: [11000, 11200] }] }, 'accept')), 'allowed'],
    ['shut by a rule', nft('accept', dport(11112, 'drop')), 'blocked'],
    ['shut although another port is open', nft('drop', dport(104, 'accept')), 'blocked'],
    ['not known where it depends on who calls', nft('drop', fromSubnet), 'unsure'],
    ['open by a rule of another chain', nft('drop', oursChain, jump, ours({ accept: null })), 'allowed'],
    ['shut by a rule of another chain', nft('accept', oursChain, jump, ours({ drop: null })), 'blocked'],
    ['shut by policy where another chain returns', nft('drop', jump, ours({ return: null })), 'blocked'],
    ['not known where iptables has put a match of its own', nft('drop', ours(), xtMatch('geoip')), 'unsure'],
    ['judged where that is a comment only', nft('accept', xtMatch('comment')), 'allowed'],
    ['not known where its answer is none', 'nonsense', undefined],
  ])('is %s', (_, rules, verdict) => {
    expect(nftVerdict(rules)).toBe(verdict);
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
    [
      'open by a rule of another chain',
      '-P INPUT DROP\n-N OURS\n-A INPUT -j OURS\n-A OURS -p tcp --dport 11112 -j ACCEPT\n',
      'allowed',
    ],
    ['not known where a match is not understood', '-P INPUT DROP\n-A INPUT -m geoip -j ACCEPT\n', 'unsure'],
    [
      'not known where it depends on who calls',
      '-P INPUT DROP\n-A INPUT -s 10.0.0.0/8 -p tcp -j ACCEPT\n',
      'unsure',
    ],
  ])('is %s', (_, rules, verdict) => {
    expect(judgeIptables(rules, 11112).verdict).toBe(verdict);
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
      'unsure',
    ],
  ])('is %s', (_, status, verdict) => {
    expect(judgeUfw(status, 11112).verdict).toBe(verdict);
  });
});

const noFile = (): Promise<string | null> => Promise.resolve(null);

function linux(
  ports: readonly number[],
  answers: Readonly<Record<string, string>>,
  read: (path: string) => Promise<string | null> = noFile,
) {
  return linuxFirewall(ports, { askTool: tools(answers), read }, never);
}

const ruleset = 'nft -j list ruleset';

describe('the firewall of Linux', () => {
  it('names the port that is blocked, by which tool and rule, and what opens it', async () => {
    expect(await linux([11112, 104], { [ruleset]: nft('drop', dport(104, 'accept')) })).toEqual({
      state: 'blocked',
      tool: 'nft',
      rule: 'policy drop in chain input of table inet filter',
      ports: [11112],
      opening: {
        commands: [
          {
            program: 'nft',
            args: 'insert rule inet filter input tcp dport 11112 accept'.split(' '),
          },
        ],
        isPermanent: false,
      },
    });
  });

  it('opens every chain that is in the way, in one call', async () => {
    const other = {
      chain: { family: 'ip', table: 'site', name: 'guard', hook: 'input', policy: 'drop', type: 'filter' },
    };

    const { opening } = await linux([104, 11112], { [ruleset]: nft('drop', other) });

    expect(opening?.commands.map(({ args }) => args.join(' '))).toEqual([
      'insert rule inet filter input tcp dport { 104, 11112 } accept ; insert rule ip site guard tcp dport { 104, 11112 } accept',
    ]);
  });

  it('puts no name into a command that nft itself would not take', async () => {
    const evil = {
      chain: { family: 'ip', table: '; flush ruleset', name: 'x', hook: 'input', policy: 'drop' },
    };

    const look = await linux([11112], { [ruleset]: JSON.stringify({ nftables: [evil] }) });

    expect(look).toMatchObject({ state: 'off', opening: null });
  });

  it('is unknown where nobody may be asked', async () => {
    expect(await linux([11112], {})).toMatchObject({ state: 'unknown', tool: null, opening: null });
  });

  it('goes on to what lies below a ufw that is off', async () => {
    const answers = { 'ufw status verbose': 'Status: inactive\n', [ruleset]: nft('accept') };

    expect((await linux([11112], answers)).state).toBe('allowed');
  });

  it('goes on to iptables where nft knows of no rules', async () => {
    const rules = '-P INPUT ACCEPT\n-A INPUT -p tcp -m tcp --dport 11112 -j DROP\n';

    const look = await linux([11112], { [ruleset]: '{"nftables":[]}', 'iptables -S': rules });

    expect(look).toMatchObject({
      state: 'blocked',
      tool: 'iptables',
      rule: '-A INPUT -p tcp -m tcp --dport 11112 -j DROP',
      opening: {
        commands: [{ program: 'iptables', args: '-I INPUT -p tcp --dport 11112 -j ACCEPT'.split(' ') }],
      },
    });
  });

  it('offers what ufw would take where ufw is at work and tells root only', async () => {
    const look = await linux([11112], {}, () => Promise.resolve('ENABLED=yes\nLOGLEVEL=low\n'));

    expect(look).toMatchObject({
      state: 'unknown',
      tool: 'ufw',
      ports: [11112],
      opening: { commands: [{ program: 'ufw', args: ['allow', '11112/tcp'] }], isPermanent: true },
    });
  });

  it('has firewalld open what nft shows to be shut below it', async () => {
    const answers = {
      'firewall-cmd --state': 'running\n',
      'firewall-cmd --list-ports': '22/tcp\n',
      [ruleset]: nft('drop'),
    };

    expect(await linux([11112], answers)).toMatchObject({
      state: 'blocked',
      tool: 'firewalld',
      opening: {
        commands: [
          { program: 'firewall-cmd', args: ['--add-port=11112/tcp'] },
          { program: 'firewall-cmd', args: ['--permanent', '--add-port=11112/tcp'] },
        ],
      },
    });
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
    expect((await macFirewall({ ports: [11112], program: '/app' }, tools(answers), never)).state).toBe(state);
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
    ['unknown where the answer is none', 'Zugriff verweigert', 'unsure'],
  ])('is %s', (_, json, state) => {
    expect(judgeWindows(json, 11112).verdict).toBe(state);
  });

  it('gives the command that opens the port, for whoever may', async () => {
    const ask: AskTool = () => Promise.resolve(answer([]));

    const facts = await windowsFirewall({ ports: [11112], program: "C:\\O'Brien\\app.exe" }, ask, never);

    expect(facts).toMatchObject({
      state: 'blocked',
      opening: {
        commands: [
          {
            program: 'netsh.exe',
            args: [
              ...['advfirewall', 'firewall', 'add', 'rule', 'name=DICOM-11112'],
              ...['dir=in', 'action=allow', 'protocol=TCP', 'localport=11112'],
            ],
          },
        ],
      },
    });
  });
});
