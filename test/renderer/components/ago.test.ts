import { expect, it } from 'vitest';
import { ago } from '../../../renderer/components/ago.ts';

it('says how long ago it was as people do', () => {
  const now = new Date('2026-11-21T12:00:00Z');
  const words = [
    '2026-11-21T11:59:30Z',
    '2026-11-21T11:57:00Z',
    '2026-11-21T07:00:00Z',
    '2026-11-20T11:00:00Z',
    '2026-11-18T11:00:00Z',
    '2026-11-21T12:00:05Z',
  ].map((at) => ago(new Date(at), now));

  expect(words).toEqual(['just now', '3 min ago', '5 h ago', 'yesterday', '3 days ago', 'just now']);
});
