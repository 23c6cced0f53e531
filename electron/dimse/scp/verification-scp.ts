import { CommandField } from '../commands/command.ts';
import { Status } from '../commands/status.ts';
import type { Service } from '../association/service.ts';
import { SopClass } from '../uids/sop-class.ts';
import { TransferSyntax } from '../uids/transfer-syntax.ts';

const transferSyntaxUids: readonly string[] = [
  TransferSyntax.ExplicitVrLittleEndian,
  TransferSyntax.ImplicitVrLittleEndian,
];

/** Answers C-ECHO (PS3.4 Annex A). No data set is ever exchanged, so any transfer syntax would do. */
export function verificationScp(): Service {
  return {
    serves: (abstractSyntaxUid) => abstractSyntaxUid === SopClass.Verification,

    chooseTransferSyntax: (offer) =>
      offer.transferSyntaxUids.find((uid) => transferSyntaxUids.includes(uid)) ??
      offer.transferSyntaxUids[0] ??
      null,

    onRequest(request) {
      const isEcho = request.command.commandField === CommandField.CEchoRq;
      request.respond({ status: isEcho ? Status.Success : Status.UnrecognizedOperation });
      return null;
    },
  };
}
