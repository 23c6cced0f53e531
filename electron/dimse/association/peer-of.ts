import type { AssociateAc, UserInformation } from '../pdu/pdu.ts';
import type { Peer } from './association.ts';

/** What is known of a peer by its A-ASSOCIATE-AC; before that, only where it is. */
export function peerOf(answer: AssociateAc | null, address: string, asksConfirmation: boolean): Peer {
  const user = answer?.userInformation;
  return {
    implementationClassUid: user?.implementationClassUid ?? '',
    implementationVersionName: user?.implementationVersionName ?? '',
    maximumLengthBytes: user?.maximumLengthBytes ?? 0,
    address,
    ...(asksConfirmation && { userIdentityConfirmed: hasConfirmed(user) }),
  };
}

/** An answer to the identity, even an empty one, says that it was taken (PS3.7 §D.3.3.7.2). */
function hasConfirmed(user: UserInformation | undefined): boolean {
  return user !== undefined && user.userIdentityResponse !== null;
}
