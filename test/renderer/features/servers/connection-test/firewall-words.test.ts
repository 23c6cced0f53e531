import { describe, expect, it } from 'vitest';
import type { FirewallFacts, OurSideFacts } from '../../../../../electron/contract/connection-test.ts';
import {
  openedWords,
  portsToAllow,
  portWords,
} from '../../../../../renderer/features/servers/connection-test/firewall-words.ts';

const shut: FirewallFacts = {
  state: 'blocked',
  tool: 'nft',
  rule: 'policy drop in chain input of table inet filter',
  ports: [104, 11112],
  command: 'nft insert rule inet filter input tcp dport 11112 accept',
};

function ourSide(firewall: FirewallFacts) {
  const facts: OurSideFacts = {
    step: 'our-side',
    listener: null,
    listenPort: null,
    localAddress: null,
    lastLocalAddress: null,
    firewall,
  };
  return { kind: 'passed', step: 'our-side', ms: 1, facts } as const;
}

describe('the ports to be opened', () => {
  it('are those that are shut, or of which it can’t be told', () => {
    expect(portsToAllow(ourSide(shut))).toEqual([104, 11112]);
    expect(portsToAllow(ourSide({ ...shut, state: 'unknown' }))).toEqual([104, 11112]);
  });

  it('are none where they are open, or where nobody knows how', () => {
    expect(portsToAllow(ourSide({ ...shut, state: 'allowed' }))).toEqual([]);
    expect(portsToAllow(ourSide({ ...shut, command: null }))).toEqual([]);
  });

  it('are named', () => {
    expect(portWords([104])).toBe('port 104');
    expect(portWords([104, 11112])).toBe('ports 104 and 11112');
  });
});

describe('what came of it', () => {
  it('is told by what the firewall does now, not by what the command said', () => {
    const words = openedWords({ outcome: 'done', detail: '', firewall: shut });

    expect(words.tone).toBe('failure');
    expect(words.title).toContain('still blocks it');
    expect(words.detail).toContain('policy drop in chain input');
  });

  it('is not claimed where only an administrator can see it', () => {
    const words = openedWords({ outcome: 'done', detail: '', firewall: { ...shut, state: 'unknown' } });

    expect(words.tone).toBe('warning');
  });

  it('is nothing where the right was not given', () => {
    expect(openedWords({ outcome: 'declined', detail: '', firewall: shut }).title).toBe(
      'Nothing was changed',
    );
  });
});
