import { ownAe, type Direction, type LinkDraft, type LinkEnd } from './link.ts';

const arrows: Readonly<Record<Direction, string>> = { push: '→', pull: '←', bidir: '↔' };

/** What an end of a link is called. */
export function endWords(end: LinkEnd, nameOf: (id: string) => string | null): string {
  return end === ownAe ? 'This viewer' : (nameOf(end) ?? `${end} (no longer there)`);
}

/** `This viewer → Main PACS`: the way that images go. */
export function linkWords(
  { source, target, direction }: Pick<LinkDraft, 'source' | 'target' | 'direction'>,
  nameOf: (id: string) => string | null,
): string {
  return `${endWords(source, nameOf)} ${arrows[direction]} ${endWords(target, nameOf)}`;
}
