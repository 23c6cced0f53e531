import { z } from 'zod';
import type { Finding, TestFault } from './connection-test.ts';
import { FailureSchema, tlsCauses } from './failure-schema.ts';
import { Ability } from './server-terms.ts';

const text = z.string();
const number = z.number();
const roles = z.object({ scp: z.boolean(), scu: z.boolean() });

const FindingSchema: z.ZodType<Finding> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('speaks-tls'), protocol: text, subject: text }),
  z.object({ kind: z.literal('speaks-plain') }),
  z.object({ kind: z.literal('speaks-http'), server: text }),
  z.object({ kind: z.literal('answers-to'), whose: z.enum(['called', 'calling']), aeTitle: text }),
  z.object({ kind: z.literal('some-tries-failed'), failed: number, of: number }),
  z.object({ kind: z.literal('addresses-failed'), addresses: z.array(text) }),
  z.object({ kind: z.literal('certificate-ends'), subject: text, daysLeft: number }),
  z.object({ kind: z.literal('not-verified'), reason: z.enum(['untrusted', 'other-name', 'not-asked']) }),
  z.object({ kind: z.literal('role-differs'), declared: z.enum(['scp', 'scu', 'both']), measured: roles }),
  z.object({ kind: z.literal('abilities-missing'), abilities: z.array(Ability) }),
  z.object({ kind: z.literal('storage-not-told'), failure: FailureSchema }),
  z.object({ kind: z.literal('keys-ignored'), matches: number }),
  z.object({ kind: z.literal('name-unreadable'), told: text, decodeAs: text.nullable() }),
  z.object({ kind: z.literal('address-changed'), before: text, now: text }),
  z.object({ kind: z.literal('shared-port-missing'), failure: FailureSchema }),
  z.object({ kind: z.literal('listens-here-only'), address: text, localAddress: text }),
  z.object({ kind: z.literal('listens-elsewhere'), address: text, localAddress: text }),
  z.object({
    kind: z.literal('firewall-blocks'),
    ports: z.array(number),
    tool: text,
    rule: z.string().nullable().default(null),
    command: text.nullable(),
  }),
  z.object({ kind: z.literal('ae-title-in-use'), address: text, at: text }),
  z.object({ kind: z.literal('not-delivered'), status: number.nullable(), failed: number }),
  z.object({ kind: z.literal('delivered-elsewhere'), completed: number }),
  z.object({
    kind: z.literal('came-to-other-port'),
    port: number,
    expected: z.array(number),
    remoteAddress: text,
  }),
  z.object({
    kind: z.literal('called-other-ae-title'),
    calledAeTitle: text,
    remoteAddress: text,
    port: number,
  }),
  z.object({
    kind: z.literal('turned-away'),
    remoteAddress: text,
    cause: z.enum([...tlsCauses, 'tls-peer']),
  }),
  z.object({
    kind: z.literal('came-without-image'),
    callingAeTitle: text,
    remoteAddress: text,
    port: number,
  }),
]);

/** Reads back a fault that was kept on disk, so that only what has words is ever put into words. */
export const TestFaultSchema: z.ZodType<TestFault> = z.object({
  failure: FailureSchema,
  findings: z.array(FindingSchema),
});
