import { describe, expect, it } from 'vitest';
import { Exchange } from '../../../../electron/dimse/association/exchange.ts';
import { CommandField, NoDataset } from '../../../../electron/dimse/commands/command.ts';

const response = {
  commandField: CommandField.CFindRsp,
  messageIdBeingRespondedTo: 1,
  commandDataSetType: NoDataset,
  status: 0xff00,
} as const;

describe('responses that wait', () => {
  it('are read without keeping everything else waiting', async () => {
    const exchange = new Exchange({
      contextId: 1,
      messageId: 1,
      commandField: CommandField.CFindRq,
      pause: () => {},
      resume: () => {},
    });
    const count = 50;
    for (let number = 0; number < count; number += 1) exchange.take(1, response).end();
    const turns: number[] = [];
    let read = 0;
    const timer = setInterval(() => turns.push(read), 1);

    for (; read < count; read += 1) {
      await exchange.next();
      const until = performance.now() + 2;
      while (performance.now() < until);
    }
    clearInterval(timer);

    expect(turns.length).toBeGreaterThan(1);
    expect(turns.at(0)).toBeLessThan(count);
  });
});
