import { z } from 'zod';
import { ServerId } from './server-id.ts';
import { Lifecycle } from './server-terms.ts';

export const LinkId = z.string().min(1).max(64).brand<'LinkId'>();
export type LinkId = z.infer<typeof LinkId>;

/** Stands for our own AE where a link begins or ends. */
export const ownAe = 'local';

/** One end of a link: our own AE, or a server. */
export const LinkEnd = z.union([z.literal(ownAe), ServerId], 'A link ends at a server or at this viewer.');
export type LinkEnd = z.infer<typeof LinkEnd>;

/** `push`: the source sends to the target; `pull`: the source fetches from it; `bidir`: both, either way. */
export const directions = ['push', 'pull', 'bidir'] as const;
export const Direction = z.enum(directions, `The direction is one of: ${directions.join(', ')}.`);
export type Direction = z.infer<typeof Direction>;

/** Who may exchange what with whom, as agreed between the people in charge. */
export const LinkDraft = z.object({
  source: LinkEnd,
  target: LinkEnd,
  direction: Direction,
  status: Lifecycle.default('production'),
  organisation: z
    .string()
    .trim()
    .max(64, 'The organisation has more than 64 characters. Shorten it.')
    .default(''),
  description: z
    .string()
    .max(1024, 'The description has more than 1,024 characters. Shorten it.')
    .default(''),
});
export type LinkDraft = z.infer<typeof LinkDraft>;

export interface Link extends LinkDraft {
  readonly id: LinkId;
  readonly origin:
    | { readonly kind: 'user' }
    | { readonly kind: 'administrator'; readonly file: string; readonly line: number };
}
