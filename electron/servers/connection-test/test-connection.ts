import type {
  DeclaredRole,
  NameFacts,
  ServicesFacts,
  TcpFacts,
  TestStep,
} from '../../contract/connection-test.ts';
import type { Ability } from '../../contract/server-terms.ts';
import { FailureError } from '../../contract/failure.ts';
import { echo, type Association, type Timeouts } from '../../dimse/index.ts';
import { planAssociation, type PeerAddress } from '../plan-association.ts';
import { askQuery } from './ask-query.ts';
import { askServices } from './ask-services.ts';
import { associate } from './associate.ts';
import { checkOurSide } from './check-our-side.ts';
import { Course, type Done } from './course.ts';
import { withCloserLook } from './look-closer.ts';
import type { OurSide } from './our-side.ts';
import type { Letters } from './read-letters.ts';
import { probeTcp } from './probe-tcp.ts';
import { probeTls } from './probe-tls.ts';
import { addressesIn, resolveName } from './resolve-name.ts';
import { walkReturnPath } from './return-path.ts';
import { planTo, testTimeouts, type TestedPeer } from './tested-peer.ts';

export interface ConnectionTestOptions {
  readonly callingAeTitle: string;
  readonly ours: OurSide;
  /** The record's own; `null`: the number of `port`, while a retrieve runs. */
  readonly listenPort: number | null;
  /** Ours on the way there at the last test that worked; `null`: there was none. */
  readonly lastLocalAddress: string | null;
  readonly declaredRole: DeclaredRole | null;
  /** What it is entered as used for by DICOM; nothing unless given. */
  readonly abilities?: readonly Ability[];
  /** In which letters the record has it asked and read, where a name is to be shown; `null` unless given. */
  readonly letters?: Letters | null;
  /** The person agrees that the server sends one image here. */
  readonly sendOneImage: boolean;
  /** Further ports of ours to look at for that image; the usual ones unless given. */
  readonly otherPorts?: readonly number[];
  readonly timeouts?: Partial<Timeouts>;
  /** Why what TLS needs on our side can't be had; it is the fault of that step. */
  readonly unready?: FailureError | null;
}

/** Where a server's table may have us by mistake. */
const usualPorts: readonly number[] = [11112, 104, 4242, 2762, 5678];

/**
 * Tests the connection to a server both ways, step by step: name, TCP, TLS where ticked, association,
 * C-ECHO, services, a query, our own side, and the way back. Each step is told when it begins and how it
 * came out; those that need one that failed are skipped, our own side never is.
 *
 * On abort, or when the reader leaves, nothing stays open.
 *
 * @throws FailureError cancelled; every other failure is a step
 */
export async function* testConnection(
  server: PeerAddress,
  options: ConnectionTestOptions,
  signal: AbortSignal,
): AsyncGenerator<TestStep> {
  if (signal.aborted) throw new FailureError({ step: 'cancelled' });
  const { timeouts: recorded } = planAssociation(server, options.callingAeTitle, []);
  const timeouts = { ...testTimeouts, ...recorded, ...options.timeouts };
  const peer: TestedPeer = { server, callingAeTitle: options.callingAeTitle, timeouts };
  const test: Test = { peer, options, course: new Course(), signal };

  const { name, tcp, isReady } = yield* reach(test);
  const address = tcp?.address ?? '';
  const services = yield* converse(test, isReady ? address : null);
  const { ours, callingAeTitle, listenPort, lastLocalAddress } = options;
  const question = {
    ours,
    ourAeTitle: callingAeTitle,
    listenPort,
    localAddress: tcp?.localAddress ?? null,
    serverAddress: name === null ? null : (addressesIn(name)[0] ?? null),
    lastLocalAddress,
  };
  yield* test.course.take('our-side', question, (given) => checkOurSide(given, signal));
  yield* test.course.take('return-path', services, (found) => walkBack(test, address, found));
}

interface Test {
  readonly peer: TestedPeer;
  readonly options: ConnectionTestOptions;
  readonly course: Course;
  readonly signal: AbortSignal;
}

interface Reached {
  readonly name: NameFacts | null;
  readonly tcp: TcpFacts | null;
  /** As far as the association. */
  readonly isReady: boolean;
}

/** Name, TCP, and TLS where ticked. */
async function* reach({ peer, options, course, signal }: Test): AsyncGenerator<TestStep, Reached> {
  const { server } = peer;
  const connectMs = connectMsOf(peer);
  const name = yield* course.take('name', server.host, async (host) => {
    const facts = await resolveName(host, connectMs, signal);
    return { value: facts, facts };
  });
  const tcp = yield* course.take('tcp', name, (found) =>
    probeTcp(server, addressesIn(found), connectMs, signal),
  );
  if (!server.tls) {
    yield* course.passBy('tls', { kind: 'not-ticked' });
    return { name, tcp, isReady: tcp !== null };
  }
  const tls = yield* course.take('tls', tcp, ({ address }) => {
    if (options.unready) throw options.unready;
    return secure(peer, address, signal);
  });
  return { name, tcp, isReady: tls !== null };
}

/** Association, C-ECHO, services, a query; answers the services where they could be asked for. */
async function* converse(
  { peer, options, course, signal }: Test,
  address: string | null,
): AsyncGenerator<TestStep, ServicesFacts | null> {
  await using open = new AsyncDisposableStack();
  const association = yield* course.take('association', address, async (at) => {
    const done = await associate(peer, at, signal);
    open.use(done.value);
    return done;
  });
  const echoed = yield* course.take('echo', association, (asked) => tryEcho(asked, signal));
  const conversing = echoed ?? (course.goesOn ? association : null);
  const { declaredRole, abilities = [] } = options;
  const services = yield* course.take('services', conversing, (asked) =>
    askServices({ association: asked, peer, address: address ?? '', declaredRole, abilities }, signal),
  );
  const { letters = null } = options;
  yield* course.take('query', services, (found) =>
    askQuery({ peer, address: address ?? '', services: found, letters }, signal),
  );
  return services;
}

function walkBack({ peer, options, signal }: Test, address: string, services: ServicesFacts) {
  const { ours, listenPort, otherPorts, sendOneImage } = options;
  const ports = { listenPort: listenPort ?? peer.server.port, otherPorts: otherPorts ?? usualPorts };
  return walkReturnPath({ peer, address, services, ours, sendOneImage, ...ports }, signal);
}

async function secure(peer: TestedPeer, address: string, signal: AbortSignal) {
  const { host, port, tls } = planTo(peer, address, []);
  if (tls === null) throw new Error('TLS is ticked');
  try {
    return await probeTls({ host, port, tls, connectMs: connectMsOf(peer) }, signal);
  } catch (thrown) {
    throw await withCloserLook(thrown, peer, address, signal);
  }
}

async function tryEcho(association: Association, signal: AbortSignal): Promise<Done<Association>> {
  const status = await echo(association, signal);
  return { value: association, facts: { step: 'echo', status } };
}

function connectMsOf({ timeouts }: TestedPeer): number {
  return timeouts.connectMs ?? 5_000;
}
