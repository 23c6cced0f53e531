import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  encodeAttributes,
  textOf,
  type IncomingInstance,
  type InstanceStore,
  type StoredInstance,
} from '../../../../electron/dataset/index.ts';
import { NotAskedFor, screenedStore } from '../../../../electron/dimse/scp/screened-store.ts';
import { SopClass, TransferSyntax } from '../../../../electron/dimse/index.ts';

function objectIn(transferSyntaxUid: string, study: string): Buffer {
  const bytes = encodeAttributes(
    [
      { keyword: 'SOPClassUID', value: SopClass.EnhancedSrStorage },
      { keyword: 'SOPInstanceUID', value: '1.2.3.1.1' },
      { keyword: 'ReferencedImageSequence', value: [[{ keyword: 'StudyInstanceUID', value: '1.9' }]] },
      { keyword: 'StudyInstanceUID', value: study },
      { keyword: 'SeriesInstanceUID', value: '1.2.3.1' },
      { keyword: 'TextValue', value: 'x'.repeat(300_000) },
    ],
    transferSyntaxUid,
  );
  return transferSyntaxUid === TransferSyntax.DeflatedExplicitVrLittleEndian ? deflateRawSync(bytes) : bytes;
}

function incoming(transferSyntaxUid: string): IncomingInstance {
  return {
    sopClassUid: SopClass.EnhancedSrStorage,
    sopInstanceUid: '1.2.3.1.1',
    transferSyntaxUid,
    callingAeTitle: 'QR',
    calledAeTitle: 'GANTRY',
    remoteAddress: '127.0.0.1',
    moveOriginatorAeTitle: null,
    moveOriginatorMessageId: null,
  };
}

/** What reached the store behind the screen, and what became of it. */
function recordingStore() {
  const chunks: Uint8Array[] = [];
  const ends: string[] = [];
  const store: InstanceStore = {
    begin: (instance) => ({
      write: (chunk) => chunks.push(chunk) > 0,
      onDrain: () => {},
      commit: async () => {
        ends.push('committed');
        return { ...instance } as StoredInstance;
      },
      discard: async () => void ends.push('discarded'),
    }),
  };
  return { store, ends, written: () => Buffer.concat(chunks) };
}

async function send(transferSyntaxUid: string, study: string, chunkBytes: number) {
  const behind = recordingStore();
  const screened = screenedStore(
    behind.store,
    (attributes) => textOf(attributes, 'StudyInstanceUID') === '1.2.3',
  );
  const writer = screened.begin(incoming(transferSyntaxUid));
  const object = objectIn(transferSyntaxUid, study);
  for (let at = 0; at < object.length; at += chunkBytes) writer.write(object.subarray(at, at + chunkBytes));
  const committed = await writer.commit().catch((error: unknown) => error);
  return { ...behind, object, committed };
}

const syntaxes = [
  TransferSyntax.ImplicitVrLittleEndian,
  TransferSyntax.ExplicitVrLittleEndian,
  TransferSyntax.ExplicitVrBigEndian,
  TransferSyntax.DeflatedExplicitVrLittleEndian,
];

describe.each(syntaxes)('a screened store, of objects in %s', (transferSyntaxUid) => {
  it.each([1_000, 65_536, 1_000_000])(
    'passes on all of what is wanted, in pieces of %i',
    async (chunkBytes) => {
      const { written, ends, object } = await send(transferSyntaxUid, '1.2.3', chunkBytes);

      expect(written().equals(object)).toBe(true);
      expect(ends).toEqual(['committed']);
    },
  );

  it.each([1_000, 65_536, 1_000_000])('drops what is not, in pieces of %i', async (chunkBytes) => {
    const { ends, committed } = await send(transferSyntaxUid, '1.2.4', chunkBytes);

    expect(committed).toBeInstanceOf(NotAskedFor);
    expect(ends).toEqual(['discarded']);
  });
});

describe('a screened store', () => {
  it('drops what is not wanted as soon as that is known', async () => {
    const { written, object } = await send(TransferSyntax.ExplicitVrLittleEndian, '1.2.4', 1_000);

    expect(written().length).toBeLessThan(20_000);
    expect(object.length).toBeGreaterThan(300_000);
  });

  it('drops what is no data set at all', async () => {
    for (const syntax of syntaxes) {
      const behind = recordingStore();
      const writer = screenedStore(
        behind.store,
        (attributes) => textOf(attributes, '0020000D') === '1.2.3',
      ).begin(incoming(syntax));
      writer.write(Buffer.alloc(100_000, 0xa5));

      await expect(writer.commit()).rejects.toBeInstanceOf(NotAskedFor);
      expect(behind.ends).toEqual(['discarded']);
    }
  });

  it('discards once, whoever asks for it', async () => {
    const behind = recordingStore();
    const writer = screenedStore(behind.store, () => false).begin(incoming(syntaxes[1]!));
    writer.write(objectIn(syntaxes[1]!, '1.2.4'));
    await writer.discard();

    expect(behind.ends).toEqual(['discarded']);
  });
});
