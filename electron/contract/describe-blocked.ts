import type { ActionName, BlockReason, UseReason } from './action.ts';
import type { Failure } from './failure.ts';
import type { Description } from './failure-words.ts';
import type { PolicyName } from './policy.ts';

type Blocked = Extract<Failure, { step: 'policy' | 'blocked' }>;

/** The failure that asking in spite of it is refused with. */
export function blockedFailure(action: ActionName, reason: BlockReason): Blocked {
  if (reason.kind !== 'policy') return { step: 'blocked', action, reason };
  const { policy, file, line } = reason;
  return { step: 'policy', policy, file, line };
}

export function describeBlocked(failure: Blocked): Description {
  return failure.step === 'policy' ? describePolicy(failure) : describeUse(failure.action, failure.reason);
}

function describePolicy({ policy, file, line }: Extract<Blocked, { step: 'policy' }>): Description {
  return {
    title: policyWords[policy],
    explanation: `The administrator of this computer decided so (${policy} in ${file}, line ${line}).`,
    suggestion: 'Ask the administrator of this computer to change that line, if it must be.',
  };
}

const policyWords: Readonly<Record<PolicyName, string>> = {
  allow_user_servers: 'Servers of your own can’t be kept on this computer.',
  lock_local_ae: 'The AE title of this viewer can’t be changed here.',
  lock_listener: 'The listen port and address can’t be changed here.',
  require_tls: 'Nothing may be asked of a server without TLS.',
  require_verification: 'Certificates of servers must be verified.',
  hide_send: 'Sending is turned off on this computer.',
  lossy_allowed: 'Images may not be asked for or sent with losses.',
  strict: 'This server does not meet the rules of the register.',
  simple_ae_titles: 'AE titles of servers have letters, digits, hyphens and underscores only here.',
  capital_ae_titles: 'AE titles of servers have capital letters, digits and underscores only here.',
};

const actionWords: Readonly<Record<ActionName, string>> = {
  query: 'be searched',
  retrieve: 'be retrieved from',
  send: 'be sent to',
  test: 'be tested',
};

function describeUse(action: ActionName, reason: UseReason): Description {
  const title = `{server} may not ${actionWords[action]}.`;
  switch (reason.kind) {
    case 'status':
      return { title, ...describeStatus(reason) };
    case 'ability':
      return { title, ...describeAbility(action, reason) };
    case 'role':
      return {
        title,
        explanation: 'Its role is SCU: it calls others, and answers nobody.',
        suggestion: 'If it does answer, set its role to both.',
      };
    case 'link':
      return {
        title,
        explanation: 'The links between this viewer and {server} do not include it.',
        suggestion: 'If it is agreed on, add it to the links of {server}.',
      };
  }
}

/** As the ticks of the form are called. */
const abilityWords: Readonly<Record<ActionName, string>> = {
  query: 'Query',
  retrieve: 'Retrieve',
  send: 'Send',
  test: 'Test',
};

function describeAbility(
  action: ActionName,
  { place }: Extract<UseReason, { kind: 'ability' }>,
): Pick<Description, 'explanation' | 'suggestion'> {
  if (place === null) {
    const label = abilityWords[action];
    return {
      explanation: `Its entry says what {server} is used for, and “${label}” is not ticked there.`,
      suggestion: `If it may be, tick “${label}” under “Used for”.`,
    };
  }
  return {
    explanation: `The administrator’s file gives {server} no role ${action} (roles in ${place.file}, line ${place.line}).`,
    suggestion: 'Ask the administrator of this computer to add it to that line, if it must be.',
  };
}

function describeStatus({
  of,
  status,
  replacedBy,
}: Extract<UseReason, { kind: 'status' }>): Pick<Description, 'explanation' | 'suggestion'> {
  const what = of === 'server' ? 'It is' : 'The link to it is';
  if (status === 'planned') {
    return {
      explanation: `${what} planned: until it is in production it may be tested only.`,
      suggestion: 'Test the connection, then set the status to production.',
    };
  }
  return {
    explanation: `${what} obsolete. What was done with it stays in the history.`,
    suggestion: replacedBy === null ? 'Use another server.' : `Use “${replacedBy}” instead.`,
  };
}
