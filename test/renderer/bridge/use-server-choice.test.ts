import { describe, expect, it } from 'vitest';
import { firstOf } from '../../../renderer/bridge/use-server-choice.ts';
import { buildServer } from '../features/servers/build-server.ts';

const elsewhere = buildServer({ id: 'a', name: 'Elsewhere' });
const ours = { ...buildServer({ id: 'b', name: 'Ours' }), group: 'St Elsewhere' };
const owned = { ...buildServer({ id: 'c', name: 'Owned' }), organisation: 'St Elsewhere' };

describe('the server that is asked while none was chosen', () => {
  it('is the first of this site, by its location or its organisation', () => {
    expect(firstOf('St Elsewhere', [elsewhere, ours, owned])).toBe(ours);
    expect(firstOf('St Elsewhere', [elsewhere, owned])).toBe(owned);
  });

  it('is the first where no site is said, or none is of it', () => {
    expect(firstOf('', [elsewhere, ours])).toBe(elsewhere);
    expect(firstOf('Nowhere', [elsewhere, ours])).toBe(elsewhere);
    expect(firstOf('St Elsewhere', [])).toBeNull();
  });
});
