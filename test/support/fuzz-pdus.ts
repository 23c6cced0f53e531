import { golden } from './golden-pdus.ts';
import { encodeCommand, encodeData, encodePdu } from './raw-pdu.ts';

/** One malformed conversation: what a hostile requestor says. */
export interface FuzzCase {
  readonly family: string;
  readonly bytes: Buffer;
  /** Whether it hangs up behind that, or leaves the socket open and says no more. */
  readonly hangsUp: boolean;
}

/** Numbers that are the same in every run with the same seed (mulberry32). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** 0 up to, not including, `below`. */
  below(below: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  }

  one<Value>(values: readonly Value[]): Value {
    return values[this.below(values.length)]!;
  }

  bytes(length: number): Buffer {
    return Buffer.from(Array.from({ length }, () => this.below(256)));
  }
}

/** On which the golden request has C-ECHO, and the one built here C-STORE too. */
const echoContext = 1;
const storeContext = 3;

const associateWithStore = structuralRequest([
  { id: echoContext, abstractSyntaxUid: '1.2.840.10008.1.1' },
  { id: storeContext, abstractSyntaxUid: '1.2.840.10008.5.1.4.1.1.2' },
]);

const lengths = [
  0, 1, 2, 3, 4, 5, 6, 7, 12, 0x7f, 0xffff, 131_072, 131_078, 131_079, 0x7fffffff, 0xfffffffe, 0xffffffff,
];

type Family = (random: Random) => Buffer;

/** Every family, by its name; each takes its choices from `random` alone. */
export const families: Readonly<Record<string, Family>> = {
  'random bytes': (random) => random.bytes(1 + random.below(400)),
  'random bytes behind a type': (random) =>
    Buffer.concat([Buffer.from([random.below(10), 0]), random.bytes(4 + random.below(200))]),
  'a request with flipped bits': (random) => flipped(golden.associateRq, random),
  'a request with cut or stretched items': (random) => resized(golden.associateRq, random),
  'a request of odd structure': oddRequest,
  'PDUs in the wrong order': (random) =>
    Buffer.concat(Array.from({ length: 1 + random.below(6) }, () => random.one(Object.values(golden)))),
  'a PDU length that lies': (random) => {
    const pdu = Buffer.from(random.one(Object.values(golden)));
    pdu.writeUInt32BE(random.one(lengths), 2);
    return random.below(2) === 0 ? pdu : inside(pdu);
  },
  'a PDV length that lies': (random) => {
    const pdu = Buffer.from(golden.echoRq);
    pdu.writeUInt32BE(random.one(lengths), 6);
    return inside(pdu);
  },
  'a PDV on any context with any flags': (random) => {
    const pdu = Buffer.from(golden.echoRq);
    pdu[10] = random.below(256);
    pdu[11] = random.below(256);
    return inside(pdu, pdu);
  },
  'fragments that never end': (random) => {
    const piece = Buffer.from(
      random.one(encodeData(storeContext, 'command', random.bytes(random.below(300)), 0)),
    );
    piece[11] = 1;
    return inside(...Array.from({ length: 1 + random.below(100) }, () => piece));
  },
  'a data set that never ends': (random) => {
    const piece = Buffer.from(
      random.one(encodeData(storeContext, 'dataset', random.bytes(random.below(300)), 0)),
    );
    piece[11] = 0;
    return inside(...storeCommand(random), ...Array.from({ length: 1 + random.below(50) }, () => piece));
  },
  'a command with flipped bits': (random) => inside(flipped(golden.echoRq.subarray(12), random, commandPdu)),
  'a command of any elements': (random) => inside(commandPdu(anyCommand(random))),
  'stores ahead of their answers': (random) =>
    inside(
      ...Array.from({ length: 1 + random.below(40) }, () =>
        Buffer.concat([...storeCommand(random), ...encodeData(storeContext, 'dataset', random.bytes(50), 0)]),
      ),
    ),
  'an unknown PDU type': (random) => inside(encodePdu(8 + random.below(248), random.bytes(random.below(50)))),
  'a conversation cut short': (random) => {
    const whole = inside(golden.echoRq, ...storeCommand(random), golden.releaseRq);
    return whole.subarray(0, random.below(whole.length));
  },
  'UIDs that are paths': (random) => {
    const uid = random.one([
      '../../../../tmp/x',
      '/etc/passwd',
      'C:\\x',
      '1.2\x00.3',
      '',
      'CON',
      '1'.repeat(65),
    ]);
    const command = { 0x2: uid, 0x100: 1, 0x110: 1, 0x700: 0, 0x800: 1, 0x1000: uid };
    return inside(commandPdu(encodeCommand(command)));
  },
};

