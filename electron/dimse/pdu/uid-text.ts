import { AbortReason, PduError } from './pdu.ts';

/**
 * A UID of an item: digits and dots, at most 64 (PS3.5 §9.1), padding dropped.
 *
 * @throws PduError
 */
export function uidFrom(bytes: Buffer): string {
  // A pad byte or a space behind an odd UID is wrong here (PS3.8 Annex F) and common.
  // eslint-disable-next-line no-control-regex -- NULs are what is looked for
  const uid = bytes.length > 66 ? '' : bytes.toString('latin1').replace(/[ \0]+$/, '');
  if (/^[0-9.]{1,64}$/.test(uid)) return uid;
  throw new PduError(AbortReason.InvalidPduParameterValue, `UID of ${bytes.length} bytes`);
}
