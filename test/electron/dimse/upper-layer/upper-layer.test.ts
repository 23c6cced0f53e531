import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { defaultTimeouts } from '../../../../electron/dimse/association/association-plan.ts';
import { defaultLimits } from '../../../../electron/dimse/association/listen-options.ts';
import { decodeAssociateAc, decodeAssociateRq } from '../../../../electron/dimse/pdu/decode-pdu.ts';
import type { Ending } from '../../../../electron/dimse/upper-layer/ending.ts';
import { UpperLayer } from '../../../../electron/dimse/upper-layer/upper-layer.ts';
import type { UpperLayerUser } from '../../../../electron/dimse/upper-layer/upper-layer.ts';
import { FakeSocket } from '../../../support/fake-socket.ts';
import { golden, pduHeaderBytes } from '../../../support/golden-pdus.ts';
import { encodePdu } from '../../../support/raw-pdu.ts';

const request = decodeAssociateRq(golden.associateRq.subarray(pduHeaderBytes));
const answer = decodeAssociateAc(golden.associateAc.subarray(pduHeaderBytes));
const artimMs = 100;

class Stand implements UpperLayerUser {
  readonly socket = new FakeSocket();
  readonly upper: UpperLayer;
  readonly told: string[] = [];

  constructor(role: 'requestor' | 'acceptor') {
    this.upper = new UpperLayer(this.socket.asSocket, {
      role,
      user: this,
      maximumLengthBytes: 131_072,
      artimMs,
      observe: null,
    });
  }

  associateIndication(): void {
    this.told.push('asked');
  }

  associateConfirmation(): void {
    this.told.push('accepted');
  }

  dataIndication(): boolean {
    this.told.push('data');
    return false;
  }

  ended(ending: Ending): void {
    this.told.push(ending.kind === 'released' ? `released by ${ending.by}` : ending.kind);
  }

  gone(): void {
    this.told.push('gone');
  }

  /** Bytes come, and everything that follows from them has happened. */
  async hear(bytes: Buffer): Promise<void> {
    this.socket.hear(bytes);
    await turn();
    await turn();
  }
}

/** How to come to each state that we ever rest in. Sta4, 8, 9 and 12 are passed through at once. */
const states: Readonly<Record<string, () => Promise<Stand>>> = {
  Sta2: async () => {
    const stand = new Stand('acceptor');
    stand.upper.awaitAssociate();
    return stand;
  },
  Sta3: async () => {
    const stand = await states['Sta2']!();
    await stand.hear(golden.associateRq);
    return stand;
  },
  Sta5: async () => {
    const stand = new Stand('requestor');
    stand.upper.associate(request);
    return stand;
  },
  'Sta6 requestor': async () => {
    const stand = await states['Sta5']!();
    await stand.hear(golden.associateAc);
    return stand;
  },
  'Sta6 acceptor': async () => {
    const stand = await states['Sta3']!();
    stand.upper.accept(answer);
    return stand;
  },
  'Sta7 requestor': async () => {
    const stand = await states['Sta6 requestor']!();
    stand.upper.release();
    return stand;
  },
  'Sta7 acceptor': async () => {
    const stand = await states['Sta6 acceptor']!();
    stand.upper.release();
    return stand;
  },
  Sta10: async () => {
    const stand = await states['Sta7 acceptor']!();
    await stand.hear(golden.releaseRq);
    return stand;
  },
  Sta11: async () => {
    const stand = await states['Sta7 requestor']!();
    await stand.hear(golden.releaseRq);
    return stand;
  },
  /** Behind our A-RELEASE-RP. */
  Sta13: async () => {
    const stand = await states['Sta6 acceptor']!();
    await stand.hear(golden.releaseRq);
    return stand;
  },
};

const heard: Readonly<Record<string, Buffer>> = {
  'A-ASSOCIATE-RQ': golden.associateRq,
  'A-ASSOCIATE-AC': golden.associateAc,
  'A-ASSOCIATE-RJ': golden.associateRj,
  'P-DATA-TF': golden.echoRq,
  'A-RELEASE-RQ': golden.releaseRq,
  'A-RELEASE-RP': golden.releaseRp,
  'A-ABORT': golden.abort,
  'an unknown PDU': encodePdu(0x42),
  'an invalid PDU': Buffer.from('0400ffffffff', 'hex'),
};

/** What is said in answer, what our user is told, and the state behind it; `gone`: the socket too. */
interface Cell {
  readonly said: string;
  readonly told: readonly string[];
  readonly next: string;
}

const abort = (reason: number, told: readonly string[] = ['invalid']): Cell => ({
  said: `0700 00000004 000002${reason.toString(16).padStart(2, '0')}`,
  told,
  next: 'Sta13',
});
const gone = (...told: readonly string[]): Cell => ({ said: '', told: [...told, 'gone'], next: 'Sta1' });
const ignored = (next: string, ...told: readonly string[]): Cell => ({ said: '', told, next });

const unexpected = abort(2);
/** What no state takes, but those that are over: 2, unexpected PDU; 1, unrecognized; 6, invalid. */
const strange = { 'an unknown PDU': abort(1), 'an invalid PDU': abort(6) };
const nothingExpected = {
  'A-ASSOCIATE-RQ': unexpected,
  'A-ASSOCIATE-AC': unexpected,
  'A-ASSOCIATE-RJ': unexpected,
  'P-DATA-TF': unexpected,
  'A-RELEASE-RQ': unexpected,
  'A-RELEASE-RP': unexpected,
  'A-ABORT': gone('aborted'),
  ...strange,
};
const accepted = (said: string, next: string): Cell => ({ said, told: [], next });
const releaseRp = '0600 00000004 00000000';

