import { z } from 'zod';

/**
 * Application Entity title: 1-16 characters of the default repertoire, no backslash, no control
 * characters; leading and trailing spaces are not significant, case is kept (PS3.5 §6.2, VR AE).
 */
export const AeTitle = z
  .string()
  .transform((text) => text.replace(/^ +| +$/g, ''))
  .pipe(
    z
      .string()
      .min(1, 'needs 1 to 16 characters')
      .max(16, 'has more than 16 characters')
      .regex(/^[^\\]*$/, 'may not hold a backslash')
      // eslint-disable-next-line no-control-regex -- control characters are what is looked for
      .regex(/^[^\x00-\x1F\x7F]*$/, 'may not hold control characters')
      .regex(/^[\x20-\x7E]*$/, 'may hold only ASCII letters, digits, spaces and signs'),
  )
  .brand<'AeTitle'>();
export type AeTitle = z.infer<typeof AeTitle>;
