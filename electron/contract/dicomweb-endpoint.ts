import { z } from 'zod';

export const DicomwebAuthentication = z.enum(
  ['none', 'basic', 'bearer'],
  'The authentication is one of: none, basic, bearer.',
);
export type DicomwebAuthentication = z.infer<typeof DicomwebAuthentication>;

const urlMessage =
  'This is not a web address: it begins with https:// or http://, for example https://pacs.example/dicom-web.';
const secretMessage = 'The address holds a user name or password. Enter them in their own fields.';
const queryMessage = 'The address holds a ? or #. Enter only the part before it.';

/** `https://pacs.example:8443/dicom-web`, without a slash at its end. */
export const DicomwebUrl = z
  .string()
  .trim()
  .max(1024, 'The address has more than 1,024 characters. Shorten it.')
  .refine((text) => !/^\w+:\/\/[^/]*@/.test(text), { error: secretMessage, abort: true })
  .refine((text) => !/[?#]/.test(text), { error: queryMessage, abort: true })
  .regex(/^https?:\/\/(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?(?:\/[^\s\\"<>^`{|}]*)?$/i, urlMessage)
  .refine((text) => portIn(text) >= 1 && portIn(text) <= 65_535, 'A port is a whole number from 1 to 65535.')
  .transform((text) => text.replace(/\/+$/, ''));

/** 1 where it has none, which is in order. */
function portIn(url: string): number {
  return Number(/^\w+:\/\/[^/]*:([0-9]+)(?:\/|$)/.exec(url)?.[1] ?? '1');
}

/** What comes between the address and `/studies` for one service; '' for most servers. Begins with a slash. */
export const DicomwebPath = z
  .string()
  .trim()
  .max(256, 'The path has more than 256 characters. Shorten it.')
  .regex(
    /^[\w\-./~%]*$/,
    'A path holds letters, digits and - _ . ~ / only, for example /rs. Remove the rest.',
  )
  .transform((text) => text.replaceAll(/^\/+|\/+$/g, ''))
  .transform((text) => (text === '' ? '' : `/${text}`))
  .refine((text) => !text.split('/').includes('..'), 'A path may not hold “..”. Write it out.');

/** Where and as whom a server is asked by DICOMweb. The password or token is not part of it. */
export const DicomwebEndpoint = z.object({
  baseUrl: DicomwebUrl,
  qidoPath: DicomwebPath.default(''),
  wadoPath: DicomwebPath.default(''),
  stowPath: DicomwebPath.default(''),
  authentication: DicomwebAuthentication.default('none'),
  /** For `basic`. */
  username: z
    .string()
    .max(256, 'The user name has more than 256 characters. Shorten it.')
    .regex(
      /^[^:\p{Cc}]*$/u,
      'A user name holds neither a colon nor control characters (RFC 7617). Remove them.',
    )
    .default(''),
});
export type DicomwebEndpoint = z.infer<typeof DicomwebEndpoint>;
