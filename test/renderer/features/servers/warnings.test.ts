import { describe, expect, it } from 'vitest';
import type { PortClash } from '../../../../electron/contract/port-clash.ts';
import { ServerId } from '../../../../electron/contract/server.ts';
import { resolvedWords } from '../../../../renderer/features/servers/use-resolved-host.ts';
import { listenPortWarnings } from '../../../../renderer/features/servers/warnings.ts';

describe('the listen port warnings', () => {
  const taken: PortClash = {
    kind: 'taken',
    failure: { step: 'listen', address: '127.0.0.1', port: 104, cause: 'in-use' },
    program: 'storescp',
  };
  const other: PortClash = { kind: 'server', id: ServerId.parse('b'), name: 'Spare' };

  it('say why the port can’t be had, who has it, and that the shared listener is used', () => {
    expect(listenPortWarnings([taken], true, null)).toEqual([
      expect.stringMatching(/104.*storescp.*shared listener/),
    ]);
  });

  it('name other servers only where the port was chosen', () => {
    expect(listenPortWarnings([other], true, null)[0]).toContain('Spare has this listen port too');
    expect(listenPortWarnings([other], false, null)).toEqual([]);
  });

  it('are silent where the port can be had, or is the shared one', () => {
    expect(listenPortWarnings([], true, null)).toEqual([]);
    expect(listenPortWarnings([{ kind: 'shared' }], true, null)).toEqual([]);
  });
});

it('a name that is typed says what it stands for, by kind of record', () => {
  expect(
    resolvedWords({
      step: 'name',
      host: 'pacs',
      lookups: [
        { record: 'A', addresses: ['10.0.4.12'], ms: 1 },
        { record: 'AAAA', addresses: [], ms: 1 },
      ],
    }),
  ).toBe('A 10.0.4.12');
});
