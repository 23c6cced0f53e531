import { z } from 'zod';

const Match = z.object({ op: z.string(), left: z.unknown(), right: z.unknown() });
const Ports = z.union([
  z.number(),
  z.object({ range: z.tuple([z.number(), z.number()]) }),
  z.object({ set: z.array(z.unknown()) }),
]);

export type Answer = 'yes' | 'no' | 'unsure';

/** Whether a condition of nft's holds for a new TCP connection from elsewhere to this port. */
export function matchesNew(condition: unknown, port: number): Answer {
  const match = Match.safeParse(condition);
  if (!match.success) return 'unsure';
  const { left, right, op } = match.data;
  const about = JSON.stringify(left);
  const question = questions.find(({ of }) => of.test(about));
  if (question === undefined) return 'unsure';
  const holds = question.holds(right, port);
  if (holds === null) return 'unsure';
  return holds === (op !== '!=') ? 'yes' : 'no';
}

interface Question {
  /** What is matched, as JSON. */
  readonly of: RegExp;
  /** `null`: it depends on where it comes from. */
  readonly holds: (right: unknown, port: number) => boolean | null;
}

const questions: readonly Question[] = [
  { of: /"ct".*"state"/, holds: (right) => namesIn(right).includes('new') },
  { of: /"iif/, holds: (right) => (namesIn(right).join() === 'lo' ? false : null) },
  {
    of: /"l4proto"|"nexthdr"|"ip6?","field":"protocol"/,
    holds: (right) => namesIn(right).some((name) => name === 'tcp' || name === '6'),
  },
  { of: /"icmp|"udp"/, holds: () => false },
  { of: /"(?:tcp|th)".*"dport"/, holds: coversPort },
];

/** A value, or those of a set. */
function namesIn(right: unknown): readonly string[] {
  if (Array.isArray(right)) return right.map(String);
  if (typeof right === 'object' && right !== null && 'set' in right && Array.isArray(right.set)) {
    return right.set.map(String);
  }
  return [String(right)];
}

/** `null`: a named set, whose members are elsewhere. */
function coversPort(right: unknown, port: number): boolean | null {
  const ports = Ports.safeParse(right);
  if (!ports.success) return null;
  const { data } = ports;
  if (typeof data === 'number') return data === port;
  if ('range' in data) return data.range[0] <= port && port <= data.range[1];
  return data.set.some((each) => coversPort(each, port) === true);
}
