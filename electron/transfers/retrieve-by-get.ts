import type { Compression } from '../contract/compression.ts';
import { FailureError } from '../contract/failure.ts';
import { encodeIdentifier, type IdentifierKey, type InstanceStore } from '../dataset/index.ts';
import {
  get,
  getTransferSyntax,
  canBeStorageSopClass,
  planGetContexts,
  requestAssociation,
  type RetrieveResult,
} from '../dimse/index.ts';
import { findSeries, type FoundInstance } from '../query/index.ts';
import { planAssociation } from '../servers/index.ts';
import type { Arrivals } from './arrivals.ts';
import { chunks, groupBy } from './groups.ts';
import type { RetrieveAccount } from './retrieve-account.ts';
import { instanceKeys, wholeKeys } from './retrieve-keys.ts';
import type { RetrieveRequest } from './retrieve.ts';
import { commonSopClasses, everySopClass, usualSopClasses } from './usual-sop-classes.ts';

export interface GetTools {
  /** Takes what comes, as it does what our listener receives. */
  readonly store: InstanceStore;
  readonly arrivals: Arrivals;
  /** What the person prefers to receive from this server. */
  readonly preferred: Compression;
  /** Told when the server has accepted C-GET and is about to be asked. */
  readonly onBegin: () => void;
}

/** More would leave less than one syntax for some; see `planGetContexts`. */
const classesPerAssociation = 120;

/** With so few classes each has a context for every syntax that images are commonly stored in. */
const fewClasses = 8;

/**
 * Has a study sent to us on our own association (C-GET, PS3.4 §C.4.3), with contexts for the SOP classes
 * that the server listed. Where it doesn't list classes, the modalities of its series stand for them, and
 * what doesn't come then is asked for again, instance by instance, with contexts for all other classes.
 *
 * @throws FailureError as `requestAssociation` and `get`
 */
export async function retrieveByGet(
  request: RetrieveRequest,
  tools: GetTools,
  account: RetrieveAccount,
  signal: AbortSignal,
): Promise<RetrieveResult> {
  const classes = await classesOf(request, account, signal);
  const getting = new Getting(request, tools, account, signal);
  await getting.ask(classes.all, firstKeys(request, account, classes));
  for (const [sopClassUids, instances] of narrower(account.missing(), classes)) {
    await getting.askAgain(sopClassUids, instances);
  }
  const others = everySopClass.filter((uid) => !classes.all.includes(uid));
  for (const some of chunks(others, classesPerAssociation)) {
    const unknown = account.missing().filter(({ sopClassUid }) => sopClassUid === '');
    if (unknown.length > 0) await getting.askAgain(some, unknown);
  }
  return getting.result;
}

/** All of it at once; but some servers end the whole C-GET over one instance that has no context. */
function firstKeys(
  request: RetrieveRequest,
  { listed }: RetrieveAccount,
  { all }: Classes,
): readonly (readonly IdentifierKey[])[] {
  const instances = [...(listed?.values() ?? [])];
  const askable = instances.filter(({ sopClassUid }) => sopClassUid === '' || all.includes(sopClassUid));
  return askable.length === instances.length ? [wholeKeys(request)] : instanceKeys(request, askable);
}

/** The requests of one retrieve, and the sum of their counters. */
class Getting {
  readonly #request: RetrieveRequest;
  readonly #tools: GetTools;
  readonly #account: RetrieveAccount;
  readonly #signal: AbortSignal;
  #result: RetrieveResult = {
    status: 0,
    subOperations: { remaining: 0, completed: 0, failed: 0, warning: 0 },
    failedSopInstanceUids: [],
    comment: null,
  };

  constructor(request: RetrieveRequest, tools: GetTools, account: RetrieveAccount, signal: AbortSignal) {
    this.#request = request;
    this.#tools = tools;
    this.#account = account;
    this.#signal = signal;
  }

  /** As if it had been one. */
  get result(): RetrieveResult {
    return this.#result;
  }

  /** On one association with contexts for these classes. */
  async ask(
    sopClassUids: readonly string[],
    identifiers: readonly (readonly IdentifierKey[])[],
  ): Promise<void> {
    const { server, callingAeTitle } = this.#request.target;
    const { preferred, store, arrivals, onBegin } = this.#tools;
    const contexts = planGetContexts({ sopClassUids, preferred });
    const plan = planAssociation(server, callingAeTitle, contexts);
    await using association = await requestAssociation(plan, {}, this.#signal);
    const transferSyntaxUid = getTransferSyntax(association);
    onBegin();
    for (const keys of identifiers) {
      const getting = get(
        association,
        {
          identifier: encodeIdentifier(keys, transferSyntaxUid),
          store,
          onStored: arrivals.stored,
          onRefused: arrivals.refused,
          onActivity: arrivals.active,
        },
        this.#signal,
      );
      this.#result = sum(this.#result, await this.#account.follow(getting));
    }
  }

  /** What a server won't give so either is missing, and no failure of what came before. */
  async askAgain(sopClassUids: readonly string[], instances: readonly FoundInstance[]): Promise<void> {
    try {
      await this.ask(sopClassUids, instanceKeys(this.#request, instances));
    } catch (thrown) {
      if (!(thrown instanceof FailureError)) throw thrown;
      const { failure } = thrown;
      if (failure.step !== 'respond' || failure.cause !== 'status') throw thrown;
    }
  }
}

/** What failed before and was asked for again counts by its last try. */
function sum(before: RetrieveResult, next: RetrieveResult): RetrieveResult {
  const [one, other] = [before.subOperations, next.subOperations];
  return {
    ...next,
    subOperations: {
      remaining: 0,
      completed: one.completed + other.completed,
      failed: other.failed,
      warning: one.warning + other.warning,
    },
  };
}

interface Classes {
  /** What contexts are proposed for when all of it is asked for. */
  readonly all: readonly string[];
  /** What an instance may be. */
  readonly of: (instance: FoundInstance) => readonly string[];
}

async function classesOf(
  { target, studyInstanceUid }: RetrieveRequest,
  { listed }: RetrieveAccount,
  signal: AbortSignal,
): Promise<Classes> {
  const instances = [...(listed?.values() ?? [])];
  const isTold = instances.length > 0 && instances.every(({ sopClassUid }) => sopClassUid !== '');
  const series = isTold || listed === null ? [] : await findSeries(target, studyInstanceUid, signal);
  const modalities = new Map(series.map((each) => [each.seriesInstanceUid, each.modality]));
  const of = ({ sopClassUid, seriesInstanceUid }: FoundInstance): readonly string[] =>
    sopClassUid === '' ? usualSopClasses(modalities.get(seriesInstanceUid) ?? '') : [sopClassUid];
  const all = [...new Set(instances.flatMap(of))]
    .filter(canBeStorageSopClass)
    .slice(0, classesPerAssociation);
  return { all: all.length > 0 ? all : commonSopClasses, of };
}

/** The missing, by fewer classes than before: there is room for more syntaxes of each then. */
function narrower(
  missing: readonly FoundInstance[],
  { all, of }: Classes,
): readonly (readonly [readonly string[], readonly FoundInstance[]])[] {
  if (all.length <= fewClasses) return [];
  const groups = groupBy(missing, (instance) => of(instance).join(' '));
  return [...groups]
    .map(([key, instances]) => [key.split(' ').filter(Boolean), instances] as const)
    .filter(([sopClassUids]) => sopClassUids.length > 0 && sopClassUids.length < all.length);
}
