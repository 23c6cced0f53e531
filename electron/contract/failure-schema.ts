import { z } from 'zod';
import type { Failure } from './failure.ts';

const number = z.number();
const text = z.string();

/** Reads back a failure that was kept on disk, so that only what has words is ever put into words. */
export const FailureSchema: z.ZodType<Failure> = z.union([
  z.object({ step: z.literal('resolve'), host: text }),
  z.object({
    step: z.literal('connect'),
    host: text,
    port: number,
    cause: z.enum(['refused', 'unreachable', 'timed-out']),
  }),
  z.object({
    step: z.literal('tls'),
    cause: z.enum([
      'unknown-ca',
      'self-signed',
      'expired',
      'not-yet-valid',
      'wrong-name',
      'client-certificate-required',
      'protocol',
      'plain-peer',
      'closed',
      'timed-out',
      'handshake',
    ]),
    detail: text,
  }),
  z.object({
    step: z.literal('associate'),
    cause: z.literal('rejected'),
    result: number,
    source: number,
    reason: number,
  }),
  z.object({ step: z.literal('associate'), cause: z.literal('aborted'), source: number, reason: number }),
  z.object({ step: z.literal('associate'), cause: z.enum(['closed', 'timed-out', 'malformed', 'tls-peer']) }),
  z.object({
    step: z.literal('negotiate'),
    sopClassUid: text,
    transferSyntaxUid: text.nullable(),
    result: number,
  }),
  z.object({
    step: z.literal('respond'),
    cause: z.literal('status'),
    command: z.enum(['C-ECHO', 'C-FIND', 'C-MOVE', 'C-GET', 'C-STORE']),
    status: number,
    comment: text.nullable(),
    offendingElements: z.array(text),
  }),
  z.object({ step: z.literal('respond'), cause: z.enum(['aborted', 'closed', 'timed-out', 'malformed']) }),
  z.object({
    step: z.literal('listen'),
    address: text,
    port: number,
    cause: z.enum(['in-use', 'denied', 'no-such-address', 'broken']),
  }),
  z.object({
    step: z.literal('storage'),
    cause: z.enum(['full', 'denied', 'conflict', 'mismatch', 'unreadable', 'broken']),
    detail: text,
  }),
  z.object({
    step: z.literal('file'),
    cause: z.enum(['missing', 'denied', 'empty', 'not-dicom', 'dicomdir', 'damaged', 'changed']),
    detail: text,
  }),
  z.object({ step: z.literal('arrive'), expected: number, arrived: number }),
  z.object({ step: z.literal('input'), field: text, problem: text }),
  z.object({ step: z.literal('managed'), file: text, line: number }),
  z.object({ step: z.literal('cancelled') }),
  z.object({ step: z.literal('internal'), incident: text }),
]);
