import type { Archive } from '../../../electron/archive/index.ts';
import type { IncomingInstance, InstanceStore, StoredInstance } from '../../../electron/dataset/index.ts';
import { buildDataset, type BuiltElement } from '../../support/build-dataset.ts';

export const explicit = '1.2.840.10008.1.2.1';
const secondaryCapture = '1.2.840.10008.5.1.4.1.1.7';

/** What a peer would say of an object before it sends it. */
export function incoming(over: Partial<IncomingInstance> = {}): IncomingInstance {
  return {
    sopClassUid: secondaryCapture,
    sopInstanceUid: '1.2.3.4',
    transferSyntaxUid: explicit,
    callingAeTitle: 'SENDER',
    calledAeTitle: 'GANTRY',
    remoteAddress: '127.0.0.1',
    moveOriginatorAeTitle: null,
    moveOriginatorMessageId: null,
    ...over,
  };
}

/** A small image in Explicit VR Little Endian; elements given replace or add to it. */
export function imageDataset(
  over: Partial<IncomingInstance> = {},
  elements: readonly BuiltElement[] = [],
): Buffer {
  const { sopClassUid, sopInstanceUid } = incoming(over);
  const usual: readonly BuiltElement[] = [
    ['00080016', 'UI', sopClassUid],
    ['00080018', 'UI', sopInstanceUid],
    ['00080020', 'DA', '20260314'],
    ['00080060', 'CS', 'OT'],
    ['00081030', 'LO', 'Head'],
    ['00100010', 'PN', 'DOE^JANE'],
    ['00100020', 'LO', '7'],
    ['0020000D', 'UI', '1.2'],
    ['0020000E', 'UI', '1.2.3'],
    ['00200011', 'IS', '1'],
    ['00200013', 'IS', '1'],
    ['00280002', 'US', [1]],
    ['00280004', 'CS', 'MONOCHROME2'],
    ['00280010', 'US', [2]],
    ['00280011', 'US', [4]],
    ['00280100', 'US', [8]],
    ['00280101', 'US', [8]],
    ['00280102', 'US', [7]],
    ['00280103', 'US', [0]],
    ['7FE00010', 'OB', Buffer.from([1, 2, 3, 4, 5, 6, 7, 8])],
  ];
  const replaced = new Set(elements.map(([tag]) => tag));
  return buildDataset([...usual.filter(([tag]) => !replaced.has(tag)), ...elements]);
}

/** Sends a data set to a store in pieces, as it would come from a socket. */
export async function storeDataset(
  store: InstanceStore,
  dataset: Uint8Array,
  over: Partial<IncomingInstance> = {},
): Promise<StoredInstance> {
  const writer = store.begin(incoming(over));
  const step = Math.max(1, Math.ceil(dataset.length / 3));
  for (let at = 0; at < dataset.length; at += step) writer.write(dataset.subarray(at, at + step));
  return await writer.commit();
}

export async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => null,
    (thrown: unknown) => (thrown instanceof Error && 'failure' in thrown ? thrown.failure : thrown),
  );
}

/** The one instance of an archive that holds one study of one series. */
export async function onlyInstance(archive: Archive) {
  const studies = await archive.studies();
  const series = await archive.series(studies[0]!.studyInstanceUid);
  return series[0]!.instances[0]!;
}
