import dimse from 'dcmjs-dimse';
import type { association as associations } from 'dcmjs-dimse';

const { PresentationContextResult, SopClass, StorageClass, TransferSyntax } = dimse.constants;

const services = [
  SopClass.Verification,
  SopClass.StudyRootQueryRetrieveInformationModelFind,
  SopClass.StudyRootQueryRetrieveInformationModelMove,
];
const uncompressed = [TransferSyntax.ExplicitVRLittleEndian, TransferSyntax.ImplicitVRLittleEndian];
/** What can be kept as it comes: the library would change a deflated data set. */
const keepable = Object.values(TransferSyntax).filter(
  (uid) =>
    uid !== TransferSyntax.DeflatedExplicitVRLittleEndian && uid !== TransferSyntax.ExplicitVRBigEndian,
);

/** Answers each proposed presentation context with the first transfer syntax that suits (PS3.8 §9.3.3.2). */
export function acceptContexts(association: associations.Association): void {
  for (const { id } of association.getPresentationContexts()) {
    const context = association.getPresentationContext(id);
    const suitable = context && suitableSyntaxes(context.getAbstractSyntaxUid());
    if (suitable === undefined) continue;
    const offered = context.getTransferSyntaxUids();
    const chosen = suitable.find((uid) => offered.includes(uid));
    if (suitable.length === 0) context.setResult(PresentationContextResult.RejectAbstractSyntaxNotSupported);
    else if (chosen === undefined)
      context.setResult(PresentationContextResult.RejectTransferSyntaxesNotSupported);
    else context.setResult(PresentationContextResult.Accept, chosen);
  }
}

/** None for a service that is not offered. */
function suitableSyntaxes(abstractSyntaxUid: string): readonly string[] {
  if (services.includes(abstractSyntaxUid)) return uncompressed;
  return Object.values(StorageClass).includes(abstractSyntaxUid) ? keepable : [];
}
