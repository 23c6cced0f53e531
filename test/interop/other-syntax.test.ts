import { describe, expect, it } from 'vitest';
import { draftOf } from '../../electron/contract/server.ts';
import { startDcmqrscp, whichPeers } from '../support/peers/index.ts';
import { studyUidOf, writeSyntheticStudy, type SyntheticStudy } from '../support/synthetic-study.ts';
import { openWholeHouse, retrieve } from '../support/whole-house.ts';

const { dcmtk } = whichPeers();
const { signal } = new AbortController();
const deflated = '1.2.840.10008.1.2.1.99';
const study: SyntheticStudy = {
  patientName: 'AGAIN^OTHERWISE',
  patientId: 'A1',
  studyDate: '20250101',
  series: [{ modality: 'CT', instances: 3 }],
};

describe.skipIf(!dcmtk)('a study that is here, retrieved again in another transfer syntax', () => {
  it('is whole, and kept as it is', async () => {
    await using house = await openWholeHouse();
    const files = await writeSyntheticStudy(house.folder, study);
    await using peer = await startDcmqrscp({
      aeTitle: 'DEFLATES',
      files: files.map(({ path }) => path),
      moveDestinations: [house.place],
      offersFirst: [deflated],
    });
    const server = await house.saveServer(peer, {
      retrieveMethod: 'c-move',
      preferredCompression: 'as-stored',
    });
    const first = await retrieve(house, server, studyUidOf(study));
    const draft = { ...draftOf(server), preferredCompression: 'uncompressed' } as const;
    await house.handlers.servers.save({ id: server.id, draft }, signal);

    const again = await retrieve(house, server, studyUidOf(study));

    expect([first.state, again.state]).toEqual([{ kind: 'done' }, { kind: 'done' }]);
    expect(again.progress).toMatchObject({ done: 3, failed: 0 });
    const seen = await house.handlers.observations.list(undefined, signal);
    expect(seen[0]?.objects[0]?.transferSyntaxUid).not.toBe(deflated);
    expect(await house.handlers.archive.studies(undefined, signal)).toMatchObject([{ instanceCount: 3 }]);
  });
});
