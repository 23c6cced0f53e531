import { ownAe, type LinkDraft } from './link.ts';
import type { ObservedMethod } from './observations.ts';

type Ends = Pick<LinkDraft, 'source' | 'direction'>;

const fetching: readonly ObservedMethod[] = [
  'c-find',
  'c-move',
  'c-move-store',
  'c-get',
  'qido-rs',
  'wado-rs',
];

/** What a link of ours is declared for, other than a C-ECHO, which asks for nothing. */
export function declaredMethods({ source, direction }: Ends): readonly ObservedMethod[] {
  switch (direction) {
    case 'bidir':
      return ['c-store', 'c-store-in', ...fetching];
    case 'push':
      return source === ownAe ? ['c-store'] : ['c-store-in'];
    case 'pull':
      // Nobody can fetch anything from this viewer.
      return source === ownAe ? fetching : [];
  }
}

/** By what it can be seen that a link of ours works. */
export function methodsOfLink(link: Ends): readonly ObservedMethod[] {
  const declared = declaredMethods(link);
  if (link.source === ownAe) return ['c-echo', ...declared];
  // What it sends because we asked shows that it reaches us.
  return link.direction === 'push' ? [...declared, 'c-move-store'] : declared;
}
