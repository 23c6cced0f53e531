import { describe, expect, it } from 'vitest';
import {
  nAction,
  nCreate,
  nDelete,
  nEventReport,
  nGet,
  nSet,
  SopClass,
  type Association,
  type NTarget,
} from '../../../../electron/dimse/index.ts';
import { decodeCommand } from '../../../../electron/dimse/commands/decode-command.ts';
import { encodeCommand } from '../../../../electron/dimse/commands/encode-command.ts';
import { associateWith } from '../../../support/associate-with.ts';
import { buildDataset } from '../../../support/build-dataset.ts';
import type { RawMessage } from '../../../support/raw-connection.ts';
import type { RawCommand } from '../../../support/raw-pdu.ts';
import { startScriptedScp, type ScriptedScp } from '../../../support/scripted-scp.ts';

const explicit = '1.2.840.10008.1.2.1';
const contexts = [
  { abstractSyntaxUid: SopClass.BasicGrayscalePrintManagementMeta, transferSyntaxUids: [explicit] },
];
const dataset = buildDataset([['20000010', 'IS', '1']]);
const boxClass = SopClass.BasicFilmBox;

/** Answers each request with these elements. */
function answering(asked: RawMessage[], fields: RawCommand, answer?: Buffer): Promise<ScriptedScp> {
  return startScriptedScp({
    async onMessage(message, { respond }) {
      asked.push(message);
      await respond(message, fields, answer);
    },
  });
}

function box(association: Association): NTarget {
  const context = association.context(SopClass.BasicGrayscalePrintManagementMeta);
  return { context, sopClassUid: boxClass, sopInstanceUid: '1.2.3.4' };
}

type Call = (association: Association) => Promise<{ status: number }>;

describe('a DIMSE-N request', () => {
  it.each<[string, Call, RawCommand, Buffer | null]>([
    [
      'N-GET',
      (to) => nGet(to, box(to), []),
      { 0x100: 0x0110, 0x3: boxClass, 0x1001: '1.2.3.4', 0x800: 0x0101 },
      null,
    ],
    [
      'N-SET',
      (to) => nSet(to, box(to), dataset),
      { 0x100: 0x0120, 0x3: boxClass, 0x1001: '1.2.3.4', 0x800: 1 },
      dataset,
    ],
    [
      'N-ACTION',
      (to) => nAction(to, { ...box(to), actionTypeId: 7 }, null),
      { 0x100: 0x0130, 0x3: boxClass, 0x1001: '1.2.3.4', 0x1008: 7, 0x800: 0x0101 },
      null,
    ],
    [
      'N-CREATE',
      (to) => nCreate(to, box(to), dataset),
      { 0x100: 0x0140, 0x2: boxClass, 0x1000: '1.2.3.4', 0x800: 1 },
      dataset,
    ],
    [
      'N-DELETE',
      (to) => nDelete(to, box(to)),
      { 0x100: 0x0150, 0x3: boxClass, 0x1001: '1.2.3.4', 0x800: 0x0101 },
      null,
    ],
    [
      'N-EVENT-REPORT',
      (to) => nEventReport(to, { ...box(to), eventTypeId: 2 }, dataset),
      { 0x100: 0x0100, 0x2: boxClass, 0x1000: '1.2.3.4', 0x1002: 2, 0x800: 1 },
      dataset,
    ],
  ])('%s names its instance as PS3.7 §10.3 has it, on the context of its meta class', async (...row) => {
    const [, call, command, sent] = row;
    const asked: RawMessage[] = [];
    await using scp = await answering(asked, {});
    await using association = await associateWith(scp, contexts);

    expect((await call(association)).status).toBe(0);

    expect(asked[0]).toMatchObject({ contextId: 1, command });
    expect(asked[0]?.dataset ?? null).toEqual(sent);
    expect(0x1005 in asked[0]!.command).toBe(false);
  });

  it('N-CREATE without a UID leaves it to the peer, and tells the one that it gave', async () => {
    const asked: RawMessage[] = [];
    await using scp = await answering(asked, { 0x1000: '1.2.3.777' });
    await using association = await associateWith(scp, contexts);

    const created = await nCreate(association, { ...box(association), sopInstanceUid: '' }, null);

    expect(0x1000 in asked[0]!.command).toBe(false);
    expect(created.sopInstanceUid).toBe('1.2.3.777');
  });

  it('N-GET lists the attributes it asks for, by keyword or tag', async () => {
    const asked: RawMessage[] = [];
    await using scp = await answering(asked, {}, dataset);
    await using association = await associateWith(scp, contexts);

    const got = await nGet(association, box(association), ['PrinterStatus', '2110001f']);

    // Two tags of four bytes each, little endian; what reads the text here trims the last NUL.
    expect(Buffer.from(String(asked[0]!.command[0x1005]), 'latin1').toString('hex')).toBe('1021100010211f');
    expect(got.dataset).toEqual(dataset);
    await expect(nGet(association, box(association), ['NoSuchThing'])).rejects.toMatchObject({
      failure: { step: 'input', field: 'NoSuchThing' },
    });
  });

  it('returns a warning with its comment', async () => {
    await using scp = await answering([], { 0x900: 0x0116, 0x902: 'Took another size' });
    await using association = await associateWith(scp, contexts);

    const created = await nCreate(association, box(association), dataset);

    expect(created).toMatchObject({ status: 0x0116, comment: 'Took another size' });
  });

  it('fails with a failure status', async () => {
    await using scp = await answering([], { 0x900: 0xc602 });
    await using association = await associateWith(scp, contexts);

    await expect(nAction(association, { ...box(association), actionTypeId: 1 }, null)).rejects.toMatchObject({
      failure: { step: 'respond', cause: 'status', command: 'N-ACTION', status: 0xc602 },
    });
  });
});

describe('the elements of DIMSE-N in a command set', () => {
  it('are read back as they were written', () => {
    const command = {
      requestedSopClassUid: '1.2.3',
      commandField: 0x0110,
      messageId: 1,
      commandDataSetType: 0x0101,
      requestedSopInstanceUid: '1.2.3.4',
      eventTypeId: 2,
      attributeIdentifierList: ['21100010', '2110001F'],
      actionTypeId: 65_535,
    };

    expect(decodeCommand(encodeCommand(command))).toEqual(command);
  });
});
