import { implementationClassUid, implementationVersionName } from '../../dataset/index.ts';
import { applicationContextUid } from '../pdu/pdu.ts';
import type { AssociateRq } from '../pdu/pdu.ts';
import { harmless } from '../upper-layer/observe.ts';
import type { Observe } from '../upper-layer/observe.ts';
import { openSocket, timed } from '../upper-layer/open-socket.ts';
import type { ConnectStep } from '../upper-layer/open-socket.ts';
import { defaultTimeouts } from './association-plan.ts';
import type { AssociationPlan } from './association-plan.ts';
import type { Association } from './association.ts';
import { proposedRoles, proposeContexts } from './presentation-context.ts';
import { RequestedAssociation } from './requested-association.ts';
import { userIdentityOf } from './user-identity.ts';

/** What we take in one P-DATA-TF PDU, unless the plan says otherwise. */
export const defaultMaximumLengthBytes = 131_072;

export interface RequestAssociationOptions {
  /** Told as each step begins and is done. */
  readonly onStep?: (step: ConnectStep) => void;
  readonly observe?: Observe;
}

/**
 * Finds the peer, connects, secures and associates (PS3.8 §7.1).
 *
 * A peer that refuses every presentation context has still associated: `context()` tells then.
 *
 * @throws FailureError input, resolve, connect, tls, associate or cancelled; nothing stays open then
 */
export async function requestAssociation(
  plan: AssociationPlan,
  options: RequestAssociationOptions = {},
  signal?: AbortSignal,
): Promise<Association> {
  const timeouts = { ...defaultTimeouts, ...plan.timeouts };
  const maximumLengthBytes = plan.maximumLengthBytes ?? defaultMaximumLengthBytes;
  const request = requestOf(plan, maximumLengthBytes);
  const onStep = options.onStep ?? ((): void => {});
  const socket = await openSocket({ ...plan, connectMs: timeouts.connectMs }, onStep, signal);
  const observe = harmless(options.observe);
  const association = new RequestedAssociation(socket, { timeouts, maximumLengthBytes, observe });
  return timed(onStep, 'associate', async () => {
    const { userInformation } = await association.associate(request, signal);
    return { value: association, facts: { step: 'associate', ...peerFacts(userInformation) } };
  });
}

function requestOf(plan: AssociationPlan, maximumLengthBytes: number): AssociateRq {
  return {
    protocolVersion: 1,
    calledAeTitle: plan.calledAeTitle,
    callingAeTitle: plan.callingAeTitle,
    applicationContextUid,
    contexts: proposeContexts(plan.contexts),
    userInformation: {
      maximumLengthBytes,
      implementationClassUid,
      implementationVersionName,
      roles: proposedRoles(plan.contexts),
      asynchronousOperations: null,
      extendedNegotiation: [],
      userIdentity: userIdentityOf(plan),
      userIdentityResponse: null,
    },
  };
}

function peerFacts(user: AssociateRq['userInformation']): {
  readonly implementationClassUid: string;
  readonly implementationVersionName: string;
  readonly maximumLengthBytes: number;
} {
  return {
    implementationClassUid: user.implementationClassUid,
    implementationVersionName: user.implementationVersionName,
    maximumLengthBytes: user.maximumLengthBytes,
  };
}
