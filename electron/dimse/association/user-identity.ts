import { FailureError } from '../../contract/failure.ts';
import type { UserIdentity } from '../pdu/pdu.ts';
import type { AssociationPlan, UserIdentityPlan } from './association-plan.ts';

/** User-Identity-Type (PS3.7 Table D.3-14). */
const identityTypes = { username: 1, 'username-and-passcode': 2 } as const;

/** Far above any name or passcode, and far below what the item's lengths can say. */
const maximumBytes = 4_096;

/**
 * The user identity that a plan asks for, as its item carries it: UTF-8, readable by whoever sees the
 * bytes. So it goes behind TLS only, unless the plan says otherwise.
 *
 * @throws FailureError input
 */
export function userIdentityOf({ userIdentity, tls }: AssociationPlan): UserIdentity | null {
  if (userIdentity === undefined) return null;
  if (tls === null && userIdentity.evenWithoutTls !== true) {
    throw refused('would be sent in the clear, because the association is without TLS');
  }
  return {
    type: identityTypes[userIdentity.kind],
    positiveResponseRequested: userIdentity.positiveResponseRequested ?? false,
    primaryField: field(userIdentity.username),
    secondaryField: secondaryFieldOf(userIdentity),
  };
}

function secondaryFieldOf(userIdentity: UserIdentityPlan): Buffer {
  switch (userIdentity.kind) {
    case 'username':
      return Buffer.alloc(0);
    case 'username-and-passcode':
      return field(userIdentity.passcode);
  }
}

function field(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length === 0) throw refused('must not be empty');
  if (bytes.length > maximumBytes) throw refused('is too long');
  return bytes;
}

function refused(problem: string): FailureError {
  return new FailureError({ step: 'input', field: 'userIdentity', problem });
}
