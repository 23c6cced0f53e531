import { createHash } from 'node:crypto';
import { certificateFailure } from '../certificate-failure.ts';

/** What a derived value is for (RFC 7292 §B.3). */
export const Purpose = { key: 1, initialVector: 2, mac: 3 } as const;

export interface Derivation {
  readonly hash: string;
  /** As a BMPString with two zero bytes behind it (RFC 7292 §B.1). */
  readonly password: Buffer;
  readonly salt: Buffer;
  readonly iterations: number;
}

/** What files say is a few thousand, at the most some hundred thousand; more would only hold us up. */
const maximumIterations = 1_000_000;

/** @throws FailureError certificate: unsupported-encryption */
export function checkIterations(iterations: number): number {
  if (iterations > maximumIterations) throw certificateFailure('unsupported-encryption');
  return iterations;
}

/** RFC 7292 §B.2, by its letters. */
export function deriveKey(
  { hash, password, salt, iterations }: Derivation,
  purpose: (typeof Purpose)[keyof typeof Purpose],
  length: number,
): Buffer {
  checkIterations(iterations);
  const v = hash === 'sha384' || hash === 'sha512' ? 128 : 64;
  const D = Buffer.alloc(v, purpose);
  const I = Buffer.concat([filled(salt, v), filled(password, v)]);
  const parts: Buffer[] = [];
  for (let made = 0; made < length;) {
    let A = createHash(hash).update(D).update(I).digest();
    for (let round = 1; round < iterations; round++) A = createHash(hash).update(A).digest();
    parts.push(A);
    made += A.length;
    const B = filled(A, v).subarray(0, v);
    for (let at = 0; at < I.length; at += v) addOneMore(I.subarray(at, at + v), B);
  }
  return Buffer.concat(parts).subarray(0, length);
}

/** Repeated up to a multiple of the block size; nothing stays nothing. */
function filled(bytes: Buffer, block: number): Buffer {
  return Buffer.alloc(Math.ceil(bytes.length / block) * block, bytes.length === 0 ? 0 : bytes);
}

/** I := I + B + 1, as big-endian numbers without the carry out. */
function addOneMore(I: Buffer, B: Buffer): void {
  let carry = 1;
  for (let at = I.length - 1; at >= 0; at--) {
    carry += (I[at] ?? 0) + (B[at] ?? 0);
    I[at] = carry & 0xff;
    carry >>= 8;
  }
}
