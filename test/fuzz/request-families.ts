import { buildDataset, buildItems } from '../support/build-dataset.ts';
import { golden } from '../support/golden-pdus.ts';
import { encodeCommand, encodeData, encodePdu } from '../support/raw-pdu.ts';
import { mutated } from './mutated.ts';
import { Random } from './random.ts';

/** One malformed conversation: what a hostile requestor says. */
export interface RequestCase {
  readonly number: number;
  readonly family: string;
  readonly bytes: Buffer;
  /** Whether it hangs up behind that, or leaves the socket open and says no more. */
  readonly hangsUp: boolean;
}

/** On which the golden request has C-ECHO, and the one built here C-STORE too. */
const echoContext = 1;
const storeContext = 3;
const explicitVr = '1.2.840.10008.1.2.1';
const ctImageStorage = '1.2.840.10008.5.1.4.1.1.2';

const associateWithStore = structuralRequest([
  { id: echoContext, abstractSyntaxUid: '1.2.840.10008.1.1' },
  { id: storeContext, abstractSyntaxUid: ctImageStorage },
]);

type Family = (random: Random) => Buffer;

/** Every family, by its name; each takes its choices from `random` alone. */
export const requestFamilies: Readonly<Record<string, Family>> = {
  'random bytes': (random) => random.bytes(1 + random.below(400)),
  'random bytes behind a type': (random) =>
    Buffer.concat([Buffer.from([random.below(10), 0]), random.bytes(4 + random.below(200))]),
  'a request with flipped bits': (random) => mutated.flipped(golden.associateRq, random),
  'a request with cut or stretched items': (random) => mutated.resized(golden.associateRq, random, 74),
  'a request of odd structure': oddRequest,
  'PDUs in the wrong order': (random) =>
    Buffer.concat(Array.from({ length: 1 + random.below(6) }, () => random.one(Object.values(golden)))),
  'a PDU length that lies': (random) => {
    const pdu = mutated.lying(random.one(Object.values(golden)), random, 2);
    return random.below(2) === 0 ? pdu : inside(pdu);
  },
  'a PDV length that lies': (random) => inside(mutated.lying(golden.echoRq, random, 6)),
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
  'a command with flipped bits': (random) =>
    inside(commandPdu(mutated.flipped(golden.echoRq.subarray(12), random))),
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
    const asClass = random.below(3) === 0;
    const command = {
      0x2: asClass ? uid : ctImageStorage,
      0x100: 1,
      0x110: 1,
      0x700: 0,
      0x800: 1,
      0x1000: uid,
    };
    return inside(
      ...encodeData(storeContext, 'command', encodeCommand(command), 0),
      ...encodeData(storeContext, 'dataset', objectOf('1.2.3'), 0),
    );
  },
  'an object with flipped bits': (random) => {
    const uid = `1.2.3.${random.below(0xffffffff)}`;
    const command = { 0x2: ctImageStorage, 0x100: 1, 0x110: 1, 0x700: 0, 0x800: 1, 0x1000: uid };
    return inside(
      ...encodeData(storeContext, 'command', encodeCommand(command), 0),
      ...encodeData(storeContext, 'dataset', mutated.flipped(objectOf(uid), random), 0),
    );
  },
};

function objectOf(sopInstanceUid: string): Buffer {
  return buildDataset([
    ['00080016', 'UI', ctImageStorage],
    ['00080018', 'UI', sopInstanceUid],
    ['00081140', 'SQ', buildItems([buildDataset([['00081155', 'UI', '1.2']])])],
    ['0020000D', 'UI', '1.2.3.1'],
    ['0020000E', 'UI', '1.2.3.2'],
    ['7FE00010', 'OW', Buffer.alloc(64, 7)],
  ]);
}

/** The case of a number: the same in every run with the same seed, whatever came before it. */
export function requestCase(seed: number, number: number): RequestCase {
  const names = Object.keys(requestFamilies);
  const family = names[number % names.length]!;
  const random = Random.of(seed, number);
  return { number, family, bytes: requestFamilies[family]!(random), hangsUp: random.below(200) > 0 };
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
    0x2: ctImageStorage,
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
      ...Array.from({ length: syntaxes }, () => item(0x40, Buffer.from(explicitVr))),
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