/** PS3.8 Table 9-10, by what can be seen of it from outside: state, then what is heard in it. */
const table: Readonly<Record<string, Readonly<Record<string, Cell>>>> = {
  Sta2: { ...nothingExpected, 'A-ASSOCIATE-RQ': ignored('Sta3', 'asked') },
  Sta3: nothingExpected,
  Sta5: {
    ...nothingExpected,
    'A-ASSOCIATE-AC': ignored('Sta6', 'accepted'),
    'A-ASSOCIATE-RJ': gone('rejected'),
  },
  'Sta6 requestor': {
    ...nothingExpected,
    'P-DATA-TF': ignored('Sta6', 'data'),
    'A-RELEASE-RQ': { said: releaseRp, told: ['released by peer'], next: 'Sta13' },
  },
  'Sta6 acceptor': {
    ...nothingExpected,
    'P-DATA-TF': ignored('Sta6', 'data'),
    'A-RELEASE-RQ': { said: releaseRp, told: ['released by peer'], next: 'Sta13' },
  },
  'Sta7 requestor': {
    ...nothingExpected,
    'P-DATA-TF': ignored('Sta7', 'data'),
    'A-RELEASE-RQ': accepted(releaseRp, 'Sta11'),
    'A-RELEASE-RP': gone('released by us'),
  },
  'Sta7 acceptor': {
    ...nothingExpected,
    'P-DATA-TF': ignored('Sta7', 'data'),
    'A-RELEASE-RQ': accepted('', 'Sta10'),
    'A-RELEASE-RP': gone('released by us'),
  },
  Sta10: {
    ...nothingExpected,
    'A-RELEASE-RP': { said: releaseRp, told: ['released by peer'], next: 'Sta13' },
  },
  Sta11: { ...nothingExpected, 'A-RELEASE-RP': gone('released by us') },
  // The association has ended: an abort says so once more, and nobody is told again.
  Sta13: {
    'A-ASSOCIATE-RQ': abort(2, []),
    'A-ASSOCIATE-AC': ignored('Sta13'),
    'A-ASSOCIATE-RJ': ignored('Sta13'),
    'P-DATA-TF': ignored('Sta13'),
    'A-RELEASE-RQ': ignored('Sta13'),
    'A-RELEASE-RP': ignored('Sta13'),
    'A-ABORT': gone(),
    'an unknown PDU': abort(1, []),
    'an invalid PDU': abort(6, []),
  },
};

describe.each(Object.keys(states))('in %s', (state) => {
  it.each(Object.keys(heard))('%s does what Table 9-10 says', async (what) => {
    const stand = await states[state]!();
    const [before, toldBefore] = [stand.socket.written.length, stand.told.length];

    await stand.hear(heard[what]!);

    const expected = table[state]![what]!;
    expect({
      said: stand.socket.written.subarray(before).toString('hex'),
      told: stand.told.slice(toldBefore),
      next: stand.upper.state,
      destroyed: stand.socket.destroyed,
    }).toEqual({
      ...expected,
      said: expected.said.replaceAll(' ', ''),
      destroyed: expected.next === 'Sta1',
    });
    stand.socket.destroy();
  });

  it('the peer closing ends it, and the socket', async () => {
    const stand = await states[state]!();
    const toldBefore = stand.told.length;

    stand.socket.hearEnd();

    await expect.poll(() => stand.socket.destroyed).toBe(true);
    await turn();
    // In Sta13 the end was told already.
    expect(stand.told.slice(toldBefore)).toEqual(state === 'Sta13' ? ['gone'] : ['closed', 'gone']);
    expect(stand.upper.state).toBe('Sta1');
  });

  it('our abort ends it: said where somebody waits, and the socket goes in any case', async () => {
    const stand = await states[state]!();
    const before = stand.socket.written.length;

    stand.upper.abort();
    stand.upper.abort();

    const said = stand.socket.written.subarray(before).toString('hex');
    // Before an association, and after it, there is nobody to tell.
    expect(said).toBe(['Sta2', 'Sta13'].includes(state) ? '' : '07000000000400000000');
    stand.socket.hearEnd();
    await expect.poll(() => stand.told.at(-1)).toBe('gone');
    expect(stand.told.filter((word) => word === 'gone')).toHaveLength(1);
    expect(stand.socket.destroyed).toBe(true);
  });
});

describe('the ARTIM timer', () => {
  it('is ten seconds where nobody says otherwise; a release of ours is given five', () => {
    expect(defaultLimits.artimMs).toBe(10_000);
    expect(defaultTimeouts.releaseMs).toBe(5_000);
  });

  it('ends the wait for an A-ASSOCIATE-RQ', async () => {
    const stand = await states['Sta2']!();

    await expect.poll(() => stand.told).toEqual(['timed-out', 'gone']);
    expect(stand.socket.destroyed).toBe(true);
  });

  it('ends the wait for the peer to close, after a release, a rejection and an abort', async () => {
    const released = await states['Sta13']!();
    const rejected = await states['Sta3']!();
    rejected.upper.reject({ result: 1, source: 1, reason: 7 });
    const aborted = await states['Sta6 acceptor']!();
    aborted.upper.abort();

    for (const stand of [released, rejected, aborted]) {
      await expect.poll(() => stand.socket.destroyed).toBe(true);
      expect(stand.upper.state).toBe('Sta1');
    }
    expect(rejected.told).toEqual(['asked', 'rejected', 'gone']);
  });

  it('does not run while we consider a request', async () => {
    const stand = await states['Sta3']!();

    await new Promise((resolve) => setTimeout(resolve, 2 * artimMs));

    expect(stand.socket.destroyed).toBe(false);
    stand.upper.accept(answer);
    expect(stand.upper.state).toBe('Sta6');
    stand.socket.destroy();
  });
});
