import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { TestStep } from '../../electron/contract/connection-test.ts';
import { adviceOn } from '../../electron/contract/connection-test-report.ts';
import type { FirewallOffer, FirewallOpened } from '../../electron/contract/firewall.ts';
import { partiesOf, serverAt, type Ended } from '../support/connection-testing.ts';
import { pathOf, whichPeers } from '../support/peers/index.ts';
import { oneSyntaxPerClass, writeMixedSet } from '../support/synthetic-study.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const peers = whichPeers();
const port = 11_112;

interface Firewall {
  readonly name: string;
  readonly isHere: boolean;
  /** Run in the namespace as root before anything else, by sh. */
  readonly setUp: readonly string[];
  readonly rule: RegExp;
  readonly command: string;
  readonly isPermanent: boolean;
}

const nftInput = "nft add chain inet site incoming '{ type filter hook input priority 0; policy accept; }'";

const firewalls: readonly Firewall[] = [
  {
    name: 'a rule of nft’s',
    isHere: peers.nft,
    setUp: [
      'nft add table inet site',
      nftInput,
      `nft add rule inet site incoming tcp dport ${port} counter drop`,
    ],
    rule: /^tcp dport 11112 counter packets \d+ bytes \d+ drop in chain incoming of table inet site$/,
    command: `nft insert rule inet site incoming tcp dport ${port} accept`,
    isPermanent: false,
  },
  {
    name: 'a policy of nft’s, behind a rule for what stands already',
    isHere: peers.nft,
    setUp: [
      'nft add table inet site',
      nftInput.replace('policy accept', 'policy drop'),
      'nft add rule inet site incoming ct state established,related accept',
    ],
    rule: /^policy drop in chain incoming of table inet site$/,
    command: `nft insert rule inet site incoming tcp dport ${port} accept`,
    isPermanent: false,
  },
  {
    name: 'a rule of iptables’',
    isHere: peers.iptables && pathOf('xtables-legacy-multi') !== null,
    setUp: [
      'mount --bind /usr/sbin/xtables-legacy-multi /usr/sbin/xtables-nft-multi',
      'iptables -N site',
      'iptables -A INPUT -p tcp -j site',
      `iptables -A site -p tcp --dport ${port} -j DROP`,
    ],
    rule: /^-A site -p tcp -m tcp --dport 11112 -j DROP$/,
    command: `iptables -I INPUT -p tcp --dport ${port} -j ACCEPT`,
    isPermanent: false,
  },
  {
    name: 'ufw',
    isHere: peers.ufw,
    setUp: [
      'own=$(mktemp -d)',
      'cp -a /etc/ufw/. "$own"',
      'mount -t tmpfs none /etc/ufw',
      'cp -a "$own"/. /etc/ufw',
      'rm -rf "$own"',
      'ip link set lo up',
      'ufw --force enable >/dev/null',
    ],
    rule: /^Default: deny \(incoming\)$/,
    command: `ufw allow ${port}/tcp`,
    isPermanent: true,
  },
];

interface Told {
  readonly when: string;
  readonly step?: Ended & TestStep;
  readonly echo?: boolean;
  readonly store?: boolean;
  readonly offer?: FirewallOffer;
  readonly opened?: FirewallOpened;
  readonly studies?: number;
}

/** The app in a namespace of its own, behind what `setUp` has put there. */
async function behind(setUp: readonly string[]): Promise<(when: string) => Told> {
  await using folder = await temporaryFolder();
  const [object] = await writeMixedSet(folder.path, oneSyntaxPerClass);
  const script = join(import.meta.dirname, '../support/behind-firewall.ts');
  const sh = [...setUp, 'exec "$0" "$@"'].join(' && ');
  const args = ['-n', '-m', 'sh', '-c', sh, process.execPath, script, `${port}`, object?.path ?? ''];
  const { stdout } = await promisify(execFile)('unshare', args);
  const told = stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Told);
  return (when) => Object.assign({ when }, ...told.filter((each) => each.when === when)) as Told;
}

/** Whether a namespace of its own can be had here, and this be set up in it. */
async function canStage(setUp: readonly string[]): Promise<boolean> {
  const sh = ['ip link add near type veth peer name far', ...setUp].join(' && ');
  return await promisify(execFile)('unshare', ['-n', '-m', 'sh', '-c', sh]).then(
    () => true,
    () => false,
  );
}

const isRoot =
  peers.dcmtk &&
  ['unshare', 'nsenter', 'ip'].every((tool) => pathOf(tool) !== null) &&
  (await canStage(['mount -t tmpfs none /mnt']));
if (!isRoot) console.log('not root (or no unshare, nsenter, ip, DCMTK), so no firewall can be staged here');
const staged = new Set<Firewall>();
for (const firewall of firewalls) {
  if (isRoot && firewall.isHere && (await canStage(firewall.setUp))) staged.add(firewall);
  else console.log(`left out: ${firewall.name} (its tool is not here, or this kernel does not take it)`);
}

function causeOf(step: Ended | undefined): string {
  const parties = partiesOf(serverAt({ host: '10.98.0.2', port: 10_104 }));
  return step === undefined
    ? ''
    : adviceOn(step, parties)
        .map(({ cause }) => cause)
        .join(' ');
}

describe.skipIf(!isRoot)('a port shut by this computer’s firewall', () => {
  for (const firewall of firewalls) {
    const { name, setUp, rule, command, isPermanent } = firewall;
    it.skipIf(!staged.has(firewall))(
      `is named with the rule, and opened on request: ${name}`,
      { timeout: 90_000 },
      async () => {
        const at = await behind(setUp);

        const shut = at('shut');
        expect(shut.step).toMatchObject({
          kind: 'warned',
          facts: { firewall: { state: 'blocked', ports: [port] } },
        });
        expect(causeOf(shut.step)).toMatch(/firewall of this computer \(\w+\) lets nobody in at port 11112/);
        expect(shut.step).toMatchObject({
          findings: [{ kind: 'firewall-blocks', rule: expect.stringMatching(rule) }],
        });
        expect({ echo: shut.echo, store: shut.store }).toEqual({ echo: false, store: false });

        expect(at('offered').offer).toMatchObject({
          kind: 'offered',
          ports: [port],
          command,
          elevation: 'none',
          isPermanent,
        });
        expect(at('opened').opened).toMatchObject({ outcome: 'done', firewall: { state: 'allowed' } });

        const open = at('open');
        expect(open.step).toMatchObject({ kind: 'passed', facts: { firewall: { state: 'allowed' } } });
        expect({ echo: open.echo, store: open.store }).toEqual({ echo: true, store: true });
        expect(at('end').studies).toBe(1);
      },
    );
  }

  it.skipIf(!peers.nft)(
    'is not named where only another port is shut; a namesake beside us is, once it has called',
    { timeout: 60_000 },
    async () => {
      const at = await behind([
        'nft add table inet site',
        nftInput,
        'nft add rule inet site incoming tcp dport 104 drop',
      ]);

      expect(at('shut').step).toMatchObject({
        kind: 'passed',
        facts: { firewall: { state: 'allowed', tool: 'nft' } },
      });
      expect({ echo: at('shut').echo, store: at('shut').store }).toEqual({ echo: true, store: true });
      expect(at('end').studies).toBe(1);
      expect(at('called by a namesake').step).toMatchObject({
        kind: 'warned',
        findings: [{ kind: 'ae-title-in-use', address: '10.98.0.2' }],
      });
    },
  );
});
