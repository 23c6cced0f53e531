import type { LinkFix } from '../../../../electron/contract/check-links.ts';
import type { Direction, LinkDraft } from '../../../../electron/contract/link.ts';

export const directionWords: Readonly<Record<Direction, string>> = {
  push: 'PUSH: the first sends to the second',
  pull: 'PULL: the first fetches from the second',
  bidir: 'BIDIR: both, either way',
};

/** What a button says that puts a link right. */
export function fixWords(fix: LinkFix): string {
  switch (fix.kind) {
    case 'swap-ends':
      return 'Swap the ends';
    case 'set-direction':
      return `Make it ${fix.direction.toUpperCase()}`;
    case 'remove':
      return 'Remove the link';
    case 'set-role-both':
      return 'Declare the server as both';
  }
}

/** The link put right, where that is a change of the link itself; `null`: it is something else. */
export function fixedLink(link: LinkDraft, fix: LinkFix): LinkDraft | null {
  switch (fix.kind) {
    case 'swap-ends':
      return { ...link, source: link.target, target: link.source };
    case 'set-direction':
      return { ...link, direction: fix.direction };
    case 'remove':
    case 'set-role-both':
      return null;
  }
}
