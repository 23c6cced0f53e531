import { isDeepStrictEqual } from 'node:util';
import { outcomeOf } from '../contract/connection-test-outcome.ts';
import type { CertificateFacts } from '../contract/certificate.ts';
import type { TestResult, TestStep } from '../contract/connection-test.ts';
import { FailureError, type Failure } from '../contract/failure.ts';
import type { Secured } from '../contract/observations.ts';
import {
  speaksDicom,
  type DicomPeer,
  type Server,
  type ServerDraft,
  type ServerId,
} from '../contract/server.ts';
import {
  resolveName,
  seenInTest,
  testAll,
  testConnection,
  testWebConnection,
  type ObservationBook,
  type ConnectionTestOptions,
  type OurSide,
  type PeerAddress,
  type ServerBook,
  type TestMemory,
} from '../servers/index.ts';
import type { Handlers } from './handlers.ts';

export interface ConnectionTestHandlerOptions {
  readonly book: ServerBook;
  readonly memory: TestMemory;
  readonly ours: OurSide;
  readonly callingAeTitle: () => string;
  /** With the certificates that the draft refers to. */
  readonly reach: (draft: ServerDraft) => PeerAddress;
  /** The same for DICOMweb, with the secret that is kept for that server. @throws FailureError */
  readonly reachWeb: (id: ServerId | null, draft: ServerDraft) => WebPlan;
  /** The certificate that a saved server has shown. */
  readonly onShown: (id: ServerId, shown: CertificateFacts) => void;
  readonly observations: Pick<ObservationBook, 'note'>;
  /** How what comes to our listener is secured; `null`: not. */
  readonly listenerTls: () => Secured | null;
  readonly now: () => Date;
  readonly publish: (result: TestResult) => void;
}

type WebPlan = Parameters<typeof testWebConnection>[0];

const resolveMs = 3_000;

export function connectionTestHandlers(options: ConnectionTestHandlerOptions): Handlers['connectionTest'] {
  const { book, memory, now } = options;
  return {
    run: ({ id, draft, sendOneImage }, signal) => {
      const saved = id === null ? null : savedAs(book, id, draft);
      const blocked = blockOf({ actions: book.actionsOf(id, draft) });
      if (blocked !== null) return notAllowed(blocked);
      // What is kept of a server, its password first of all, goes to no other address than the saved one.
      const question = { id: saved?.id ?? null, draft, sendOneImage, isWatched: true };
      return remembering(options, saved, testDraft(options, question, signal));
    },
    runAll: (ids, signal) =>
      testAll(
        {
          ids,
          now,
          test: (id, stopped) => {
            const server = book.get(id);
            const blocked = blockOf(server);
            if (blocked !== null) return notAllowed(blocked);
            const question = { id, draft: server, sendOneImage: false, isWatched: false };
            return remembering(options, server, testDraft(options, question, stopped));
          },
        },
        signal,
      ),
    results: () => Promise.resolve(book.list().servers.map((server) => memory.resultOf(server))),
    resolveName: (host, signal) => resolveName(host, resolveMs, signal),
  };
}

/** Why nothing may be asked of this server, not even a test; `null`: it may. */
function blockOf({ actions }: Pick<Server, 'actions'>): Failure | null {
  const reason = actions.why.test;
  if (reason === undefined) return null;
  if (reason.kind !== 'policy') return { step: 'blocked', action: 'test', reason };
  const { policy, file, line } = reason;
  return { step: 'policy', policy, file, line };
}

async function* notAllowed(failure: Failure): AsyncGenerator<TestStep> {
  yield { kind: 'failed', step: 'name', ms: 0, fault: { failure, findings: [] }, facts: null };
}

interface DraftQuestion {
  /** `null`: it isn't as any server is saved. */
  readonly id: ServerId | null;
  readonly draft: ServerDraft;
  readonly sendOneImage: boolean;
  /** Somebody sees each step, so that a name may be among them. */
  readonly isWatched: boolean;
}

async function* testDraft(
  options: ConnectionTestHandlerOptions,
  question: DraftQuestion,
  signal: AbortSignal,
): AsyncGenerator<TestStep> {
  const { draft } = question;
  if (speaksDicom(draft)) yield* testDicom(options, { ...question, draft }, signal);
  if (draft.protocol === 'dicom') return;
  yield* testWeb(options, question, signal);
}

