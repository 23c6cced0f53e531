import { describe, expect, it } from 'vitest';
import { FailureError } from '../../../../electron/contract/failure.ts';
import { find, findTransferSyntax, type FindMatch } from '../../../../electron/dimse/index.ts';
import { associateWith } from '../../../support/associate-with.ts';
import { buildDataset } from '../../../support/build-dataset.ts';
import type { RawMessage } from '../../../support/raw-connection.ts';
import { startScriptedScp, type Conversation } from '../../../support/scripted-scp.ts';

const identifier = buildDataset([['00080052', 'CS', 'STUDY']]);
const pending = 0xff00;
const optionalKeysIgnored = 0xff01;

function answer(number: number): Buffer {
  return buildDataset([['00100020', 'LO', `P${number}`]]);
}

async function allOf(matches: AsyncIterable<FindMatch>): Promise<readonly FindMatch[]> {
  const all: FindMatch[] = [];
  for await (const match of matches) all.push(match);
  return all;
}

describe('find', () => {
  it('sends the identifier and yields each pending answer just as it came', async () => {
    const asked: RawMessage[] = [];
    await using scp = await startScriptedScp({
      async onMessage(message, { respond }) {
        asked.push(message);
        for (const number of [1, 2, 3]) await respond(message, { 0x900: pending }, answer(number));
        await respond(message, { 0x900: 0 });
      },
    });
    await using association = await associateWith(scp);

    const matches = await allOf(find(association, { identifier }));

    expect(asked[0]!.dataset).toEqual(identifier);
    expect(asked[0]!.command[0x100]).toBe(0x0020);
    expect(matches.map((match) => match.identifier)).toEqual([answer(1), answer(2), answer(3)]);
    expect(matches.every((match) => match.keysSupported)).toBe(true);
    expect(matches[0]!.transferSyntaxUid).toBe(findTransferSyntax(association));
  });

  it('takes FF01 as an answer among others and says that keys were ignored', async () => {
    await using scp = await startScriptedScp({
      async onMessage(message, { respond }) {
        for (let number = 0; number < 20; number += 1) {
          await respond(message, { 0x900: optionalKeysIgnored }, answer(number));
        }
        await respond(message, { 0x900: 0 });
      },
    });
    await using association = await associateWith(scp);

    const matches = await allOf(find(association, { identifier }));

    expect(matches).toHaveLength(20);
    expect(matches.some((match) => match.keysSupported)).toBe(false);
  });

  it('fails with status, comment and offending element where the peer refuses', async () => {
    await using scp = await startScriptedScp({
      onMessage: (message, { respond }) =>
        respond(message, { 0x900: 0xa900, 0x902: 'Identifier does not match SOP class' }),
    });
    await using association = await associateWith(scp);

    const failed = allOf(find(association, { identifier }));

    await expect(failed).rejects.toMatchObject({
      failure: {
        step: 'respond',
        cause: 'status',
        command: 'C-FIND',
        status: 0xa900,
        comment: 'Identifier does not match SOP class',
        offendingElements: [],
      },
    });
  });

  it('calls a pending answer without an identifier malformed', async () => {
    await using scp = await startScriptedScp({
      onMessage: (message, { respond }) => respond(message, { 0x900: pending }),
    });
    await using association = await associateWith(scp);

    const failed = allOf(find(association, { identifier }));

    await expect(failed).rejects.toMatchObject({ failure: { step: 'respond', cause: 'malformed' } });
  });

  it('sends C-CANCEL on abort, and the association stays usable for the next query', async () => {
    const seen: number[] = [];
    await using scp = await startScriptedScp({ onMessage: answerUntilCancelled(seen) });
    await using association = await associateWith(scp);
    const stop = new AbortController();

    const taken: FindMatch[] = [];
    const cancelled = (async () => {
      for await (const match of find(association, { identifier }, stop.signal)) {
        taken.push(match);
        if (taken.length === 3) stop.abort();
      }
    })();

    await expect(cancelled).rejects.toMatchObject({ failure: { step: 'cancelled' } });
    expect(seen).toContain(0x0fff);
    await expect(find(association, { identifier }).next()).resolves.toMatchObject({ done: false });
  });

  it('sends C-CANCEL when the reader stops early', async () => {
    const seen: number[] = [];
    await using scp = await startScriptedScp({ onMessage: answerUntilCancelled(seen) });
    await using association = await associateWith(scp);

    for await (const match of find(association, { identifier })) {
      if (match.identifier.length > 0) break;
    }

    await expect.poll(() => seen).toContain(0x0fff);
  });

  it('is cancelled where the peer cancels by itself', async () => {
    await using scp = await startScriptedScp({
      onMessage: (message, { respond }) => respond(message, { 0x900: 0xfe00 }),
    });
    await using association = await associateWith(scp);

    await expect(allOf(find(association, { identifier }))).rejects.toBeInstanceOf(FailureError);
  });

  it('fails at negotiation where the peer did not accept the query model', async () => {
    await using scp = await startScriptedScp({
      accept: () => ({ result: 3, transferSyntaxUid: '1.2.840.10008.1.2' }),
      onMessage: () => {},
    });
    await using association = await associateWith(scp);

    await expect(allOf(find(association, { identifier }))).rejects.toMatchObject({
      failure: { step: 'negotiate', sopClassUid: '1.2.840.10008.5.1.4.1.2.2.1', result: 3 },
    });
  });
});

/** Sends pending answers one by one until a C-CANCEL-RQ has come in between, then FE00. */
function answerUntilCancelled(seen: number[]) {
  const cancelled = new Set<string | number>();
  return (message: RawMessage, { respond, connection }: Conversation) => {
    const field = Number(message.command[0x100]);
    seen.push(field);
    if (field === 0x0fff) {
      cancelled.add(message.command[0x120]!);
      return;
    }
    // Not awaited: the script goes on reading, so that the cancel can come in between.
    void (async () => {
      const id = message.command[0x110]!;
      for (let number = 0; !cancelled.has(id) && !connection.socket.destroyed; number += 1) {
        await respond(message, { 0x900: pending }, answer(number));
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      await respond(message, { 0x900: 0xfe00 });
    })();
  };
}
