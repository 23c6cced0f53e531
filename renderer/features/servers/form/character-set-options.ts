import {
  characterSets,
  codePages,
  specificCharacterSet,
} from '../../../../electron/contract/character-sets.ts';
import type { SelectOption } from '../../../components/index.ts';

/** Each as it is written into (0008,0005) by itself; those for use among several are the same letters again. */
const terms: readonly SelectOption<string>[] = characterSets
  .filter(({ table }) => table !== 'C.12-3')
  .map(({ term, name }) => ({ value: specificCharacterSet(term), label: `${name} · ${term}` }));

const pages: readonly SelectOption<string>[] = codePages.map(({ term, name }) => ({
  value: term,
  label: `${name} · ${term}`,
}));

/** What a server may be asked in. `chosen` is among them, whatever it is. */
export function queryCharacterSets(chosen: string): readonly SelectOption<string>[] {
  return withChosen([{ value: 'auto', label: 'As the words need' }, ...terms], chosen);
}

/** What its text may be read as: character sets, and code pages that are not DICOM's. */
export function decodeCharacterSets(chosen: string): readonly SelectOption<string>[] {
  return withChosen([{ value: '', label: 'As it says' }, ...terms, ...pages], chosen);
}

function withChosen(
  options: readonly SelectOption<string>[],
  chosen: string,
): readonly SelectOption<string>[] {
  return options.some(({ value }) => value === chosen)
    ? options
    : [...options, { value: chosen, label: chosen }];
}
