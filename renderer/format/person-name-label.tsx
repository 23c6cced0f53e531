import type { ReactElement } from 'react';
import { formatPersonName } from './person-name.ts';
import { visibleText } from './visible-text.ts';

/** A Person Name for reading: alphabetic, then ideographic; the value as it came is on hover. */
export function PersonName({ value }: { readonly value: string }): ReactElement {
  const { alphabetic, ideographic, phonetic } = formatPersonName(value);
  const main = alphabetic || ideographic || phonetic;
  if (main === '') return <span className="absent">No name</span>;
  return (
    <span className="person-name" title={visibleText(value)}>
      <bdi>{main}</bdi>
      {alphabetic !== '' && ideographic !== '' && (
        <>
          {' '}
          <bdi className="person-name-ideographic">{ideographic}</bdi>
        </>
      )}
    </span>
  );
}
