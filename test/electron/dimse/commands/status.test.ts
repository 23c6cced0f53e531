import { expect, it } from 'vitest';
import { statusCategory } from '../../../../electron/dimse/commands/status.ts';

it.each([
  [0x0000, 'success'],
  [0xff00, 'pending'],
  [0xff01, 'pending'],
  [0xff02, 'failure'],
  [0xfe00, 'cancel'],
  [0xb000, 'warning'],
  [0xb007, 'warning'],
  [0xbfff, 'warning'],
  [0x0001, 'warning'],
  [0x0107, 'warning'],
  [0x0116, 'warning'],
  [0x0122, 'failure'],
  [0x0211, 'failure'],
  [0xa700, 'failure'],
  [0xa801, 'failure'],
  [0xa900, 'failure'],
  [0xc000, 'failure'],
  [0xcfff, 'failure'],
] as const)('a status of %i is a %s', (status, category) => {
  expect(statusCategory(status)).toBe(category);
});
