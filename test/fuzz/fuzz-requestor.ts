import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { FailureError } from '../../electron/contract/failure.ts';
import { SopClass, TransferSyntax, find } from '../../electron/dimse/index.ts';
import { associateWith } from '../support/associate-with.ts';
import { answerCase, type AnswerCase } from './answer-families.ts';

export interface RequestorReport {
  /** How many cases there were of each family. */
  readonly families: Readonly<Record<string, number>>;
  /** How many ended so: `done`, or the step and cause of the failure. */
  readonly outcomes: Readonly<Record<string, number>>;
}

const atOnce = 32;
/** A case ends by itself within timers of 200 ms and the closing time. */
const caseWithinMs = 10_000;
const timeouts = { associateMs: 200, responseMs: 200, releaseMs: 200, cancelGraceMs: 200 };
const contexts = [
  { abstractSyntaxUid: SopClass.StudyRootFind, transferSyntaxUids: [TransferSyntax.ExplicitVrLittleEndian] },
];

/**
 * Has so many malformed conversations with SCPs that we call: each query ends, with a failure or not.
 *
 * @throws Error, with all that it takes to have the case again, where one doesn't, or ends in anything else
 */
export async function fuzzRequestor(options: {
  readonly seed: number;
  readonly cases: number;
  /** The number of the first case, 0 unless given. */
  readonly from?: number;
}): Promise<RequestorReport> {
  const families: Record<string, number> = {};
  const outcomes: Record<string, number> = {};
  let next = options.from ?? 0;
  const last = next + options.cases;
  const player = async (): Promise<void> => {
    await using scp = await startAnsweringScp();
    while (next < last) {
      const one = answerCase(options.seed, next++);
      const outcome = await scp.play(one).catch((thrown: unknown) => {
        throw finding(thrown, one, options.seed);
      });
      families[one.family] = (families[one.family] ?? 0) + 1;
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, options.cases) }, player));
  return { families, outcomes };
}

function finding(thrown: unknown, one: AnswerCase, seed: number): Error {
  const { number, family, acceptance, answers, hangsUp } = one;
  return new Error(
    `${String(thrown)}\nseed ${seed}, case ${number} (${family}; ${hangsUp ? 'hangs up' : 'stays'}): ` +
      `npm run fuzz -- --seed ${seed} --only-answer ${number}\n` +
      `${acceptance.toString('hex')}\n${answers.toString('hex')}`,
    { cause: thrown },
  );
}

interface AnsweringScp extends AsyncDisposable {
  /** How a query of ours ends that is answered so. @throws what is no failure of a conversation */
  play(one: AnswerCase): Promise<string>;
}

/** Plays one case at a time. */
async function startAnsweringScp(): Promise<AnsweringScp> {
  const sockets = new Set<Socket>();
  let current: AnswerCase | null = null;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
    if (current !== null) answer(socket, current);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const place = { host: '127.0.0.1', port: address.port };
  return {
    play(one) {
      current = one;
      return outcomeOf(place);
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** The acceptance to the first bytes that come, the answers to the next. */
function answer(socket: Socket, { acceptance, answers, hangsUp }: AnswerCase): void {
  let heard = 0;
  socket.on('data', () => {
    heard++;
    if (heard === 1) socket.write(acceptance);
    if (heard === 2) socket.write(answers);
    if (heard === 2 && hangsUp) socket.end();
  });
}

async function outcomeOf(place: { host: string; port: number }): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('not ended in time')), caseWithinMs);
  });
  try {
    return await Promise.race([query(place), late]);
  } finally {
    clearTimeout(timer);
  }
}

async function query(place: { host: string; port: number }): Promise<string> {
  try {
    await using association = await associateWith(place, contexts, timeouts);
    for await (const _ of find(association, { identifier: Buffer.alloc(0) }));
    return 'done';
  } catch (thrown) {
    if (!(thrown instanceof FailureError)) throw thrown;
    const { failure } = thrown;
    return 'cause' in failure ? `${failure.step}/${failure.cause}` : failure.step;
  }
}
