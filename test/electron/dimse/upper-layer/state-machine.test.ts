import { describe, expect, it } from 'vitest';
import { Event, states, transition } from '../../../../electron/dimse/upper-layer/state-machine.ts';

/**
 * PS3.8 Table 9-10 as the standard prints it, row by row: `state: action / next state`, states
 * that are not named have an empty cell. Ranges where the standard repeats itself.
 */
const standard: Readonly<Record<number, string>> = {
  1: '1: AE-1/4',
  2: '4: AE-2/5',
  3: '2: AA-1/13, 3: AA-8/13, 5: AE-3/6, 6-12: AA-8/13, 13: AA-6/13',
  4: '2: AA-1/13, 3: AA-8/13, 5: AE-4/1, 6-12: AA-8/13, 13: AA-6/13',
  5: '1: AE-5/2',
  6: '2: AE-6/3|13, 3: AA-8/13, 5: AA-8/13, 6-12: AA-8/13, 13: AA-7/13',
  7: '3: AE-7/6',
  8: '3: AE-8/13',
  9: '6: DT-1/6, 8: AR-7/8',
  10: '2: AA-1/13, 3: AA-8/13, 5: AA-8/13, 6: DT-2/6, 7: AR-6/7, 8-12: AA-8/13, 13: AA-6/13',
  11: '6: AR-1/7',
  12: '2: AA-1/13, 3: AA-8/13, 5: AA-8/13, 6: AR-2/8, 7: AR-8/9|10, 8-12: AA-8/13, 13: AA-6/13',
  13: '2: AA-1/13, 3: AA-8/13, 5: AA-8/13, 6: AA-8/13, 7: AR-3/1, 8-9: AA-8/13, 10: AR-10/12, 11: AR-3/1, 12: AA-8/13, 13: AA-6/13',
  14: '8: AR-4/13, 9: AR-9/11, 12: AR-4/13',
  15: '3: AA-1/13, 4: AA-2/1, 5-12: AA-1/13',
  16: '2: AA-2/1, 3: AA-3/1, 5-12: AA-3/1, 13: AA-2/1',
  17: '2: AA-5/1, 3-12: AA-4/1, 13: AR-5/1',
  18: '2: AA-2/1, 13: AA-2/1',
  19: '2: AA-1/13, 3: AA-8/13, 5-12: AA-8/13, 13: AA-7/13',
};

/** `state number → action/next` of one row. */
function rowOf(text: string): ReadonlyMap<number, string> {
  const cells = new Map<number, string>();
  for (const entry of text.split(', ')) {
    const [range = '', cell = ''] = entry.split(': ');
    const [from, to = from] = range.split('-').map(Number);
    for (let state = from!; state <= to!; state++) cells.set(state, cell);
  }
  return cells;
}

describe('the state machine', () => {
  it('has the nineteen events and thirteen states of PS3.8', () => {
    expect(Object.values(Event)).toEqual(Array.from({ length: 19 }, (_, index) => index + 1));
    expect(states).toHaveLength(13);
  });

  it.each(Object.values(Event))('does on event %i what Table 9-10 says, in every state', (event) => {
    const row = rowOf(standard[event]!);

    for (const [index, state] of states.entries()) {
      const found = transition(state, event);
      const next = [found?.next, found?.other].flatMap((name) => (name === undefined ? [] : [name.slice(3)]));
      const said = found === null ? 'nothing' : `${found.action}/${next.join('|')}`;
      expect(`${state}: ${said}`).toBe(`${state}: ${row.get(index + 1) ?? 'nothing'}`);
    }
  });
});
