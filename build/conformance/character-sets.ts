import { characterSets as known } from '../../electron/contract/character-sets.ts';
import { table } from './table.ts';

/** PS3.3 §C.12.1.1.2. */
export function characterSets(): string {
  return table(
    ['Defined term', 'Character repertoire', 'PS3.3'],
    known.map(({ term, name, table: from }) => [`\`${term}\``, name, `Table ${from}`]),
  );
}
