import type { MoveOrder, ReturnPathFacts } from '../../contract/connection-test.ts';
import { FailureError } from '../../contract/failure.ts';
import { newUid } from './ask-query.ts';
import { chooseImage, type ImagePlace } from './choose-image.ts';
import { Skipped, type Done } from './course.ts';
import { getOneImage } from './get-one-image.ts';
import { moveDestinationUnknown, moveTo, type ReturnPathQuestion } from './order-move.ts';
import { receiveOneImage } from './receive-one-image.ts';

/**
 * Whether what we ask for finds its way here. First a C-MOVE of a study that nobody has: a server that
 * looks at the destination says whether it knows it. Then, if the person agrees, one image, which is
 * received and thrown away.
 *
 * @throws FailureError, or Skipped
 */
export async function walkReturnPath(
  question: ReturnPathQuestion,
  signal: AbortSignal,
): Promise<Done<ReturnPathFacts>> {
  const { services, sendOneImage, ours } = question;
  if (!services.services.move && services.services.get) {
    if (!sendOneImage) throw new Skipped({ kind: 'by-get' });
    return getOneImage(question, await imageIn(question, signal), signal);
  }
  const order = await orderNothing(question, signal);
  if (!sendOneImage) throw new Skipped({ kind: 'needs-one-image', order });
  if (ours.isRetrieving()) throw new Skipped({ kind: 'retrieving' });
  return receiveOneImage(question, await imageIn(question, signal), signal);
}

async function imageIn({ peer, address }: ReturnPathQuestion, signal: AbortSignal): Promise<ImagePlace> {
  const image = await chooseImage(peer, address, signal);
  if (image === null) throw new Skipped({ kind: 'nothing-there' });
  return image;
}

/** @throws FailureError, also where the server does not know us */
async function orderNothing(question: ReturnPathQuestion, signal: AbortSignal): Promise<MoveOrder> {
  const keys = [
    { keyword: 'QueryRetrieveLevel', value: 'STUDY' },
    { keyword: 'StudyInstanceUID', value: newUid() },
  ];
  try {
    const { status } = await moveTo(question, keys, signal);
    return { status };
  } catch (thrown) {
    if (!(thrown instanceof FailureError)) throw thrown;
    const { failure } = thrown;
    if (failure.step !== 'respond' || failure.cause !== 'status') throw thrown;
    // Some answer so because there is no such study: only this one status is about us for certain.
    if (failure.status === moveDestinationUnknown) throw thrown;
    return { status: failure.status };
  }
}
