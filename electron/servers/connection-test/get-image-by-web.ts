import type { ReturnPathFacts } from '../../contract/connection-test.ts';
import { FailureError } from '../../contract/failure.ts';
import { textOf } from '../../dataset/index.ts';
import { retrieveInstances, search, type RetrieveResource, type WebSession } from '../../dicomweb/index.ts';
import { Skipped, type Done } from './course.ts';
import { discarding, type Received } from './reception.ts';

/**
 * Fetches one image by WADO-RS and throws it away.
 *
 * @throws FailureError, or Skipped
 */
export async function getImageByWeb(
  session: WebSession,
  remoteAddress: string,
): Promise<Done<ReturnPathFacts>> {
  const image = await anyImage(session);
  if (image === null) throw new Skipped({ kind: 'nothing-there' });
  const received: Received[] = [];
  const store = {
    begin: (instance: Received['instance']) => discarding(instance, (each) => received.push(each)),
  };
  await retrieveInstances(session, image, { store, remoteAddress });
  const [came] = received;
  if (came === undefined) throw new FailureError({ step: 'arrive', expected: 1, arrived: 0 });
  const facts: ReturnPathFacts = {
    step: 'return-path',
    method: 'WADO-RS',
    callingAeTitle: '',
    calledAeTitle: '',
    remoteAddress,
    port: null,
    bytes: came.bytes,
    sopClassUid: came.instance.sopClassUid,
    transferSyntaxUid: came.instance.transferSyntaxUid,
  };
  return { value: facts, facts };
}

/** The first that is found; nothing of a patient is asked for. */
async function anyImage(session: WebSession): Promise<RetrieveResource | null> {
  for await (const study of search(session, { level: 'STUDY' }, [])) {
    const studyInstanceUid = textOf(study, 'StudyInstanceUID');
    const images = search(session, { level: 'IMAGE', studyInstanceUid, seriesInstanceUid: null }, []);
    for await (const image of images) {
      const seriesInstanceUid = textOf(image, 'SeriesInstanceUID');
      const sopInstanceUid = textOf(image, 'SOPInstanceUID');
      if (seriesInstanceUid !== '' && sopInstanceUid !== '') {
        return { studyInstanceUid, seriesInstanceUid, sopInstanceUid };
      }
    }
  }
  return null;
}
