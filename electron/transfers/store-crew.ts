import { setTimeout as sleep } from 'node:timers/promises';
import { FailureError, type Failure } from '../contract/failure.ts';
import { requestAssociation, type Association, type AssociationPlan } from '../dimse/index.ts';
import { FilesAhead, type FileInTurn } from './files-ahead.ts';
import { isOutOfResources, storeFile, type Account, type Sendable, type Verdict } from './store-file.ts';

export interface CrewOptions {
  /** How each association is asked for. */
  readonly plan: AssociationPlan;
  readonly files: readonly Sendable[];
  readonly account: Account;
  /** At once, at most. */
  readonly associations: number;
  /** The peer has granted us one before, so that a transient refusal may pass. */
  readonly grantedBefore: boolean;
}

/** Why files are left that nobody has tried to send. */
export interface Ending {
  /** No association is to be had any more; the peer ended two in a row; it has no room. */
  readonly kind: 'unreachable' | 'lost' | 'full';
  readonly failure: Failure;
  readonly untried: readonly Sendable[];
}

/** How long a peer that had an association for us before is given to have one again. */
const patienceMs = 500;
const attempts = 4;

/**
 * Sends files on several associations side by side, each taking the next file that none has taken.
 *
 * The first association goes ahead: a server that can't be reached is asked once, not N times. A
 * further one that the server doesn't grant is no failure: the others carry the files.
 *
 * @returns `null`: every file was tried
 * @throws FailureError cancelled
 */
export async function storeAll(options: CrewOptions, signal: AbortSignal): Promise<Ending | null> {
  const crew = new Crew(options, signal);
  return crew.run();
}

class Crew {
  readonly #options: CrewOptions;
  readonly #signal: AbortSignal;
  /** Aborted when no file is left to take: an association that is still being asked for is of no use. */
  readonly #noneLeft = new AbortController();
  readonly #members: Promise<void>[] = [];
  readonly #files: FilesAhead;
  #atWork = 0;
  #hasHiredOthers = false;
  #reason: Pick<Ending, 'kind' | 'failure'> | null = null;
  #thrown: { readonly value: unknown } | null = null;

  constructor(options: CrewOptions, signal: AbortSignal) {
    this.#options = options;
    this.#signal = signal;
    this.#files = new FilesAhead(options.files);
  }

  async run(): Promise<Ending | null> {
    using files = this.#files;
    if (this.#options.files.length > 0) this.#hire();
    // The first hires the others while this waits.
    for (let member = 0; member < this.#members.length; member += 1) await this.#members[member];
    if (this.#thrown !== null) throw this.#thrown.value;
    const untried = files.left();
    return untried.length === 0 || this.#reason === null ? null : { ...this.#reason, untried };
  }

  #hire(): void {
    this.#atWork += 1;
    const member = this.#work()
      .catch((thrown: unknown) => {
        this.#thrown ??= { value: thrown };
        this.#stop();
      })
      .finally(() => (this.#atWork -= 1));
    this.#members.push(member);
  }

  #hireOthers(): void {
    if (this.#hasHiredOthers) return;
    this.#hasHiredOthers = true;
    const { associations, files } = this.#options;
    const wanted = Math.min(associations, files.length);
    while (this.#members.length < wanted) this.#hire();
  }

  /** One association after another, until no file is left or there is no sense in going on. */
  async #work(): Promise<void> {
    let lostInARow = 0;
    while (!this.#noneLeft.signal.aborted) {
      const association = await this.#associate();
      if (association === null) return;
      this.#hireOthers();
      const { verdict, carried } = await this.#carry(association);
      if (verdict.kind !== 'lost') continue;
      const { failure } = verdict;
      lostInARow = carried > 0 ? 1 : lostInARow + 1;
      if (isOutOfResources(failure)) {
        this.#giveUp({ kind: 'full', failure });
        this.#stop();
      } else if (lostInARow === 2) {
        this.#giveUp({ kind: 'lost', failure });
        return;
      }
    }
  }

  /** `carried`: after how many files it was still good. */
  async #carry(given: Association): Promise<{ readonly verdict: Verdict; readonly carried: number }> {
    await using association = given;
    let over: Failure | null = null;
    void association.closed.then((failure) => (over = failure));
    for (let carried = 0; ; carried += 1) {
      // What the peer ended while nothing was on it has cost no file.
      if (over !== null) return { verdict: { kind: 'lost', failure: over }, carried };
      const file = this.#take();
      if (file === null) return { verdict: { kind: 'good' }, carried };
      const verdict = await storeFile(association, file, this.#options.account, this.#signal);
      if (verdict.kind !== 'good') return { verdict, carried };
    }
  }

  /** `null`: none is needed any more, or none is to be had. */
  async #associate(): Promise<Association | null> {
    const signal = AbortSignal.any([this.#signal, this.#noneLeft.signal]);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await requestAssociation(this.#options.plan, {}, signal);
      } catch (thrown) {
        if (!(thrown instanceof FailureError)) throw thrown;
        const { failure } = thrown;
        if (failure.step === 'cancelled') return this.#unlessCancelled(thrown);
        if (!this.#mayPass(failure) || attempt === attempts) {
          this.#giveUp({ kind: 'unreachable', failure });
          return null;
        }
      }
      await sleep(patienceMs, null, { signal }).catch(() => {});
    }
  }

  /** Not worth waiting for while others are at work. */
  #mayPass(failure: Failure): boolean {
    const granted = this.#options.grantedBefore || this.#hasHiredOthers;
    return granted && this.#atWork === 1 && isTransient(failure);
  }

  #unlessCancelled(thrown: FailureError): null {
    if (this.#signal.aborted) throw thrown;
    return null;
  }

  #take(): FileInTurn | null {
    if (this.#noneLeft.signal.aborted) return null;
    const file = this.#files.take();
    if (this.#files.allTaken) this.#stop();
    return file;
  }

  /** The others may go on; if they don't either, this is why. */
  #giveUp(reason: Pick<Ending, 'kind' | 'failure'>): void {
    if (this.#reason?.kind !== 'full') this.#reason = reason;
  }

  #stop(): void {
    this.#noneLeft.abort();
  }
}

/** A-ASSOCIATE-RJ that may go otherwise next time: temporary congestion, local limit (PS3.8 Table 9-21). */
function isTransient(failure: Failure): boolean {
  return failure.step === 'associate' && failure.cause === 'rejected' && failure.result === 2;
}
