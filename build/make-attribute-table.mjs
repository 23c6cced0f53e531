/**
 * Writes electron/dataset/attribute-table.ts, the attributes of PS3.6 §6 and §7, from the dictionary
 * that dcmjs brings: `node build/make-attribute-table.mjs`, by hand, after dcmjs was updated.
 */
import { writeFileSync } from 'node:fs';
import { data } from 'dcmjs';

/** dcmjs marks an attribute of two representations by two small letters. */
const oneOfTwo = { xs: 'US', ox: 'OW', up: 'UL', lt: 'OW', na: '--' };

const groups = new Map();
for (const entry of Object.values(data.DicomMetaDictionary.nameMap)) add(entry);

const byKey = ([one], [other]) => (one < other ? -1 : 1);
const lines = [...groups]
  .toSorted(byKey)
  .map(([group, elements]) => {
    const entries = [...elements].toSorted(byKey).map(([, entry]) => entry);
    return `  '${group}':\n    '${entries.join(' ')}',`;
  })
  .join('\n');

writeFileSync(
  new URL('../electron/dataset/attribute-table.ts', import.meta.url),
  `/**
 * Made by build/make-attribute-table.mjs; not edited by hand.
 *
 * The attributes of PS3.6 by group: element number, value representation and keyword of each. The
 * repeating groups 50xx and 60xx stand under 5000 and 6000.
 */
export const attributeTable: Readonly<Record<string, string>> = {
${lines}
};
`,
);

function add({ tag, vr, name }) {
  const [group, element] = tag.replace(/[()]/g, '').split(',');
  const elements = groups.get(group) ?? new Map();
  const keyword = name.replace(/^RETIRED_/, '');
  if (!elements.has(element)) elements.set(element, `${element}${oneOfTwo[vr] ?? vr}${keyword}`);
  groups.set(group, elements);
}
