import { describeFailure } from './describe-failure.ts';
import type { FindingOf, FindingWords } from './finding-words.ts';
import type { TestParties } from './test-parties.ts';

export type OurFinding = FindingOf<
  | 'address-changed'
  | 'shared-port-missing'
  | 'listens-here-only'
  | 'listens-elsewhere'
  | 'firewall-blocks'
  | 'ae-title-in-use'
>;

/** What to know of this computer. */
export function describeOurFinding(finding: OurFinding, parties: TestParties): FindingWords {
  switch (finding.kind) {
    case 'address-changed':
      return addressChanged(finding);
    case 'shared-port-missing':
      return sharedPortMissing(finding, parties);
    case 'listens-here-only':
      return listensHereOnly(finding);
    case 'listens-elsewhere':
      return listensElsewhere(finding);
    case 'firewall-blocks':
      return firewallBlocks(finding);
    case 'ae-title-in-use':
      return aeTitleInUse(finding);
  }
}

function addressChanged(finding: FindingOf<'address-changed'>): FindingWords {
  return {
    cause: `This computer’s address was ${finding.before} and is ${finding.now} now.`,
    explanation: 'A server that still has the old one sends its images there.',
    owner: 'administrator',
    action: 'Tell the administrator of {server} the new address, or ask for a fixed one.',
    message: {
      to: 'administrator',
      request: `Our address has changed from ${finding.before} to ${finding.now}. Please change your entry for {ae}.`,
    },
  };
}

function sharedPortMissing(finding: FindingOf<'shared-port-missing'>, parties: TestParties): FindingWords {
  const { title, suggestion } = describeFailure(finding.failure, parties);
  return {
    cause: title,
    explanation: 'The listen port of {server} itself can be had, so its retrieves may work; others may not.',
    owner: 'you',
    action: suggestion ?? 'Choose another listen port in Settings.',
  };
}

function listensHereOnly(finding: FindingOf<'listens-here-only'>): FindingWords {
  return {
    cause: `This viewer listens at ${finding.address}, which nobody else can reach.`,
    explanation: `{server} would have to reach it at ${finding.localAddress}.`,
    owner: 'you',
    action: `Set the listen address in Settings to 0.0.0.0 or ${finding.localAddress}.`,
  };
}

function listensElsewhere(finding: FindingOf<'listens-elsewhere'>): FindingWords {
  return {
    cause: `This viewer listens at ${finding.address}, and {server} is reached from ${finding.localAddress}.`,
    explanation: 'A server usually sends to the address that it is called from.',
    owner: 'you',
    action: `Set the listen address in Settings to ${finding.localAddress} or 0.0.0.0.`,
  };
}

function firewallBlocks(finding: FindingOf<'firewall-blocks'>): FindingWords {
  const ports = finding.ports.join(' and ');
  const how =
    finding.command === null ? '' : ` An administrator of this computer opens it with “${finding.command}”.`;
  return {
    cause: `The firewall of this computer (${finding.tool}) lets nobody in at port ${ports}.`,
    explanation: `So nothing that {server} sends can arrive.${finding.rule === null ? '' : ` What decides it: ${finding.rule}.`}`,
    owner: 'network',
    action: `Have the port opened.${how}`,
    message: {
      to: 'network',
      request: `Please allow incoming TCP connections to port ${ports} of {us} in its firewall (${finding.tool}), from {host} at least.${how}`,
    },
  };
}

function aeTitleInUse(finding: FindingOf<'ae-title-in-use'>): FindingWords {
  return {
    cause: `Another computer, ${finding.address}, calls itself {ae} too.`,
    explanation: `It called here under that AE title (${finding.at}). What a server sends to {ae} may go there.`,
    owner: 'network',
    action: 'Give one of the two another AE title, and tell the administrators of your servers.',
    message: {
      to: 'network',
      request: `The computer at ${finding.address} uses our AE title {ae}. AE titles must be unique: please give it another.`,
    },
  };
}
