import { visibleText } from './visible-text.ts';

/** A Person Name as people write it, one text for each component group (PS3.5 §6.2.1.2); '' when absent. */
export interface PersonNameGroups {
  readonly alphabetic: string;
  readonly ideographic: string;
  readonly phonetic: string;
}

/** `Yamada^Tarou=山田^太郎=やまだ^たろう` → Yamada, Tarou · 山田 太郎 · やまだ たろう. */
export function formatPersonName(value: string): PersonNameGroups {
  const [alphabetic = '', ideographic = '', phonetic = ''] = value.split('=');
  return {
    alphabetic: alphabeticName(alphabetic),
    ideographic: spacedName(ideographic),
    phonetic: spacedName(phonetic),
  };
}

/** The alphabetic group and the ideographic one after it, in one line; '' when there is no name. */
export function personNameText(value: string): string {
  const { alphabetic, ideographic, phonetic } = formatPersonName(value);
  const shown = [alphabetic, ideographic].filter((group) => group !== '');
  return shown.length > 0 ? shown.join(' ') : phonetic;
}

function alphabeticName(group: string): string {
  const [family = '', given = '', middle = '', prefix = '', suffix = '', ...beyond] = componentsOf(group);
  const own = [given, middle, ...beyond].filter((part) => part !== '').join(' ');
  const name = [family, own, suffix].filter((part) => part !== '').join(', ');
  if (prefix === '') return name;
  return name === '' ? prefix : `${name} (${prefix})`;
}

/** Japanese, Korean and Chinese names are written family first, without a comma. */
function spacedName(group: string): string {
  return componentsOf(group)
    .filter((part) => part !== '')
    .join(' ');
}

function componentsOf(group: string): string[] {
  return group.split('^').map((component) => visibleText(component.trim()));
}
