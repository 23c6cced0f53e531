import { describe, expect, it } from 'vitest';
import { untested } from '../../../../electron/contract/connection-test-outcome.ts';
import type { ConnectionStates } from '../../../../electron/contract/connection-test.ts';
import { ServerId } from '../../../../electron/contract/server.ts';
import { openTestMemory } from '../../../../electron/servers/index.ts';
import type { KeyValueStore } from '../../../../electron/settings/index.ts';
import { serverAt } from '../../../support/connection-testing.ts';

function memoryStore(): KeyValueStore {
  const values = new Map<string, unknown>();
  // Through JSON, as on disk.
  return {
    get: (key) => JSON.parse(JSON.stringify(values.get(key) ?? null)) ?? undefined,
    set: (key, value) => void values.set(key, value),
  };
}

const id = ServerId.parse('main');
const server = { id, ...serverAt({ host: 'pacs.example', port: 104 }) };

const proven = (at: string): ConnectionStates => ({
  reachable: { kind: 'proven', at },
  queryable: { kind: 'proven', at },
  retrieve: { kind: 'not-tested' },
});

describe('the memory of tests', () => {
  it('has nothing of a server that was never tested', () => {
    expect(openTestMemory(memoryStore()).resultOf(server)).toEqual({
      id,
      at: null,
      states: untested,
      localAddress: null,
    });
  });

  it('keeps each of the three states with its own time', () => {
    const store = memoryStore();
    const failed = {
      kind: 'failed',
      at: 'tuesday',
      fault: {
        failure: { step: 'arrive', expected: 1, arrived: 0 },
        findings: [{ kind: 'not-delivered', status: 0xa702, failed: 1 }],
      },
    } as const;
    const first = { at: 'monday', states: proven('monday'), localAddress: '10.4.0.12' };
    openTestMemory(store).remember(server, first);
    const states = { ...untested, retrieve: failed };
    openTestMemory(store).remember(server, { at: 'tuesday', states, localAddress: null });

    expect(openTestMemory(store).resultOf(server)).toEqual({
      id,
      at: 'tuesday',
      states: { ...proven('monday'), retrieve: failed },
      localAddress: '10.4.0.12',
    });
  });

  it('says nothing of another address', () => {
    const memory = openTestMemory(memoryStore());
    memory.remember(server, { at: 'monday', states: proven('monday'), localAddress: null });

    expect(memory.resultOf({ ...server, port: 11112 }).at).toBeNull();
  });

  it('forgets a server that is gone, and no other', () => {
    const memory = openTestMemory(memoryStore());
    const other = { ...server, id: ServerId.parse('other') };
    for (const each of [server, other]) {
      memory.remember(each, { at: 'monday', states: proven('monday'), localAddress: null });
    }

    memory.keepOnly([other.id]);

    expect(memory.resultOf(server).at).toBeNull();
    expect(memory.resultOf(other).at).toBe('monday');
  });

  it('does not believe what it can’t read', () => {
    const store = memoryStore();
    store.set('connectionTests', { main: { address: 'x', states: { reachable: { kind: 'surely' } } } });

    expect(openTestMemory(store).resultOf(server).states).toEqual(untested);
  });
});
