import { z } from 'zod';

export const ServerId = z.string().min(1).max(64).brand<'ServerId'>();
export type ServerId = z.infer<typeof ServerId>;
