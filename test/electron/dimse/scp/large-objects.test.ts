import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { InstanceStore, StoredInstance } from '../../../../electron/dataset/index.ts';
import { SopClass, TransferSyntax, listen, storageScp, store } from '../../../../electron/dimse/index.ts';
import type { StoreFile } from '../../../../electron/dimse/index.ts';
import { associateWith } from '../../../support/associate-with.ts';
import { encodeCommand, encodeData } from '../../../support/raw-pdu.ts';
import { associateToStore, ctObject, storeRequest } from '../../../support/raw-store.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const syntax = TransferSyntax.ExplicitVrLittleEndian;
const contexts = [{ abstractSyntaxUid: SopClass.CtImageStorage, transferSyntaxUids: [syntax] }];
const markBytes = 8;
/** Of both ends together, with all that the test holds itself: far below two gigabytes. */
const mostGrowthBytes = 300_000_000;

/** A mark, different at each place. */
function markAt(place: number): Buffer {
  const mark = Buffer.alloc(markBytes);
  mark.writeBigUInt64BE(BigInt(place) + 1n);
  return mark;
}

/** Where the marks of a data set are: everywhere that a length could be cut short, and in between. */
function placesIn(bytes: number): readonly number[] {
  const places = [0, 2 ** 24, 2 ** 30, 2 ** 31 - markBytes, 2 ** 31, bytes - markBytes];
  return [...new Set(places)].filter((place) => place + markBytes <= bytes).sort((a, b) => a - b);
}

/** Zeros with marks in between, which take hardly any room on the disk. */
async function markedFile(folder: string, bytes: number): Promise<Omit<StoreFile, 'sopInstanceUid'>> {
  const path = join(folder, 'object');
  await writeFile(path, '');
  await using handle = await open(path, 'r+');
  await handle.truncate(bytes);
  for (const place of placesIn(bytes)) await handle.write(markAt(place), 0, markBytes, place);
  return {
    path,
    sopClassUid: SopClass.CtImageStorage,
    transferSyntaxUid: syntax,
    datasetOffset: 0,
    bytes,
  };
}

const zeros = Buffer.alloc(1024 * 1024);

/** What came of one object: how much, the marks, and whether all else was zero. */
class Arrival {
  bytes = 0;
  isRight = true;
  readonly #places: readonly number[];
  #expected: Buffer | null = null;

  constructor(bytes: number) {
    this.#places = placesIn(bytes);
  }

  take(chunk: Uint8Array): void {
    const start = this.bytes;
    this.bytes += chunk.length;
    const marks = this.#places.filter((place) => place + markBytes > start && place < this.bytes);
    if (marks.length === 0) {
      this.isRight &&= zeros.subarray(0, chunk.length).equals(chunk);
      return;
    }
    this.#expected = Buffer.alloc(chunk.length);
    for (const place of marks) {
      const mark = markAt(place);
      for (let index = 0; index < markBytes; index++) {
        const at = place + index - start;
        if (at >= 0 && at < chunk.length) this.#expected[at] = mark[index]!;
      }
    }
    this.isRight &&= this.#expected.equals(chunk);
  }
}

function checkingStore(bytes: number): { store: InstanceStore; arrivals: Arrival[] } {
  const arrivals: Arrival[] = [];
  return {
    arrivals,
    store: {
      begin: (instance) => {
        const arrival = new Arrival(bytes);
        arrivals.push(arrival);
        return {
          write: (chunk) => {
            arrival.take(chunk);
            return true;
          },
          onDrain: () => {},
          commit: async () => ({ ...instance }) as StoredInstance,
          discard: async () => {},
        };
      },
    },
  };
}

/** The most that was held while it worked, above what was held before. */
async function growthDuring(work: () => Promise<void>): Promise<number> {
  const before = process.memoryUsage.rss();
  let most = before;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 20);
  await work().finally(() => clearInterval(watch));
  return most - before;
}

async function sendAll(files: readonly StoreFile[], port: number): Promise<void> {
  await Promise.all(
    files.map(async (file) => {
      await using association = await associateWith({ host: '127.0.0.1', port }, contexts);
      expect((await store(association, file)).status).toBe(0);
    }),
  );
}

describe('large objects', () => {
  it.each([
    ['one of more than 2 GB', 1, 2 ** 31 + 1_000_001],
    ['2 GB over eight associations at once', 8, 2 ** 28 + 1],
  ])(
    'such as %s are sent and received whole, and never held',
    async (_what, count, bytes) => {
      await using folder = await temporaryFolder();
      const file = await markedFile(folder.path, bytes);
      const files = Array.from({ length: count }, (_, index) => ({
        ...file,
        sopInstanceUid: `1.2.3.${index}`,
      }));
      const { store: checking, arrivals } = checkingStore(bytes);
      const service = storageScp({ store: checking, preferred: () => 'as-stored' });
      await using listener = await listen({ host: '127.0.0.1', port: 0, services: [service] });

      const growth = await growthDuring(() => sendAll(files, listener.port));

      expect(arrivals.map(({ bytes, isRight }) => [bytes, isRight])).toEqual(files.map(() => [bytes, true]));
      expect(growth).toBeLessThan(mostGrowthBytes);
    },
    120_000,
  );

  it('may as well be fifty thousand tiny ones', async () => {
    const count = 50_000;
    const taken = new Set<string>();
    const tiny: InstanceStore = {
      begin: (instance) => ({
        write: () => true,
        onDrain: () => {},
        commit: async () => {
          taken.add(instance.sopInstanceUid);
          return { ...instance } as StoredInstance;
        },
        discard: async () => {},
      }),
    };
    const service = storageScp({ store: tiny, preferred: () => 'as-stored' });
    await using listener = await listen({ host: '127.0.0.1', port: 0, services: [service] });
    const { connection } = await associateToStore(listener);
    const dataset = Buffer.concat(encodeData(1, 'dataset', ctObject('1.2.3', 100), 0));
    const answers = { success: 0, other: 0 };

    const send = async (): Promise<void> => {
      for (let first = 0; first < count; first += 500) {
        const messages = Array.from({ length: 500 }, (_, index) => {
          const command = storeRequest(`1.2.3.${first + index}`, { 0x110: (first + index) & 0xffff });
          return [...encodeData(1, 'command', encodeCommand(command), 0), dataset];
        });
        await connection.write(Buffer.concat(messages.flat()));
      }
    };
    const read = async (): Promise<void> => {
      for (let index = 0; index < count; index++) {
        answers[(await connection.message())?.command[0x900] === 0 ? 'success' : 'other']++;
      }
    };
    const growth = await growthDuring(async () => void (await Promise.all([send(), read()])));

    expect(answers).toEqual({ success: count, other: 0 });
    expect(taken.size).toBe(count);
    expect(growth).toBeLessThan(mostGrowthBytes);
    connection.socket.destroy();
  }, 120_000);
});
