import type { NaturalDataset } from './demo-instance.ts';

export type Level = 'STUDY' | 'SERIES' | 'IMAGE';

const unique: Readonly<Record<Level, string>> = {
  STUDY: 'StudyInstanceUID',
  SERIES: 'SeriesInstanceUID',
  IMAGE: 'SOPInstanceUID',
};

/** Answers a C-FIND identifier (PS3.4 §C.2.2.2): the requested attributes of each entity that matches. */
export function matchIdentifier(
  instances: readonly NaturalDataset[],
  level: Level,
  identifier: NaturalDataset,
): NaturalDataset[] {
  const entities = groupBy(instances, unique[level]).map(entityOf);
  const keys = Object.keys(identifier).filter(
    (keyword) => !/^(_|QueryRetrieveLevel|SpecificCharacterSet)/.test(keyword),
  );
  return entities
    .filter((entity) => keys.every((keyword) => matches(keyword, identifier[keyword], entity[keyword])))
    .map((entity) => ({
      ...Object.fromEntries(keys.map((keyword) => [keyword, entity[keyword] ?? ''])),
      [unique[level]]: entity[unique[level]],
      QueryRetrieveLevel: level,
      SpecificCharacterSet: 'ISO_IR 192',
    }));
}

function groupBy(instances: readonly NaturalDataset[], keyword: string): NaturalDataset[][] {
  const groups = new Map<unknown, NaturalDataset[]>();
  for (const instance of instances) {
    const group = groups.get(instance[keyword]);
    if (group) group.push(instance);
    else groups.set(instance[keyword], [instance]);
  }
  return [...groups.values()];
}

/** What the members of a study, a series or an instance have in common, with their counts. */
function entityOf(members: readonly NaturalDataset[]): NaturalDataset {
  const all = (keyword: string): readonly unknown[] => [...new Set(members.map((member) => member[keyword]))];
  const seriesCount = String(all('SeriesInstanceUID').length);
  return {
    ...members[0],
    ModalitiesInStudy: all('Modality'),
    NumberOfStudyRelatedSeries: seriesCount,
    NumberOfStudyRelatedInstances: String(members.length),
    NumberOfSeriesRelatedInstances: String(members.length),
    RetrieveAETitle: 'DEMO',
    InstanceAvailability: 'ONLINE',
  };
}

/** Universal, list, range and wildcard matching, in the order in which a key decides between them. */
function matches(keyword: string, key: unknown, value: unknown): boolean {
  const wanted = textsOf(key);
  if (wanted.length === 0) return true;
  const found = textsOf(value);
  return wanted.some((pattern) => found.some((text) => matchesOne(keyword, pattern, text)));
}

function matchesOne(keyword: string, pattern: string, text: string): boolean {
  if (/(Date|Time)$/.test(keyword) && pattern.includes('-')) return inRange(pattern, text);
  if (keyword.endsWith('UID')) return pattern === text;
  if (!keyword.endsWith('Name')) return wildcard(pattern).test(text);
  // A name's component groups are alternatives: each is a way to write the same person.
  return [text, ...text.split('=')].some((name) => wildcard(pattern).test(name));
}

function inRange(range: string, text: string): boolean {
  const [from = '', to = ''] = range.split('-').map((end) => end.trim());
  return text >= from && (to === '' || text.slice(0, to.length) <= to);
}

function wildcard(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'isu');
}

/** The texts in a value of any of the forms that dcmjs gives: one, several, or a name with its groups. */
export function textsOf(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (isBoxedText(value)) return textsOf(String.prototype.valueOf.call(value));
  if (typeof value === 'object') {
    const groups = ['Alphabetic', 'Ideographic', 'Phonetic'].map((group) =>
      textOf(Reflect.get(value, group)),
    );
    return textsOf(groups.join('=').replace(/=+$/, ''));
  }
  return textOf(value)
    .split('\\')
    .map((text) => text.trim())
    .filter(Boolean);
}

/** dcmjs hands some texts over as objects. */
function isBoxedText(value: unknown): value is object {
  return typeof value === 'object' && Object.prototype.toString.call(value) === '[object String]';
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
