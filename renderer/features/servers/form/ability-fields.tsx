import type { ReactElement } from 'react';
import { wordsIn } from '../../../../electron/contract/server-fields.ts';
import { abilities, type Ability } from '../../../../electron/contract/server-terms.ts';
import { Checkbox } from '../../../components/index.ts';
import { FormGroup } from './form-group.tsx';
import type { FormProps } from './form-props.ts';
import { abilityWords } from './term-words.ts';

/** What it is used for, as a list of ticks; where none is ticked, for whatever it offers. */
export function AbilityFields({ fields, problems, isReadOnly, onChange }: FormProps): ReactElement {
  const said = wordsIn(fields.abilities);
  const ticked = (ability: Ability, isTicked: boolean): string =>
    abilities.filter((each) => (each === ability ? isTicked : said.includes(each))).join(', ');
  return (
    <FormGroup title="Used for" isSingle>
      <div className="server-form-whole">
        <div className="server-form-checks">
          {abilities.map((ability) => (
            <Checkbox
              key={ability}
              label={abilityWords[ability]}
              isSelected={said.includes(ability)}
              isReadOnly={isReadOnly}
              onChange={(isTicked) => onChange({ abilities: ticked(ability, isTicked) })}
            />
          ))}
        </div>
        <p className="field-message" data-tone={problems.abilities === undefined ? undefined : 'error'}>
          {problems.abilities ?? hintFor(said.length)}
        </p>
      </div>
    </FormGroup>
  );
}

function hintFor(count: number): string {
  return count === 0
    ? 'None ticked: for everything that it offers'
    : 'Nothing else is asked of it from here; the connection test compares with what it offers';
}
