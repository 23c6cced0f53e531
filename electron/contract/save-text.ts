import { z } from 'zod';

/** A text that the person wants as a file: a report, a list. */
export const SaveText = z.object({
  suggestedName: z
    .string()
    .min(1)
    .max(128)
    .regex(/^[^/\\:*?"<>|\p{Cc}]+$/u),
  text: z.string().max(16_000_000),
});
export type SaveText = z.infer<typeof SaveText>;
