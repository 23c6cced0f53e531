import type { Attributes, Element } from './attributes.ts';

/**
 * The same attributes, their text to be read in this character set (or code page), whatever they say
 * themselves: for the answers of systems that say it wrongly. What is seen of (0008,0005) is then this too.
 */
export function decodedAs(attributes: Attributes, characterSet: string): Attributes {
  const value = Buffer.from(characterSet, 'latin1');
  const label: Element = {
    tag: '00080005',
    vr: 'CS',
    offset: 0,
    length: value.length,
    value,
    items: null,
    bigEndian: false,
    undefinedLength: false,
  };
  // At the top always, in front as its tag is low; the rest inherits.
  return new Map([[label.tag, label], ...relabelled(attributes, label)]);
}

function relabelled(attributes: Attributes, label: Element): Attributes {
  return new Map(
    [...attributes].map(([tag, element]) => {
      if (tag === label.tag) return [tag, label];
      if (element.items === null) return [tag, element];
      return [tag, { ...element, items: element.items.map((item) => relabelled(item, label)) }];
    }),
  );
}
