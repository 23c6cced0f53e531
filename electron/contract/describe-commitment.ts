/** Why a server does not answer for an instance: Failure Reason (0008,1197), PS3.3 §C.14.1.1. */
const reasons: Readonly<Record<number, string>> = {
  0x0110: 'it failed while it was working on it',
  0x0112: 'it does not have this instance',
  0x0119: 'it has this instance in another SOP class',
  0x0122: 'it does not support this SOP class',
  0x0131: 'it knows this transaction already',
  0x0213: 'it has no resources left for it',
};

/** A clause about the server, with the number; 0 where it gave none. */
export function describeCommitmentReason(reason: number): string {
  if (reason === 0) return 'it does not say why';
  const words = reasons[reason] ?? 'it gives a reason that is not in the standard';
  return `${words} (${reason.toString(16).toUpperCase().padStart(4, '0')}H)`;
}
