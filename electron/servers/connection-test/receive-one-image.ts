import type { Finding, ReturnPathFacts } from '../../contract/connection-test.ts';
import { FailureError, type Failure } from '../../contract/failure.ts';
import type { MoveResult } from '../../dimse/index.ts';
import type { Call } from './call-log.ts';
import type { ImagePlace } from './choose-image.ts';
import { FaultError, type Done } from './course.ts';
import type { OurSide } from './our-side.ts';
import type { Received, TurnedAway } from './reception.ts';
import { keysOf, moveDestinationUnknown, moveTo, type ReturnPathQuestion } from './order-move.ts';
import { within } from './within.ts';

/** Some servers say that they are done before we have answered their last store. */
const quietMs = 2_000;

/**
 * Has one image sent here and throws it away. What called us meanwhile tells why it did not come.
 *
 * @throws FailureError
 */
export async function receiveOneImage(
  question: ReturnPathQuestion,
  image: ImagePlace,
  signal: AbortSignal,
): Promise<Done<ReturnPathFacts>> {
  const { ours, listenPort, otherPorts } = question;
  await using open = new AsyncDisposableStack();
  const expected = await openPorts(ours, [listenPort], open);
  await openPorts(ours, otherPorts, open);
  const shared = ours.listener();
  if (shared.kind === 'listening') expected.push(shared.port);

  const { log } = ours.reception;
  const calls: Call[] = [];
  open.defer(log.listen((call) => calls.push(call)));
  const turnedAway: TurnedAway[] = [];
  open.defer(ours.reception.onTurnedAway((peer) => turnedAway.push(peer)));
  const coming = new Promise<Received>((resolve) => {
    open.defer(ours.reception.await(image.sopInstanceUid, resolve));
  });
  const ending = await endingOf(question, image, signal);
  const came = await within(coming, quietMs, signal);
  const received = came === 'late' ? null : came;
  const ourAeTitle = question.peer.callingAeTitle;
  return judge({ received, calls, turnedAway, expected, ending, ourAeTitle });
}

type Ending = { readonly result: MoveResult } | { readonly failure: Failure };

async function endingOf(
  question: ReturnPathQuestion,
  image: ImagePlace,
  signal: AbortSignal,
): Promise<Ending> {
  try {
    return { result: await moveTo(question, keysOf(image), signal) };
  } catch (thrown) {
    if (!(thrown instanceof FailureError) || thrown.failure.step === 'cancelled') throw thrown;
    return { failure: thrown.failure };
  }
}

/** Those that could be had, closed with the stack. */
async function openPorts(
  ours: OurSide,
  ports: readonly number[],
  open: AsyncDisposableStack,
): Promise<number[]> {
  const had: number[] = [];
  for (const port of ports) {
    try {
      open.use(await ours.openAlso(port));
      had.push(port);
    } catch (thrown) {
      // A retrieve goes on without it too; whether it could be had is said with our side.
      if (!(thrown instanceof FailureError)) throw thrown;
    }
  }
  return had;
}

interface Evidence {
  readonly received: Received | null;
  readonly calls: readonly Call[];
  readonly turnedAway: readonly TurnedAway[];
  /** Where a retrieve would have been awaited. */
  readonly expected: readonly number[];
  readonly ending: Ending;
  readonly ourAeTitle: string;
}

function judge(evidence: Evidence): Done<ReturnPathFacts> {
  const { received, calls, expected, ending } = evidence;
  const missing = { step: 'arrive', expected: 1, arrived: 0 } as const;
  if (received === null) {
    const failure = 'failure' in ending ? ending.failure : missing;
    throw new FaultError(failure, { findings: whyNot(evidence) });
  }
  const { instance, bytes } = received;
  const by = calls.findLast((call) => call.accepted && isSameCaller(call, instance));
  const facts: ReturnPathFacts = {
    step: 'return-path',
    method: 'C-MOVE',
    callingAeTitle: instance.callingAeTitle,
    calledAeTitle: instance.calledAeTitle,
    remoteAddress: instance.remoteAddress,
    port: by?.port ?? null,
    bytes,
    sopClassUid: instance.sopClassUid,
    transferSyntaxUid: instance.transferSyntaxUid,
  };
  if (by === undefined || expected.includes(by.port)) return { value: facts, facts };
  const { port, remoteAddress } = by;
  throw new FaultError(missing, {
    facts,
    findings: [{ kind: 'came-to-other-port', port, expected, remoteAddress }],
  });
}

function isSameCaller(
  call: Call,
  { callingAeTitle, calledAeTitle, remoteAddress }: Received['instance'],
): boolean {
  return (
    call.callingAeTitle === callingAeTitle &&
    call.calledAeTitle === calledAeTitle &&
    call.remoteAddress === remoteAddress
  );
}

/** What is known of an image that did not come, the most certain first. */
function whyNot({ calls, turnedAway, expected, ending, ourAeTitle }: Evidence): readonly Finding[] {
  const misnamed = calls.findLast(
    ({ accepted, calledAeTitle }) => !accepted && calledAeTitle.trim() !== ourAeTitle,
  );
  if (misnamed !== undefined) {
    const { calledAeTitle, remoteAddress, port } = misnamed;
    return [{ kind: 'called-other-ae-title', calledAeTitle, remoteAddress, port }];
  }
  const inVain = calls.findLast(({ accepted }) => accepted);
  if (inVain !== undefined) {
    const { callingAeTitle, remoteAddress, port } = inVain;
    return expected.includes(port)
      ? [{ kind: 'came-without-image', callingAeTitle, remoteAddress, port }]
      : [{ kind: 'came-to-other-port', port, expected, remoteAddress }];
  }
  const turned = turnedAway.at(-1);
  return turned === undefined ? unheardOf(ending) : [{ kind: 'turned-away', ...turned }];
}

function unheardOf(ending: Ending): readonly Finding[] {
  if ('result' in ending) {
    const { status, subOperations } = ending.result;
    const { completed, warning, failed } = subOperations;
    return completed + warning > 0
      ? [{ kind: 'delivered-elsewhere', completed: completed + warning }]
      : [{ kind: 'not-delivered', status, failed }];
  }
  const { failure } = ending;
  if (failure.step !== 'respond') return [];
  if (failure.cause === 'timed-out') return [{ kind: 'not-delivered', status: null, failed: 0 }];
  if (failure.cause !== 'status' || failure.status === moveDestinationUnknown) return [];
  return [{ kind: 'not-delivered', status: failure.status, failed: 1 }];
}
