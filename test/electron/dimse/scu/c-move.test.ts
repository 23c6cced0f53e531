import { describe, expect, it } from 'vitest';
import {
  move,
  moveTransferSyntax,
  type Association,
  type MoveResult,
  type SubOperations,
} from '../../../../electron/dimse/index.ts';
import { associateWith } from '../../../support/associate-with.ts';
import { buildDataset } from '../../../support/build-dataset.ts';
import type { RawMessage } from '../../../support/raw-connection.ts';
import type { RawCommand } from '../../../support/raw-pdu.ts';
import { startScriptedScp } from '../../../support/scripted-scp.ts';

const identifier = buildDataset([
  ['00080052', 'CS', 'STUDY'],
  ['0020000D', 'UI', '1.2.3'],
]);

function counters(remaining: number, completed: number, failed: number, warning: number): RawCommand {
  return { 0x1020: remaining, 0x1021: completed, 0x1022: failed, 0x1023: warning };
}

async function run(
  association: Association,
  signal?: AbortSignal,
): Promise<{ steps: readonly SubOperations[]; result: MoveResult }> {
  const steps: SubOperations[] = [];
  const moving = move(association, { identifier, destination: 'GANTRY' }, signal);
  for (let step = await moving.next(); ; step = await moving.next()) {
    if (step.done === true) return { steps, result: step.value };
    steps.push(step.value);
  }
}

describe('move', () => {
  it('names the destination and yields the counters of each response', async () => {
    const asked: RawMessage[] = [];
    await using scp = await startScriptedScp({
      async onMessage(message, { respond }) {
        asked.push(message);
        await respond(message, { 0x900: 0xff00, ...counters(2, 1, 0, 0) });
        await respond(message, { 0x900: 0xff00, ...counters(1, 1, 0, 1) });
        await respond(message, { 0x900: 0, 0x1021: 2, 0x1022: 0, 0x1023: 1 });
      },
    });
    await using association = await associateWith(scp);

    const { steps, result } = await run(association);

    expect(asked[0]!.command).toMatchObject({ 0x100: 0x0021, 0x600: 'GANTRY' });
    expect(asked[0]!.dataset).toEqual(identifier);
    expect(moveTransferSyntax(association)).toBe('1.2.840.10008.1.2.1');
    expect(steps).toEqual([
      { remaining: 2, completed: 1, failed: 0, warning: 0 },
      { remaining: 1, completed: 1, failed: 0, warning: 1 },
      { remaining: 0, completed: 2, failed: 0, warning: 1 },
    ]);
    expect(result).toEqual({
      status: 0,
      subOperations: { remaining: 0, completed: 2, failed: 0, warning: 1 },
      failedSopInstanceUids: [],
      comment: null,
    });
  });

  it('keeps the last counters where a response has none', async () => {
    await using scp = await startScriptedScp({
      async onMessage(message, { respond }) {
        await respond(message, { 0x900: 0xff00, ...counters(3, 4, 1, 0) });
        await respond(message, { 0x900: 0 });
      },
    });
    await using association = await associateWith(scp);

    const { result } = await run(association);

    expect(result.subOperations).toEqual({ remaining: 0, completed: 4, failed: 1, warning: 0 });
  });

  it('returns a warning with the instances that failed and the comment', async () => {
    const failedList = buildDataset([['00080058', 'UI', '1.2.3.4\\1.2.3.5']]);
    await using scp = await startScriptedScp({
      onMessage: (message, { respond }) =>
        respond(
          message,
          { 0x900: 0xb000, 0x902: 'Some failed', 0x1021: 1, 0x1022: 2, 0x1023: 0 },
          failedList,
        ),
    });
    await using association = await associateWith(scp);

    const { result } = await run(association);

    expect(result).toMatchObject({
      status: 0xb000,
      failedSopInstanceUids: ['1.2.3.4', '1.2.3.5'],
      comment: 'Some failed',
    });
  });

  it('lets a list of failed instances that can not be read stand in the way of nothing', async () => {
    await using scp = await startScriptedScp({
      onMessage: (message, { respond }) =>
        respond(message, { 0x900: 0xb000, 0x1021: 1, 0x1022: 1 }, Buffer.from('08005800UI')),
    });
    await using association = await associateWith(scp);

    const { result } = await run(association);

    expect(result).toMatchObject({ status: 0xb000, failedSopInstanceUids: [] });
  });

  it('fails where the peer does not know the destination', async () => {
    await using scp = await startScriptedScp({
      onMessage: (message, { respond }) => respond(message, { 0x900: 0xa801 }),
    });
    await using association = await associateWith(scp);

    await expect(run(association)).rejects.toMatchObject({
      failure: { step: 'respond', cause: 'status', command: 'C-MOVE', status: 0xa801 },
    });
  });

  it('sends C-CANCEL on abort and is cancelled once the peer has said so', async () => {
    const fields: number[] = [];
    let moving: RawMessage | null = null;
    await using scp = await startScriptedScp({
      async onMessage(message, { respond }) {
        fields.push(Number(message.command[0x100]));
        if (message.command[0x100] === 0x0021) {
          moving = message;
          await respond(message, { 0x900: 0xff00, ...counters(100, 1, 0, 0) });
        } else if (moving !== null) {
          await respond(moving, { 0x900: 0xfe00, ...counters(98, 2, 0, 0) });
        }
      },
    });
    await using association = await associateWith(scp);
    const stop = new AbortController();

    const moved = move(association, { identifier, destination: 'GANTRY' }, stop.signal);
    await moved.next();
    stop.abort();

    await expect(moved.next()).rejects.toMatchObject({ failure: { step: 'cancelled' } });
    expect(fields).toEqual([0x0021, 0x0fff]);
  });

  it('fails where the peer goes away in the middle', async () => {
    await using scp = await startScriptedScp({
      async onMessage(message, { respond, connection }) {
        await respond(message, { 0x900: 0xff00, ...counters(9, 1, 0, 0) });
        connection.socket.destroy();
      },
    });
    await using association = await associateWith(scp);

    await expect(run(association)).rejects.toMatchObject({ failure: { step: 'respond', cause: 'closed' } });
  });
});
