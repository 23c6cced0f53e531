import { describe, expect, it } from 'vitest';
import { FailureError } from '../../../electron/contract/failure.ts';
import type { ToMain, ToRenderer } from '../../../electron/contract/wire.ts';
import { connect, type Viewer } from '../../../renderer/bridge/index.ts';
import { buildServer } from '../features/servers/build-server.ts';

const question = { id: null, draft: { ...buildServer() }, sendOneImage: false };

describe('the bridge', () => {
  it('answers a request with its own answer, whatever the order', async () => {
    const { viewer, sent, receive } = setUp();
    const first = viewer.servers.list();
    const second = viewer.settings.get();

    receive({ kind: 'answer', id: sent[1]!.id, result: { ok: true, value: 'settings' } });
    receive({ kind: 'answer', id: sent[0]!.id, result: { ok: true, value: 'servers' } });

    expect(await Promise.all([first, second])).toEqual([
      { ok: true, value: 'servers' },
      { ok: true, value: 'settings' },
    ]);
    expect(sent).toMatchObject([{ path: 'servers.list' }, { path: 'settings.get' }]);
  });

  it('yields the items of a stream and throws the failure it ends with', async () => {
    const { viewer, sent, receive } = setUp();
    const steps: unknown[] = [];
    const ended = (async () => {
      const signal = new AbortController().signal;
      for await (const step of viewer.connectionTest.run(question, signal)) steps.push(step);
    })();

    receive({ kind: 'item', id: sent[0]!.id, item: 'resolve' });
    receive({ kind: 'item', id: sent[0]!.id, item: 'connect' });
    receive({ kind: 'answer', id: sent[0]!.id, result: { ok: false, failure: { step: 'cancelled' } } });

    await expect(ended).rejects.toBeInstanceOf(FailureError);
    expect(steps).toEqual(['resolve', 'connect']);
  });

  it('cancels in main when the signal aborts', async () => {
    const { viewer, sent, receive } = setUp();
    const canceller = new AbortController();
    const first = firstStep(viewer, canceller.signal);

    canceller.abort();

    expect(sent[1]).toEqual({ kind: 'cancel', id: sent[0]!.id });
    receive({ kind: 'answer', id: sent[0]!.id, result: { ok: false, failure: { step: 'cancelled' } } });
    await expect(first).rejects.toBeInstanceOf(FailureError);
  });

  it('cancels in main when the reader leaves its loop early', async () => {
    const { viewer, sent, receive } = setUp();
    const reading = (async () => {
      for await (const _step of viewer.connectionTest.run(question, new AbortController().signal)) break;
    })();

    receive({ kind: 'item', id: sent[0]!.id, item: 'resolve' });
    await reading;

    expect(sent.at(-1)).toEqual({ kind: 'cancel', id: sent[0]!.id });
  });

  it('asks nothing of main when it is cancelled beforehand', async () => {
    const { viewer, sent } = setUp();
    const first = firstStep(viewer, AbortSignal.abort());

    await expect(first).rejects.toBeInstanceOf(FailureError);
    expect(sent).toEqual([]);
  });

  it('tells news to those who listen, until they stop', () => {
    const { viewer, receive } = setUp();
    const heard: unknown[] = [];
    const stop = viewer.servers.changed((list) => heard.push(list));

    receive({ kind: 'news', path: 'servers.changed', item: 1 });
    receive({ kind: 'news', path: 'settings.changed', item: 2 });
    stop();
    receive({ kind: 'news', path: 'servers.changed', item: 3 });

    expect(heard).toEqual([1]);
  });
});

function firstStep(viewer: Viewer, signal: AbortSignal): Promise<unknown> {
  const steps = viewer.connectionTest.run(question, signal);
  return steps[Symbol.asyncIterator]().next();
}

function setUp(): {
  readonly viewer: Viewer;
  readonly sent: readonly ToMain[];
  readonly receive: (message: ToRenderer) => void;
} {
  const sent: ToMain[] = [];
  const listeners: ((message: ToRenderer) => void)[] = [];
  const viewer = connect({
    send: (message) => sent.push(message),
    listen: (listener) => {
      listeners.push(listener);
      return () => {};
    },
  });
  return { viewer, sent, receive: (message) => listeners.forEach((listen) => listen(message)) };
}
