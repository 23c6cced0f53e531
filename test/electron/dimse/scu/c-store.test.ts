import { appendFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { store, type StoreFile } from '../../../../electron/dimse/index.ts';
import { associateWith } from '../../../support/associate-with.ts';
import { buildDataset, buildFile, writeP10 } from '../../../support/build-dataset.ts';
import type { RawMessage } from '../../../support/raw-connection.ts';
import type { RawCommand } from '../../../support/raw-pdu.ts';
import { startScriptedScp } from '../../../support/scripted-scp.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const sopClassUid = '1.2.840.10008.5.1.4.1.1.2';
const transferSyntaxUid = '1.2.840.10008.1.2.4.80';
const contexts = [{ abstractSyntaxUid: sopClassUid, transferSyntaxUids: [transferSyntaxUid] }];

/** A file whose data set takes several PDUs. */
async function writeFileToSend(folder: string): Promise<{ file: StoreFile; dataset: Buffer }> {
  const sopInstanceUid = '1.2.3.4';
  const pixels = Buffer.from(Uint8Array.from({ length: 1_000_001 }, (_, at) => (at * 31) & 0xff));
  const dataset = buildDataset([
    ['00080016', 'UI', sopClassUid],
    ['00080018', 'UI', sopInstanceUid],
    ['7FE00010', 'OW', pixels],
  ]);
  const meta = { sopClassUid, sopInstanceUid, transferSyntaxUid };
  const path = join(folder, 'one.dcm');
  await writeP10(path, meta, dataset);
  const bytes = buildFile(meta, dataset).length;
  return { file: { ...meta, path, datasetOffset: bytes - dataset.length, bytes }, dataset };
}

async function scpAnswering(fields: RawCommand, seen: RawMessage[] = []) {
  return await startScriptedScp({
    onMessage(message, { respond }) {
      seen.push(message);
      return respond(message, fields);
    },
  });
}

describe('store', () => {
  it('sends the data set of the file byte for byte, whatever it holds', async () => {
    const seen: RawMessage[] = [];
    await using folder = await temporaryFolder();
    await using scp = await scpAnswering({ 0x900: 0 }, seen);
    await using association = await associateWith(scp, contexts);
    const { file, dataset } = await writeFileToSend(folder.path);

    const result = await store(association, file);

    expect(result).toEqual({ status: 0, comment: null });
    expect(seen[0]!.command).toMatchObject({ 0x100: 1, 0x2: sopClassUid, 0x1000: '1.2.3.4' });
    expect(seen[0]!.dataset!.equals(dataset)).toBe(true);
  });

  it('returns a warning with its comment', async () => {
    await using folder = await temporaryFolder();
    await using scp = await scpAnswering({ 0x900: 0xb006, 0x902: 'Elements discarded' });
    await using association = await associateWith(scp, contexts);
    const { file } = await writeFileToSend(folder.path);

    await expect(store(association, file)).resolves.toEqual({
      status: 0xb006,
      comment: 'Elements discarded',
    });
  });

  it('fails with the status of a refusal, and the next file can still be sent', async () => {
    await using folder = await temporaryFolder();
    await using scp = await scpAnswering({ 0x900: 0xa700 });
    await using association = await associateWith(scp, contexts);
    const { file } = await writeFileToSend(folder.path);
    const refused = { failure: { step: 'respond', cause: 'status', command: 'C-STORE', status: 0xa700 } };

    await expect(store(association, file)).rejects.toMatchObject(refused);
    await expect(store(association, file)).rejects.toMatchObject(refused);
  });

  it('fails at negotiation, and sends nothing, where the SOP class was accepted in another syntax only', async () => {
    const seen: RawMessage[] = [];
    await using folder = await temporaryFolder();
    await using scp = await scpAnswering({ 0x900: 0 }, seen);
    await using association = await associateWith(scp, [
      { abstractSyntaxUid: sopClassUid, transferSyntaxUids: ['1.2.840.10008.1.2.1'] },
    ]);
    const { file } = await writeFileToSend(folder.path);

    await expect(store(association, file)).rejects.toMatchObject({
      failure: { step: 'negotiate', sopClassUid, transferSyntaxUid },
    });
    expect(seen).toEqual([]);
  });

  it('fails at negotiation with the reason the peer gave for refusing the context', async () => {
    await using folder = await temporaryFolder();
    await using scp = await startScriptedScp({
      accept: () => ({ result: 4, transferSyntaxUid }),
      onMessage: () => {},
    });
    await using association = await associateWith(scp, contexts);
    const { file } = await writeFileToSend(folder.path);

    await expect(store(association, file)).rejects.toMatchObject({
      failure: { step: 'negotiate', sopClassUid, transferSyntaxUid, result: 4 },
    });
  });

  it('names a file that is gone, and the association goes on', async () => {
    await using folder = await temporaryFolder();
    await using scp = await scpAnswering({ 0x900: 0 });
    await using association = await associateWith(scp, contexts);
    const { file } = await writeFileToSend(folder.path);
    const gone = { ...file, path: join(folder.path, 'none.dcm') };

    await expect(store(association, gone)).rejects.toMatchObject({
      failure: { step: 'file', cause: 'missing' },
    });
    await expect(store(association, file)).resolves.toMatchObject({ status: 0 });
  });

  it('does not send a file that has changed since its header was read', async () => {
    await using folder = await temporaryFolder();
    await using scp = await scpAnswering({ 0x900: 0 });
    await using association = await associateWith(scp, contexts);
    const { file } = await writeFileToSend(folder.path);
    await appendFile(file.path, 'more');

    await expect(store(association, file)).rejects.toMatchObject({
      failure: { step: 'file', cause: 'changed' },
    });
    await rm(file.path);
  });

  it('fails as aborted when the peer aborts before it answers', async () => {
    await using folder = await temporaryFolder();
    await using scp = await startScriptedScp({
      onMessage: (_, { connection }) => connection.write(Buffer.from([7, 0, 0, 0, 0, 4, 0, 0, 0, 0])),
    });
    await using association = await associateWith(scp, contexts);
    const { file } = await writeFileToSend(folder.path);

    await expect(store(association, file)).rejects.toMatchObject({
      failure: { step: 'respond', cause: 'aborted' },
    });
  });

  it('stops on abort of the signal', async () => {
    await using folder = await temporaryFolder();
    const messages: RawMessage[] = [];
    await using scp = await startScriptedScp({ onMessage: (message) => void messages.push(message) });
    await using association = await associateWith(scp, contexts, { cancelGraceMs: 50 });
    const { file } = await writeFileToSend(folder.path);
    const stop = new AbortController();

    const storing = store(association, file, stop.signal);
    storing.catch(() => {});
    await expect.poll(() => messages).toHaveLength(1);
    stop.abort();

    await expect(storing).rejects.toMatchObject({ failure: { step: 'cancelled' } });
  });
});
