import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FailureError } from '../../../electron/contract/failure.ts';
import type { Timeouts } from '../../../electron/dimse/index.ts';
import { associateWith } from '../../support/associate-with.ts';
import { everyScu, type EveryScu, type Scu, type ScuName } from '../../support/every-scu.ts';
import {
  atAssociation,
  atNegotiation,
  atRequest,
  harmless,
  startHostilePeer,
  type Behaviour,
  type HostilePeer,
} from '../../support/hostile-peer.ts';

/** `step/cause` of the failure, `done`, `cancelled`, or `open` where it has not ended. */
type Outcome = string;

/** Far beyond every timer that is set here. */
const endsWithinMs = 10_000;
const patient: Partial<Timeouts> = { releaseMs: 200, cancelGraceMs: 200 };

let all: EveryScu;
const rejections: unknown[] = [];
const onRejection = (reason: unknown): void => void rejections.push(reason);

beforeAll(async () => {
  all = await everyScu();
  process.on('unhandledRejection', onRejection);
});
afterAll(async () => {
  process.off('unhandledRejection', onRejection);
  await all[Symbol.asyncDispose]();
});

/** How one thing that is asked of it ends. */
async function outcomeOf(scu: Scu, peer: HostilePeer, timeouts: Partial<Timeouts>): Promise<Outcome> {
  const cancel = new AbortController();
  let answers = 0;
  const ask = async (): Promise<Outcome> => {
    await using association = await associateWith(peer, all.contexts, timeouts);
    await scu(association, () => ++answers === 20 && cancel.abort(), cancel.signal);
    return 'done';
  };
  const late = new Promise<Outcome>((resolve) => {
    setTimeout(() => resolve('open'), endsWithinMs).unref();
  });
  return await Promise.race([ask().catch(nameOf), late]);
}

function nameOf(thrown: unknown): Outcome {
  if (!(thrown instanceof FailureError)) throw thrown;
  const { failure } = thrown;
  return 'cause' in failure ? `${failure.step}/${failure.cause}` : failure.step;
}

/** How each of our services ends against a peer that behaves so; nothing of it is left then. */
async function outcomesAgainst(behave: Behaviour, timeouts: Partial<Timeouts>): Promise<object> {
  const before = openSockets();
  await using peer = await startHostilePeer(behave);
  const names = Object.keys(all.scus) as ScuName[];

  const outcomes = await Promise.all(names.map((name) => outcomeOf(all.scus[name], peer, timeouts)));

  peer.letGo();
  await expect.poll(() => peer.open, { timeout: 5_000 }).toBe(0);
  await expect.poll(openSockets, { timeout: 5_000 }).toBe(before);
  expect(rejections).toEqual([]);
  return Object.fromEntries(names.map((name, index) => [name, outcomes[index]]));
}

const openSockets = (): number =>
  process.getActiveResourcesInfo().filter((resource) => resource === 'TCPSocketWrap').length;

const every = (outcome: Outcome, others: Partial<Record<ScuName, Outcome>> = {}): object => ({
  echo: outcome,
  find: outcome,
  move: outcome,
  get: outcome,
  store: outcome,
  commitment: outcome,
  ...others,
});

describe('asked for an association, a peer that', () => {
  const expected: Readonly<Record<keyof typeof atAssociation, Outcome>> = {
    'says nothing at all': 'associate/timed-out',
    'answers nothing to the request': 'associate/timed-out',
    'resets when it is asked': 'associate/closed',
    'closes when it is asked': 'associate/closed',
    'answers in garbage': 'associate/malformed',
    'answers in HTTP': 'associate/malformed',
    'answers in an endless stream of garbage': 'associate/malformed',
    'announces an answer of four gigabytes': 'associate/malformed',
    'announces data of four gigabytes': 'associate/malformed',
    'resets inside its answer': 'associate/closed',
    'closes inside its answer': 'associate/closed',
    'stops inside its answer': 'associate/timed-out',
    'answers a byte at a time, too slowly': 'associate/timed-out',
    'answers with a request': 'associate/malformed',
    'answers with data': 'associate/malformed',
    'answers with a release': 'associate/malformed',
    'answers with an item that is longer than the answer': 'associate/malformed',
    rejects: 'associate/rejected',
    'aborts, as its user': 'associate/aborted',
    'aborts, as its provider': 'associate/aborted',
    'accepts one context twice': 'associate/malformed',
    'sets a Maximum Length of 1': 'associate/maximum-length',
    'sets a Maximum Length of 6': 'associate/maximum-length',
    'sets a Maximum Length of 7': 'associate/maximum-length',
    'sets a Maximum Length of 16': 'associate/maximum-length',
    'sets a Maximum Length of 100': 'associate/maximum-length',
  };

  it.each(Object.entries(expected))('%s: %s', async (name, outcome) => {
    const behave = atAssociation[name as keyof typeof atAssociation];

    const outcomes = await outcomesAgainst(behave, timeoutsFor(outcome));

    expect(outcomes).toEqual(every(outcome));
  });
});

