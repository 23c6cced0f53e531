import { z } from 'zod';

/** A unique identifier: 1-64 characters, digits and dots (PS3.5 §9.1). Real ones break the finer rules. */
export const Uid = z
  .string()
  .regex(/^[0-9.]{1,64}$/, 'This is not a UID: it has digits and dots, at most 64 characters.');
