import { connect } from 'node:net';
import { FailureError } from '../../electron/contract/failure.ts';
import { SopClass, TransferSyntax, echo } from '../../electron/dimse/index.ts';
import { associateWith } from '../support/associate-with.ts';
import type { Health } from './listener-process.ts';
import { startFuzzedListener, type FuzzedListener } from './fuzzed-listener.ts';
import { requestCase, type RequestCase } from './request-families.ts';

export interface FuzzOptions {
  readonly seed: number;
  readonly cases: number;
  /** How long an echo in between may take: a second unless given. */
  readonly echoWithinMs?: number;
  /** Told after every hundredth case. */
  readonly onProgress?: (played: number) => void;
}

export interface FuzzReport {
  /** How many cases there were of each family. */
  readonly families: Readonly<Record<string, number>>;
  readonly echoes: number;
  readonly slowestEchoMs: number;
  /** How much more the listener holds at the end than behind the first tenth of the cases. */
  readonly heldGrowthBytes: number;
  /** Its whole memory at the end, with what it has freed and the system not taken back. */
  readonly rssBytes: number;
  readonly stored: number;
  readonly refused: number;
}

/** What the fuzzing found, with all that it takes to have it again. */
export class FuzzFinding extends Error {
  constructor(what: string, { number, family, bytes, hangsUp }: RequestCase, seed: number) {
    super(
      `${what}\nseed ${seed}, case ${number} (${family}; ${hangsUp ? 'hangs up' : 'stays'}): ` +
        `npm run fuzz -- --seed ${seed} --only ${number}\n${bytes.toString('hex')}`,
    );
    this.name = 'FuzzFinding';
  }
}

const atOnce = 64;
const echoEvery = 100;
const emptyWithinMs = 10_000;
/** A case ends by itself within the listener's timers of two seconds and its closing time. */
const caseWithinMs = 10_000;

/**
 * Plays so many malformed conversations with one listener, many at once, and asks it in between whether
 * it is alive.
 *
 * @throws FuzzFinding when it dies, hangs, or a service of it throws
 */
export async function fuzzListener(options: FuzzOptions): Promise<FuzzReport> {
  const { seed, cases, onProgress } = options;
  await using listener = await startFuzzedListener();
  const before = await listener.health();
  const run = new Run(listener, options);
  await run.playUntil(Math.floor(cases / 10), onProgress);
  const warm = await listener.health();
  await run.playUntil(cases, onProgress);
  const after = await emptied(listener, before);
  if (after.bugs.length > 0) await run.blame(after.bugs[0]!);
  const stray = await listener.strayFiles();
  if (stray.length > 0) throw new Error(`seed ${seed}: written beside the store: ${stray.join(', ')}`);
  const { stored, refused, rssBytes } = after;
  return { ...run.report(), heldGrowthBytes: after.heldBytes - warm.heldBytes, rssBytes, stored, refused };
}

/** How it is once everyone has gone. @throws where something stays */
async function emptied(listener: FuzzedListener, before: Health): Promise<Health> {
  const deadline = performance.now() + emptyWithinMs;
  for (;;) {
    const now = await listener.health();
    const same = now.sockets === before.sockets && now.descriptors === before.descriptors;
    if (same && now.associations === 0) return now;
    if (performance.now() > deadline) throw new Error(`something stays: ${JSON.stringify(now)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

class Run {
  readonly #listener: FuzzedListener;
  readonly #seed: number;
  readonly #echoWithinMs: number;
  readonly #families: Record<string, number> = {};
  #next = 0;
  #played = 0;
  #echoes = 0;
  #slowestEchoMs = 0;
  #blaming: Promise<never> | null = null;

  constructor(listener: FuzzedListener, { seed, echoWithinMs = 1_000 }: FuzzOptions) {
    this.#listener = listener;
    this.#seed = seed;
    this.#echoWithinMs = echoWithinMs;
  }

  async playUntil(cases: number, onProgress?: (played: number) => void): Promise<void> {
    const player = async (): Promise<void> => {
      while (this.#next < cases) {
        const one = requestCase(this.#seed, this.#next++);
        this.#families[one.family] = (this.#families[one.family] ?? 0) + 1;
        await this.#playOne(one);
        const played = ++this.#played;
        if (played % echoEvery !== 0) continue;
        await this.#echo();
        onProgress?.(played);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, player));
  }

  report(): Pick<FuzzReport, 'families' | 'echoes' | 'slowestEchoMs'> {
    return { families: this.#families, echoes: this.#echoes, slowestEchoMs: this.#slowestEchoMs };
  }

  /** One of the last did it: finds out which, with a listener of its own for each. */
  blame(what: string): Promise<never> {
    this.#blaming ??= this.#findCulprit(what);
    return this.#blaming;
  }

  async #findCulprit(symptom: string): Promise<never> {
    const { exit } = this.#listener;
    const what = exit === null ? symptom : `the listener ended: ${exit}`;
    const suspects = Math.max(0, this.#next - 3 * echoEvery);
    for (let number = this.#next - 1; number >= suspects; number--) {
      const one = requestCase(this.#seed, number);
      await using alone = await startFuzzedListener();
      if (await isHarmedBy(alone, one)) throw new FuzzFinding(what, one, this.#seed);
    }
    throw new Error(
      `${what}\nseed ${this.#seed}, among the cases ${suspects} to ${this.#next}, none of them alone`,
    );
  }

  async #playOne(one: RequestCase): Promise<void> {
    if (!(await play(this.#listener, one))) throw new FuzzFinding('not hung up in time', one, this.#seed);
    if (this.#listener.exit !== null) await this.blame('the listener ended');
  }

  async #echo(): Promise<void> {
    const ms = await echoMs(this.#listener).catch((error: unknown) =>
      this.blame(`no echo: ${wordsOf(error)}`),
    );
    this.#echoes++;
    this.#slowestEchoMs = Math.max(this.#slowestEchoMs, ms);
    if (ms > this.#echoWithinMs) await this.blame(`an echo took ${Math.round(ms)} ms`);
  }
}

/** Whether this case alone harms a listener. */
export async function isHarmedBy(listener: FuzzedListener, one: RequestCase): Promise<boolean> {
  try {
    if (!(await play(listener, one))) return true;
    await echoMs(listener);
    return (await listener.health()).bugs.length > 0;
  } catch {
    return true;
  }
}

/** Says its piece and waits until the listener has closed. @returns whether it has, in time */
function play({ host, port }: FuzzedListener, { bytes, hangsUp }: RequestCase): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const late = setTimeout(() => {
      resolve(false);
      socket.destroy();
    }, caseWithinMs);
    socket.on('error', () => {});
    socket.on('close', () => {
      clearTimeout(late);
      resolve(true);
    });
    // Whatever is answered is read, so that the close behind it is seen.
    socket.resume();
    if (hangsUp) socket.end(bytes);
    else socket.write(bytes);
  });
}

async function echoMs(listener: FuzzedListener): Promise<number> {
  const started = performance.now();
  const contexts = [
    { abstractSyntaxUid: SopClass.Verification, transferSyntaxUids: [TransferSyntax.ImplicitVrLittleEndian] },
  ];
  await using association = await associateWith(listener, contexts);
  const status = await echo(association);
  if (status !== 0) throw new Error(`echo answered ${status}`);
  return performance.now() - started;
}

function wordsOf(error: unknown): string {
  return error instanceof FailureError ? JSON.stringify(error.failure) : String(error);
}
