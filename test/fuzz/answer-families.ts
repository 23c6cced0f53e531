import { golden } from '../support/golden-pdus.ts';
import {
  encodeAssociate,
  encodeCommand,
  encodeData,
  encodePdu,
  type RawCommand,
} from '../support/raw-pdu.ts';
import { mutated } from './mutated.ts';
import { Random } from './random.ts';

/** What a hostile SCP says to one who asks for an association and then queries. */
export interface AnswerCase {
  readonly number: number;
  readonly family: string;
  /** In answer to the A-ASSOCIATE-RQ. */
  readonly acceptance: Buffer;
  /** In answer to the C-FIND-RQ. */
  readonly answers: Buffer;
  /** Whether it hangs up behind that, or leaves the socket open and says no more. */
  readonly hangsUp: boolean;
}

type Answer = Pick<AnswerCase, 'acceptance' | 'answers'>;
type Family = (random: Random) => Answer;

const contextId = 1;
const context = {
  id: contextId,
  result: 0,
  abstractSyntaxUid: '',
  transferSyntaxUids: ['1.2.840.10008.1.2.1'],
};
const acceptance = acceptanceOf([context]);
const identifier = Buffer.from('10001000504e04005e582020', 'hex');

const match = Buffer.concat([
  command({ 0x900: 0xff00, 0x800: 1 }),
  ...encodeData(contextId, 'dataset', identifier, 0),
]);
const success = command({ 0x900: 0 });

/** Every family, by its name; each takes its choices from `random` alone. */
export const answerFamilies: Readonly<Record<string, Family>> = {
  'random bytes': (random) => accepting(random.bytes(1 + random.below(400))),
  'random bytes for an acceptance': (random) => ({
    acceptance: random.bytes(1 + random.below(400)),
    answers: success,
  }),
  'an acceptance with flipped bits': (random) => ({
    acceptance: mutated.flipped(acceptance, random),
    answers: Buffer.concat([match, success]),
  }),
  'an acceptance with cut or stretched items': (random) => ({
    acceptance: mutated.resized(acceptance, random, 74),
    answers: Buffer.concat([match, success]),
  }),
  'an acceptance of odd contexts': (random) => ({
    acceptance: acceptanceOf(
      Array.from({ length: random.one([0, 1, 2, 128, 300]) }, () => ({
        id: random.one([1, 1, 2, 3, 255, random.below(256)]),
        result: random.one([0, 0, 1, 4, 200]),
        abstractSyntaxUid: '',
        transferSyntaxUids: [
          random.one(['1.2.840.10008.1.2.1', '1.2.840.10008.1.2', '', 'x', '9'.repeat(900)]),
        ],
      })),
      random.one([0, 1, 6, 1_023, 1_024, 0xffffffff]),
    ),
    answers: success,
  }),
  'PDUs in the wrong order': (random) => ({
    acceptance: random.one([acceptance, ...Object.values(golden)]),
    answers: Buffer.concat(
      Array.from({ length: 1 + random.below(6) }, () => random.one([match, ...Object.values(golden)])),
    ),
  }),
  'a PDU length that lies': (random) => accepting(match, mutated.lying(success, random, 2)),
  'a PDV length that lies': (random) => accepting(match, mutated.lying(success, random, 6)),
  'a PDV on any context with any flags': (random) => {
    const pdu = Buffer.from(match);
    pdu[10] = random.below(256);
    pdu[11] = random.below(256);
    return accepting(pdu, success);
  },
  'a response with flipped bits': (random) =>
    accepting(
      match,
      ...encodeData(contextId, 'command', mutated.flipped(commandBytes({ 0x900: 0 }), random), 0),
    ),
  'a response of any elements': (random) => {
    const fields: Record<number, number | string> = {};
    for (const element of [0x2, 0x100, 0x120, 0x800, 0x900, 0x901, 0x902, 0x1000, 0x1020, 0x1021]) {
      if (random.below(3) === 0) fields[element] = random.one([random.below(65_536), '1.2.3', '', 0]);
    }
    return accepting(command(fields), success);
  },
  'identifiers of any bytes': (random) =>
    accepting(
      ...Array.from({ length: 1 + random.below(20) }, () =>
        Buffer.concat([
          command({ 0x900: random.one([0xff00, 0xff01]), 0x800: 1 }),
          ...encodeData(contextId, 'dataset', random.bytes(random.below(500)), random.one([0, 7, 64])),
        ]),
      ),
      success,
    ),
  'fragments that never end': (random) => {
    const piece = Buffer.from(
      random.one(encodeData(contextId, 'command', random.bytes(random.below(300)), 0)),
    );
    piece[11] = 1;
    return accepting(...Array.from({ length: 1 + random.below(100) }, () => piece));
  },
  'answers to what was never asked': (random) =>
    accepting(
      command({ 0x120: random.below(65_536), 0x900: 0xff00 }),
      command({ 0x100: random.one([0x8001, 0x8021, 0x8030, 0x8130, 0x0030, 0x0001, 0x0100]) }),
      success,
    ),
  'an unknown PDU type': (random) =>
    accepting(encodePdu(8 + random.below(248), random.bytes(random.below(50)))),
  'answers cut short': (random) => {
    const whole = Buffer.concat([match, match, success, golden.releaseRp]);
    return accepting(whole.subarray(0, random.below(whole.length)));
  },
};

/** The case of a number: the same in every run with the same seed, whatever came before it. */
export function answerCase(seed: number, number: number): AnswerCase {
  const names = Object.keys(answerFamilies);
  const family = names[number % names.length]!;
  const random = Random.of(seed, number);
  return { number, family, ...answerFamilies[family]!(random), hangsUp: random.below(200) > 0 };
}

function accepting(...answers: readonly Buffer[]): Answer {
  return { acceptance, answers: Buffer.concat(answers) };
}

function acceptanceOf(contexts: readonly (typeof context)[], maximumLength = 16_384): Buffer {
  return encodeAssociate(2, { calledAeTitle: 'ANY-SCP', callingAeTitle: 'GANTRY', maximumLength, contexts });
}

/** The C-FIND-RSP to message 1, with these elements instead of its own. */
function commandBytes(fields: RawCommand): Buffer {
  return encodeCommand({
    0x2: '1.2.840.10008.5.1.4.1.2.2.1',
    0x100: 0x8020,
    0x120: 1,
    0x800: 0x101,
    ...fields,
  });
}

function command(fields: RawCommand): Buffer {
  return Buffer.concat(encodeData(contextId, 'command', commandBytes(fields), 0));
}
