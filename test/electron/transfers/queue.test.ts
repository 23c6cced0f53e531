import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { FailureError } from '../../../electron/contract/failure.ts';
import { ServerId } from '../../../electron/contract/server.ts';
import { TransferId, type Transfer } from '../../../electron/contract/transfer.ts';
import { TransferQueue, type TransferPlan, type TransferWork } from '../../../electron/transfers/queue.ts';

describe('the transfer queue', () => {
  it('runs transfers to one server in order and to different servers side by side', async () => {
    const { queue } = newQueue();
    const log: string[] = [];

    const ids = [plan('a1', 'A', log), plan('a2', 'A', log), plan('b1', 'B', log)].map((each) =>
      queue.enqueue(each),
    );
    await Promise.all(ids.map((id) => queue.ended(id)));

    expect(log.indexOf('a1 ends')).toBeLessThan(log.indexOf('a2 begins'));
    expect(log.indexOf('b1 begins')).toBeLessThan(log.indexOf('a1 ends'));
  });

  it('keeps what was done when a transfer is cancelled', async () => {
    const { queue } = newQueue();
    const id = queue.enqueue(plan('a', 'A', [], { steps: 1_000 }));
    await expect.poll(() => queue.list()[0]?.progress.done).toBeGreaterThan(0);

    queue.cancel(id);
    const ended = await queue.ended(id);

    expect(ended.state).toEqual({ kind: 'cancelled' });
    expect(ended.progress.done).toBeGreaterThan(0);
  });

  it('cancels what still waits without beginning it', async () => {
    const { queue } = newQueue();
    const log: string[] = [];
    const first = queue.enqueue(plan('a1', 'A', log, { steps: 1_000 }));
    const second = queue.enqueue(plan('a2', 'A', log));

    queue.cancel(second);
    queue.cancel(first);
    await queue.ended(second);

    expect(log).not.toContain('a2 begins');
  });

  it('calls a transfer done only when everything expected has worked', async () => {
    const { queue } = newQueue();
    const short = plan('short', 'A', [], { atTheEnd: async ({ ledger }) => ledger.expect(4) });

    const ended = await queue.ended(queue.enqueue(short));

    expect(ended.state).toEqual({ kind: 'incomplete', failure: null });
  });

  it('says which failure ended a transfer, and that some of it is here', async () => {
    const { queue } = newQueue();
    const failure = { step: 'respond', cause: 'closed' } as const;
    const broken = plan('broken', 'A', [], { atTheEnd: () => Promise.reject(new FailureError(failure)) });

    const ended = await queue.ended(queue.enqueue(broken));

    expect(ended.state).toEqual({ kind: 'incomplete', failure });
  });

  it('publishes the last state of every transfer', async () => {
    const { queue, published } = newQueue();

    const id = queue.enqueue(plan('a', 'A', [], { steps: 50 }));
    await queue.ended(id);

    expect(published.at(-1)).toMatchObject({ id, state: { kind: 'done' }, progress: { done: 50 } });
  });

  it('says in which way a retrieve went, and nothing of it before that is known', async () => {
    const { queue, published } = newQueue();
    const atTheEnd = async ({ ledger }: TransferWork): Promise<void> => ledger.goes('c-get');

    const ended = await queue.ended(queue.enqueue(plan('a', 'A', [], { atTheEnd })));

    expect(published[0]).not.toHaveProperty('way');
    expect(ended.way).toBe('c-get');
  });

  it('forgets only what has ended', async () => {
    const { queue } = newQueue();
    const done = queue.enqueue(plan('a', 'A', []));
    await queue.ended(done);
    const running = queue.enqueue(plan('b', 'B', [], { steps: 1_000 }));

    expect(queue.clearEnded()).toEqual([done]);
    expect(queue.list().map(({ id }) => id)).toEqual([running]);
    await queue.close();
  });

  it('tries again as a transfer of its own', async () => {
    const { queue } = newQueue();
    const first = queue.enqueue(plan('a', 'A', []));
    await queue.ended(first);

    const second = queue.retryFailed(first);

    expect(second).not.toBe(first);
    expect((await queue.ended(second)).state).toEqual({ kind: 'done' });
  });
});

function newQueue() {
  const published: Transfer[] = [];
  let last = 0;
  const queue = new TransferQueue({
    publish: (transfer) => published.push(transfer),
    logBug: (_incident, bug) => {
      throw bug;
    },
    newId: () => TransferId.parse(`t${++last}`),
    now: () => new Date(0),
    clock: () => performance.now(),
  });
  return { queue, published };
}

function plan(
  name: string,
  server: string,
  log: string[],
  { steps = 3, atTheEnd }: { steps?: number; atTheEnd?: (work: TransferWork) => Promise<void> } = {},
): TransferPlan {
  const self: TransferPlan = {
    kind: 'retrieve',
    serverId: ServerId.parse(server),
    serverName: server,
    patientName: name,
    studyDescription: '',
    studyInstanceUid: '1.2',
    run: async (work, signal) => {
      log.push(`${name} begins`);
      work.ledger.expect(steps);
      for (let step = 1; step <= steps; step++) {
        await pause(1);
        if (signal.aborted) throw new FailureError({ step: 'cancelled' });
        const key = `1.2.${step}`;
        work.ledger.enter(key, {
          sopInstanceUid: key,
          file: null,
          outcome: 'stored',
          status: null,
          failure: null,
        });
      }
      await atTheEnd?.(work);
      log.push(`${name} ends`);
    },
    again: () => self,
  };
  return self;
}