describe('associated, but a peer that', () => {
  it.each(Object.entries(atNegotiation))('%s: negotiate', async (_name, behave) => {
    expect(await outcomesAgainst(behave, patient)).toEqual(every('negotiate'));
  });
});

describe('asked for something, a peer that', () => {
  const expected: Readonly<Record<keyof typeof atRequest, Outcome>> = {
    'accepts twice': 'respond/malformed',
    'accepts, then rejects': 'respond/malformed',
    'aborts as soon as it has accepted': 'respond/aborted',
    'reads nothing any more': 'respond/timed-out',
    'says nothing any more': 'respond/timed-out',
    aborts: 'respond/aborted',
    resets: 'respond/closed',
    closes: 'respond/closed',
    releases: 'respond/closed',
    'answers a release that nobody asked for': 'respond/malformed',
    'asks for an association itself': 'respond/malformed',
    'asks for an echo itself': 'respond/malformed',
    'sends an unknown PDU': 'respond/malformed',
    'answers in garbage': 'respond/malformed',
    'answers in HTTP': 'respond/malformed',
    'announces data of four gigabytes': 'respond/malformed',
    'announces an empty PDU': 'respond/malformed',
    'announces a PDV of no length': 'respond/malformed',
    'announces a PDV of one byte': 'respond/malformed',
    'announces a PDV of a negative length': 'respond/malformed',
    'announces a PDV beyond its PDU': 'respond/malformed',
    'resets inside a PDU': 'respond/closed',
    'closes inside a PDU': 'respond/closed',
    'aborts inside a message': 'respond/aborted',
    'stops inside a PDU': 'respond/timed-out',
    'answers a byte at a time, too slowly': 'respond/timed-out',
    'answers to another Message ID': 'respond/malformed',
    'answers to no Message ID': 'respond/malformed',
    'answers on a context that was not accepted': 'respond/malformed',
    'answers on another context': 'respond/malformed',
    'answers another command': 'respond/malformed',
    'answers without a status': 'respond/malformed',
    'answers with half an element': 'respond/malformed',
    'answers with a command without end': 'respond/malformed',
    'never ends its command': 'respond/timed-out',
    'sends a data set before its command': 'respond/malformed',
    'promises a data set that never comes': 'respond/timed-out',
    'sends a data set without end': 'respond/malformed',
    'answers pending for ever': 'cancelled',
    'answers pending for ever, whatever is cancelled': 'cancelled',
  };
  /** They have one answer each: a pending one is none of theirs. */
  const notPending = {
    echo: 'respond/malformed',
    store: 'respond/malformed',
    commitment: 'respond/malformed',
  };

  it.each(Object.entries(expected))('%s: %s', async (name, outcome) => {
    const behave = atRequest[name as keyof typeof atRequest];

    const outcomes = await outcomesAgainst(behave, timeoutsFor(outcome));

    expect(outcomes).toEqual(every(outcome, outcome === 'cancelled' ? notPending : {}));
  });
});

describe('rude as it is, done is what is asked of a peer that', () => {
  it.each(Object.entries(harmless))('%s', async (_name, behave) => {
    expect(await outcomesAgainst(behave, patient)).toEqual(every('done'));
  });
});

/** Only who is to be waited for in vain is not given much time, and only there. */
function timeoutsFor(outcome: Outcome): Partial<Timeouts> {
  if (outcome === 'associate/timed-out') return { ...patient, associateMs: 200 };
  return outcome === 'respond/timed-out' ? { ...patient, responseMs: 200, slowMs: 200 } : patient;
}
