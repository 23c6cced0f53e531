import { FailureError } from '../../contract/failure.ts';
import type { AssociateRq, ContextAnswer, ContextProposal, RoleSelection } from '../pdu/pdu.ts';
import type { ProposedContext } from './association-plan.ts';
import type { AcceptedContext } from './association.ts';
import type { Service } from './service.ts';

/** PS3.8 Table 9-18. */
export const ContextResult = {
  Acceptance: 0,
  UserRejection: 1,
  NoReason: 2,
  AbstractSyntaxNotSupported: 3,
  TransferSyntaxesNotSupported: 4,
} as const;

/** Ids are the odd numbers 1 to 255 (PS3.8 §9.3.2.2). */
export const maximumContexts = 128;

/** Gives ids to what is proposed. @throws RangeError above 128: planning more associations is the caller's. */
export function proposeContexts(contexts: readonly ProposedContext[]): readonly ContextProposal[] {
  if (contexts.length === 0 || contexts.length > maximumContexts) {
    throw new RangeError(`${contexts.length} presentation contexts in one association`);
  }
  return contexts.map(({ abstractSyntaxUid, transferSyntaxUids }, index) => ({
    id: 2 * index + 1,
    abstractSyntaxUid,
    transferSyntaxUids,
  }));
}

/** One item for each SOP class that has roles (PS3.7 §D.3.3.4). */
export function proposedRoles(contexts: readonly ProposedContext[]): readonly RoleSelection[] {
  const roles = new Map(contexts.map((context) => [context.abstractSyntaxUid, context.roles]));
  return [...roles].flatMap(([sopClassUid, role]) => (role === undefined ? [] : [{ sopClassUid, ...role }]));
}

/** What the peer's answers leave usable. Answers to what we didn't propose don't count. */
export function acceptedContexts(
  proposals: readonly ContextProposal[],
  answers: readonly ContextAnswer[],
): readonly AcceptedContext[] {
  return proposals.flatMap(({ id, abstractSyntaxUid, transferSyntaxUids }) => {
    const answer = answers.find((candidate) => candidate.id === id);
    if (answer?.result !== ContextResult.Acceptance) return [];
    if (!transferSyntaxUids.includes(answer.transferSyntaxUid)) return [];
    return [{ id, abstractSyntaxUid, transferSyntaxUid: answer.transferSyntaxUid }];
  });
}

/** What was proposed and answered, to say why a context is missing. */
export interface Negotiation {
  readonly proposals: readonly ContextProposal[];
  readonly answers: readonly ContextAnswer[];
  readonly accepted: readonly AcceptedContext[];
}

/** @throws FailureError negotiate: result 0 where the peer didn't answer, or not as proposed */
export function contextFor(
  negotiation: Negotiation,
  abstractSyntaxUid: string,
  transferSyntaxUid?: string,
): AcceptedContext {
  const found = negotiation.accepted.find(
    (context) =>
      context.abstractSyntaxUid === abstractSyntaxUid &&
      (transferSyntaxUid === undefined || context.transferSyntaxUid === transferSyntaxUid),
  );
  if (found !== undefined) return found;
  throw new FailureError({
    step: 'negotiate',
    sopClassUid: abstractSyntaxUid,
    transferSyntaxUid: transferSyntaxUid ?? null,
    result: refusalResult(negotiation, abstractSyntaxUid, transferSyntaxUid),
  });
}

function refusalResult(
  { proposals, answers }: Negotiation,
  abstractSyntaxUid: string,
  transferSyntaxUid: string | undefined,
): number {
  const proposal = proposals.find(
    (candidate) =>
      candidate.abstractSyntaxUid === abstractSyntaxUid &&
      (transferSyntaxUid === undefined || candidate.transferSyntaxUids.includes(transferSyntaxUid)),
  );
  return answers.find((answer) => answer.id === proposal?.id)?.result ?? 0;
}

/** A context of an association we accepted, and who serves it. */
export interface ServedContext {
  readonly context: AcceptedContext;
  readonly service: Service;
}

export interface ContextChoice {
  readonly answers: readonly ContextAnswer[];
  readonly served: ReadonlyMap<number, ServedContext>;
}

/** Answers each proposed context by the service that serves its abstract syntax. */
export function chooseContexts(request: AssociateRq, services: readonly Service[]): ContextChoice {
  const served = new Map<number, ServedContext>();
  const answers = request.contexts.map((proposal): ContextAnswer => {
    const { id, abstractSyntaxUid, transferSyntaxUids } = proposal;
    // A refused context names a transfer syntax too, though it isn't significant (PS3.8 §9.3.3.2).
    const refused = { id, transferSyntaxUid: transferSyntaxUids[0] ?? '1.2.840.10008.1.2' };
    const service = services.find((candidate) => candidate.serves(abstractSyntaxUid));
    if (service === undefined) return { ...refused, result: ContextResult.AbstractSyntaxNotSupported };
    const { callingAeTitle } = request;
    const chosen = service.chooseTransferSyntax({ abstractSyntaxUid, transferSyntaxUids, callingAeTitle });
    if (chosen === null || !transferSyntaxUids.includes(chosen)) {
      return { ...refused, result: ContextResult.TransferSyntaxesNotSupported };
    }
    served.set(id, { service, context: { id, abstractSyntaxUid, transferSyntaxUid: chosen } });
    return { id, result: ContextResult.Acceptance, transferSyntaxUid: chosen };
  });
  return { answers, served };
}
