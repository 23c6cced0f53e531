import { z } from 'zod';
import { ServerDraft, ServerId } from './server.ts';

/** What to test, and how far. */
export const RunTest = z.object({
  id: ServerId.nullable(),
  draft: ServerDraft,
  /** The person agrees that the server sends one image here, which is thrown away. */
  sendOneImage: z.boolean(),
});
export type RunTest = z.infer<typeof RunTest>;