/** A round of every family, again and again, until there are so many cases. */
export function* fuzzCases(seed: number, count: number): Generator<FuzzCase> {
  const random = new Random(seed);
  const names = Object.keys(families);
  for (let index = 0; index < count; index++) {
    const family = names[index % names.length]!;
    yield { family, bytes: families[family]!(random), hangsUp: random.below(60) > 0 };
  }
}

/** What is said on an association that was accepted, if the listener is willing. */
function inside(...pdus: readonly Buffer[]): Buffer {
  return Buffer.concat([associateWithStore, ...pdus]);
}

function commandPdu(command: Buffer): Buffer {
  return Buffer.concat(encodeData(echoContext, 'command', command, 0));
}

function storeCommand(random: Random): readonly Buffer[] {
  const command = {
    0x2: '1.2.840.10008.5.1.4.1.1.2',
    0x100: 1,
    0x110: random.below(65_536),
    0x700: 0,
    0x800: 1,
  };
  return encodeData(storeContext, 'command', encodeCommand({ ...command, 0x1000: '1.2.3' }), 0);
}

function anyCommand(random: Random): Buffer {
  const elements = [
    0x2, 0x3, 0x100, 0x110, 0x120, 0x600, 0x700, 0x800, 0x900, 0x902, 0x1000, 0x1020, 0x1031, 0x5010,
  ];
  const command: Record<number, number | string> = {};
  for (const element of elements) {
    if (random.below(2) === 0) command[element] = random.below(3) > 0 ? random.below(65_536) : '1.2.3';
  }
  if (random.below(2) === 0)
    command[0x100] = random.one([0x1, 0x10, 0x20, 0x21, 0x30, 0xfff, 0x8001, 0x8030]);
  if (random.below(2) === 0) command[0x800] = 0x101;
  return encodeCommand(command);
}

function flipped(bytes: Buffer, random: Random, wrap: (bytes: Buffer) => Buffer = (same) => same): Buffer {
  const copy = Buffer.from(bytes);
  for (let flips = 1 + random.below(8); flips > 0; flips--) {
    const at = random.below(copy.length);
    copy[at]! ^= 1 << random.below(8);
  }
  return wrap(copy);
}

function resized(bytes: Buffer, random: Random): Buffer {
  const at = 74 + random.below(bytes.length - 74);
  const cut = random.below(20);
  const grown = random.bytes(random.below(20));
  const changed = Buffer.concat([bytes.subarray(0, at), grown, bytes.subarray(at + cut)]);
  if (random.below(2) === 0) changed.writeUInt32BE(changed.length - 6, 2);
  return changed;
}

interface OddContext {
  readonly id: number;
  readonly abstractSyntaxUid: string;
}

function oddRequest(random: Random): Buffer {
  const count = random.one([0, 1, 2, 128, 129, 300]);
  const id = random.one<(index: number) => number>([
    (index) => (2 * index + 1) & 0xff,
    (index) => index & 0xff,
    () => 255,
    () => random.below(256),
  ]);
  const uid = random.one(['1.2.840.10008.1.1', '', '1'.repeat(64), '1'.repeat(65), 'x', '9'.repeat(65_000)]);
  return structuralRequest(
    Array.from({ length: count }, (_, index) => ({ id: id(index), abstractSyntaxUid: uid })),
    random.one([0, 1, 38]),
  );
}

function structuralRequest(contexts: readonly OddContext[], syntaxes = 1): Buffer {
  const items = contexts.map(({ id, abstractSyntaxUid }) =>
    item(
      0x20,
      Buffer.from([id, 0, 0, 0]),
      item(0x30, Buffer.from(abstractSyntaxUid)),
      ...Array.from({ length: syntaxes }, () => item(0x40, Buffer.from('1.2.840.10008.1.2'))),
    ),
  );
  const head = golden.associateRq.subarray(6, 6 + 68 + 25);
  const userInformation = golden.associateRq.subarray(-62);
  return encodePdu(1, head, ...items, userInformation);
}

/** Its length field holds what fits into sixteen bits of the true length. */
function item(type: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const header = Buffer.from([type, 0, 0, 0]);
  header.writeUInt16BE(body.length & 0xffff, 2);
  return Buffer.concat([header, body]);
}
