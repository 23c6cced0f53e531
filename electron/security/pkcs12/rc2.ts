/**
 * RC2 (RFC 2268), to open PKCS#12 files of older systems, which lock certificates (never keys) with 40
 * bits of it. OpenSSL has given it up.
 */
export function decryptRc2Cbc(key: Buffer, initialVector: Buffer, encrypted: Buffer): Buffer {
  const K = expand(key, key.length * 8);
  const plain = Buffer.alloc(encrypted.length);
  let before = initialVector;
  for (let at = 0; at + 8 <= encrypted.length; at += 8) {
    const block = encrypted.subarray(at, at + 8);
    const opened = decryptRc2Block(K, block);
    for (let i = 0; i < 8; i++) plain[at + i] = (opened[i] ?? 0) ^ (before[i] ?? 0);
    before = block;
  }
  return plain;
}

/** RFC 2268 §2: sixty-four 16-bit words. */
export function expand(key: Buffer, effectiveBits: number): Uint16Array {
  const T = key.length;
  const T8 = Math.ceil(effectiveBits / 8);
  const TM = 0xff >> (8 * T8 - effectiveBits);
  const L = Buffer.alloc(128);
  const byte = (at: number): number => L[at] ?? 0;
  key.copy(L);
  for (let i = T; i < 128; i++) L[i] = pi((byte(i - 1) + byte(i - T)) & 0xff);
  L[128 - T8] = pi(byte(128 - T8) & TM);
  for (let i = 127 - T8; i >= 0; i--) L[i] = pi(byte(i + 1) ^ byte(i + T8));
  return Uint16Array.from({ length: 64 }, (_, i) => L.readUInt16LE(2 * i));
}

/** RFC 2268 §4. */
export function decryptRc2Block(K: Uint16Array, block: Buffer): Buffer {
  const R = Uint16Array.from({ length: 4 }, (_, i) => block.readUInt16LE(2 * i));
  const word = (i: number): number => R[i & 3] ?? 0;
  let j = 63;
  const mixRounds = (count: number): void => {
    for (let step = 0; step < count * 4; step++) {
      const i = 3 - (step & 3);
      const s = rotations[i] ?? 0;
      const turned = (word(i) >>> s) | (word(i) << (16 - s));
      R[i] = turned - (K[j--] ?? 0) - (word(i - 1) & word(i - 2)) - (~word(i - 1) & word(i - 3));
    }
  };
  const mashRound = (): void => {
    for (let i = 3; i >= 0; i--) R[i] = word(i) - (K[word(i - 1) & 63] ?? 0);
  };
  mixRounds(5);
  mashRound();
  mixRounds(6);
  mashRound();
  mixRounds(5);
  const plain = Buffer.alloc(8);
  for (let i = 0; i < 4; i++) plain.writeUInt16LE(word(i), 2 * i);
  return plain;
}

const rotations = [1, 2, 3, 5];

function pi(index: number): number {
  return PITABLE[index] ?? 0;
}

/** RFC 2268 §2. */
const PITABLE = Buffer.from(
  'd978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2' +
    '179a59f587b34f1361456d8d09817d32bd8f40eb86b77b0bf09521225c6b4e82' +
    '54d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb626' +
    '6fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed7' +
    '08e8eade8052eef784aa72ac354d6a2a961ad2715a1549744b9fd05e0418a4ec' +
    'c2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731' +
    '2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a9' +
    '0d38341bab33ffb0bb480c5fb9b1cd2ec5f3db47e5a59c770aa62068fe7fc1ad',
  'hex',
);
