import type { ReturnPathFacts } from '../../contract/connection-test.ts';
import { encodeIdentifier } from '../../dataset/index.ts';
import { get, getTransferSyntax, planGetContexts, requestAssociation, SopClass } from '../../dimse/index.ts';
import type { ImagePlace } from './choose-image.ts';
import { FaultError, type Done } from './course.ts';
import { discarding, type Received } from './reception.ts';
import { keysOf, type ReturnPathQuestion } from './order-move.ts';
import { planTo } from './tested-peer.ts';

/** Where the server does not say of what class its image is: those that most images are of. */
const likely: readonly string[] = [
  SopClass.CtImageStorage,
  SopClass.MrImageStorage,
  SopClass.ComputedRadiographyImageStorage,
  SopClass.DigitalXRayImageStorageForPresentation,
  SopClass.UltrasoundImageStorage,
  SopClass.UltrasoundMultiFrameImageStorage,
  SopClass.SecondaryCaptureImageStorage,
  SopClass.XRayAngiographicImageStorage,
];

/**
 * Has one image sent on the association that asks for it (C-GET), and throws it away: then there is no
 * way back that could be wrong.
 *
 * @throws FailureError
 */
export async function getOneImage(
  { peer, address }: ReturnPathQuestion,
  image: ImagePlace,
  signal: AbortSignal,
): Promise<Done<ReturnPathFacts>> {
  const sopClassUids = image.sopClassUid === '' ? likely : [image.sopClassUid];
  const contexts = planGetContexts({ sopClassUids, preferred: 'as-stored' });
  await using association = await requestAssociation(planTo(peer, address, contexts), {}, signal);
  signal.addEventListener('abort', () => association.abort(), { once: true });
  const identifier = encodeIdentifier(keysOf(image), getTransferSyntax(association));
  const received: Received[] = [];
  const store = {
    begin: (instance: Received['instance']) => discarding(instance, (each) => received.push(each)),
  };
  const counting = get(association, { identifier, store }, signal);
  while ((await counting.next()).done !== true);
  const [came] = received;
  if (came === undefined) throw new FaultError({ step: 'arrive', expected: 1, arrived: 0 }, {});
  const facts: ReturnPathFacts = {
    step: 'return-path',
    method: 'C-GET',
    callingAeTitle: peer.server.aeTitle,
    calledAeTitle: peer.callingAeTitle,
    remoteAddress: address,
    port: null,
    bytes: came.bytes,
    sopClassUid: came.instance.sopClassUid,
    transferSyntaxUid: came.instance.transferSyntaxUid,
  };
  return { value: facts, facts };
}
