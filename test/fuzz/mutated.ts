import type { Random } from './random.ts';

/** What is done to bytes that were right. */
export const mutated = {
  /** Lengths at the edges of what a length field can say, and of what is taken. */
  lengths: [
    0, 1, 2, 3, 4, 5, 6, 7, 12, 0x7f, 0xffff, 131_072, 131_078, 131_079, 0x7fffffff, 0xfffffffe, 0xffffffff,
  ],

  /** Up to eight bits are turned over. */
  flipped(bytes: Buffer, random: Random): Buffer {
    const copy = Buffer.from(bytes);
    for (let flips = 1 + random.below(8); flips > 0; flips--) {
      const at = random.below(copy.length);
      copy[at]! ^= 1 << random.below(8);
    }
    return copy;
  },

  /** A PDU loses and gains bytes behind `from`; its length says so or not. */
  resized(pdu: Buffer, random: Random, from: number): Buffer {
    const at = from + random.below(pdu.length - from);
    const cut = random.below(20);
    const grown = random.bytes(random.below(20));
    const changed = Buffer.concat([pdu.subarray(0, at), grown, pdu.subarray(at + cut)]);
    if (random.below(2) === 0) changed.writeUInt32BE(changed.length - 6, 2);
    return changed;
  },

  /** One of its length fields, a big-endian number of four bytes, lies. */
  lying(pdu: Buffer, random: Random, at: number): Buffer {
    const copy = Buffer.from(pdu);
    copy.writeUInt32BE(random.one(mutated.lengths), at);
    return copy;
  },
} as const;