async function* testWeb(
  { reachWeb }: ConnectionTestHandlerOptions,
  { id, draft, sendOneImage }: DraftQuestion,
  signal: AbortSignal,
): AsyncGenerator<TestStep> {
  let plan: WebPlan;
  try {
    plan = reachWeb(id, draft);
  } catch (thrown) {
    if (!(thrown instanceof FailureError)) throw thrown;
    const fault = { failure: thrown.failure, findings: [] };
    yield { kind: 'failed', step: 'web-tls', ms: 0, fault, facts: null };
    return;
  }
  yield* testWebConnection(plan, { sendOneImage }, signal);
}

function testDicom(
  { memory, ours, callingAeTitle, reach }: ConnectionTestHandlerOptions,
  { id, draft, sendOneImage, isWatched }: DraftQuestion & { readonly draft: DicomPeer },
  signal: AbortSignal,
): AsyncGenerator<TestStep> {
  const { server, unready } = reached(reach, draft);
  const last = id === null ? null : memory.resultOf({ ...server, id });
  const question = {
    callingAeTitle: draft.callingAeTitle ?? callingAeTitle(),
    ours,
    listenPort: draft.listenPort,
    lastLocalAddress: last?.localAddress ?? null,
    declaredRole: draft.role,
    abilities: usedByDicom(draft),
    letters: isWatched ? lettersOf(draft) : null,
    sendOneImage,
    unready,
  };
  return testConnection(server, question, signal);
}

/** `null`: it is asked and read as any other. */
function lettersOf({ queryCharacterSet, decodeAs }: ServerDraft): ConnectionTestOptions['letters'] {
  const characterSet = queryCharacterSet === 'auto' ? null : queryCharacterSet;
  return characterSet === null && decodeAs === null ? null : { characterSet, decodeAs };
}

/** Where retrieves go by DICOMweb, DICOM need not offer them. */
function usedByDicom({ abilities, protocol, retrieveMethod }: ServerDraft): ServerDraft['abilities'] {
  const isByWeb = protocol === 'both' && retrieveMethod === 'dicomweb';
  return abilities.filter((ability) => !(isByWeb && ability === 'retrieve'));
}

/** A certificate of ours that can't be had is a fault of the step that needs it. */
function reached(
  reach: (draft: ServerDraft) => PeerAddress,
  draft: ServerDraft & DicomPeer,
): { readonly server: PeerAddress; readonly unready: FailureError | null } {
  try {
    return { server: reach(draft), unready: null };
  } catch (thrown) {
    if (!(thrown instanceof FailureError)) throw thrown;
    return { server: draft, unready: thrown };
  }
}

/** Hands the steps on, and keeps what they prove of a saved server. A test that is stopped proves nothing. */
async function* remembering(
  options: ConnectionTestHandlerOptions,
  saved: Server | null,
  steps: AsyncIterable<TestStep>,
): AsyncGenerator<TestStep> {
  const { memory, now, publish, onShown, observations, listenerTls } = options;
  const taken: TestStep[] = [];
  for await (const step of steps) {
    taken.push(step);
    const shown = certificateIn(step);
    if (saved !== null && shown !== null) onShown(saved.id, shown);
    yield step;
  }
  if (saved === null) return;
  const at = now().toISOString();
  const states = outcomeOf(taken, at);
  memory.remember(saved, { at, states, localAddress: localAddressIn(taken, states.reachable.kind) });
  publish(memory.resultOf(saved));
  for (const seen of seenInTest(taken, listenerTls())) observations.note(saved.id, seen);
}

function certificateIn(step: TestStep): CertificateFacts | null {
  return 'facts' in step && step.facts?.step === 'tls' ? (step.facts.chain[0] ?? null) : null;
}

function localAddressIn(steps: readonly TestStep[], reachable: string): string | null {
  if (reachable !== 'proven') return null;
  const tcp = steps.find((step) => 'facts' in step && step.facts?.step === 'tcp');
  return tcp !== undefined && 'facts' in tcp && tcp.facts?.step === 'tcp' ? tcp.facts.localAddress : null;
}

/** The saved server, if the draft is what is saved: a test of something else says nothing about it. */
function savedAs(book: ServerBook, id: ServerId, draft: ServerDraft): Server | null {
  const server = book.get(id);
  const same = (key: keyof ServerDraft): boolean => isDeepStrictEqual(server[key], draft[key]);
  return addressing.every(same) ? server : null;
}

const addressing: readonly (keyof ServerDraft)[] = [
  'aeTitle',
  'host',
  'port',
  'tls',
  'verifyCertificate',
  'listenPort',
  'callingAeTitle',
  'protocol',
  'dicomweb',
];
