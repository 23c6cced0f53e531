import { z } from 'zod';
import type { ToMain } from '../contract/wire.ts';

const Message = z.discriminatedUnion('kind', [
  z.object({
    kind: z.enum(['request', 'stream']),
    id: z.number().int().nonnegative(),
    path: z.string().max(100),
    input: z.unknown(),
  }),
  z.object({ kind: z.literal('cancel'), id: z.number().int().nonnegative() }),
]);
const PathList = z.array(z.string().max(32_768)).max(100_000);

/** Whether it has the form of a message; what is inside `input` is parsed where the question is answered. */
export function isToMain(message: unknown): message is ToMain {
  return Message.safeParse(message).success;
}

export function isPathList(value: unknown): value is readonly string[] {
  return PathList.safeParse(value).success;
}
