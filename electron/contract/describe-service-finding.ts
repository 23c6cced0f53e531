import { describeFailure } from './describe-failure.ts';
import type { Ability } from './server-terms.ts';
import type { FindingOf, FindingWords } from './finding-words.ts';
import type { TestParties } from './test-parties.ts';

export type ServiceFinding = FindingOf<
  | 'certificate-ends'
  | 'not-verified'
  | 'role-differs'
  | 'abilities-missing'
  | 'storage-not-told'
  | 'keys-ignored'
  | 'name-unreadable'
>;

/** What to know of a server that answers. */
export function describeServiceFinding(finding: ServiceFinding, parties: TestParties): FindingWords {
  switch (finding.kind) {
    case 'certificate-ends':
      return certificateEnds(finding);
    case 'not-verified':
      return notVerified(finding);
    case 'role-differs':
      return roleDiffers(finding);
    case 'abilities-missing':
      return abilitiesMissing(finding);
    case 'storage-not-told':
      return storageNotTold(finding, parties);
    case 'keys-ignored':
      return keysIgnored(finding);
    case 'name-unreadable':
      return nameUnreadable(finding);
  }
}

function certificateEnds(finding: FindingOf<'certificate-ends'>): FindingWords {
  return {
    cause: `The certificate “${finding.subject}” ends ${inDays(finding.daysLeft)}.`,
    explanation: 'After that no connection with TLS can be made.',
    owner: 'administrator',
    action: 'Ask the administrator of {server} to renew it in time.',
    message: {
      to: 'administrator',
      request: `The TLS certificate “${finding.subject}” at {place} ends ${inDays(finding.daysLeft)}. Please renew it.`,
    },
  };
}

function notVerified(finding: FindingOf<'not-verified'>): FindingWords {
  return {
    cause: 'The certificate of {server} is not checked.',
    explanation: `So nobody knows who really answers there. ${notVerifiedBecause[finding.reason]}`,
    owner: 'you',
    action:
      finding.reason === 'not-asked'
        ? 'Tick “Verify server certificate” for {server}.'
        : 'Get the certificate of its authority and the name it is made out to, then tick “Verify server certificate”.',
  };
}

function roleDiffers(finding: FindingOf<'role-differs'>): FindingWords {
  return {
    cause: `{server} is entered as ${roleNames[finding.declared]}, and acts otherwise.`,
    explanation: measuredWords(finding.measured),
    owner: 'you',
    action: 'Correct the role of {server}, or ask its administrator what it should offer to {ae}.',
    message: {
      to: 'administrator',
      request: 'Which DICOM services do you offer to us: query, retrieve, storage?',
    },
  };
}

function abilitiesMissing({ abilities }: FindingOf<'abilities-missing'>): FindingWords {
  const missing = abilities.map((ability) => abilityServices[ability]).join(', ');
  return {
    cause: `{server} is entered as used for more than it offers to {ae}.`,
    explanation: `It does not offer: ${missing}.`,
    owner: 'administrator',
    action: 'Ask the administrator of {server} to allow it, or correct what the server is used for.',
    message: {
      to: 'administrator',
      request: `We expect these DICOM services of {server-ae} and are not offered them: ${missing}. Please allow them for us.`,
    },
  };
}

const abilityServices: Readonly<Record<Ability, string>> = {
  query: 'query (C-FIND)',
  retrieve: 'retrieve (C-MOVE or C-GET)',
  send: 'storage (C-STORE)',
  mwl: 'modality worklist',
  commit: 'storage commitment',
  print: 'print',
};

function storageNotTold(finding: FindingOf<'storage-not-told'>, parties: TestParties): FindingWords {
  const { title } = describeFailure(finding.failure, parties);
  return {
    cause: 'What could be sent to {server} could not be found out.',
    explanation: `It refused the association that asked: ${title}`,
    owner: 'administrator',
    action: 'If you want to send to {server}, ask its administrator whether it takes objects from {ae}.',
    message: {
      to: 'administrator',
      request: 'May we send objects to {server-ae} (C-STORE), and of which kinds?',
    },
  };
}

function keysIgnored(finding: FindingOf<'keys-ignored'>): FindingWords {
  return {
    cause: '{server} ignores what it is asked for.',
    explanation: `It was asked for a study that nobody has, and answered with ${finding.matches} or more.`,
    owner: 'administrator',
    action: 'Look at the answers of {server} with care, and tell its administrator.',
    message: {
      to: 'administrator',
      request:
        'A C-FIND at STUDY level for one Study Instance UID that does not exist is answered with matches. Please have the vendor look into it.',
    },
  };
}

function nameUnreadable({ told, decodeAs }: FindingOf<'name-unreadable'>): FindingWords {
  const own = told === '' ? 'It does not say in which' : `It says ${told}`;
  return {
    cause: 'Some letters of the names of {server} can’t be read.',
    explanation:
      decodeAs === null
        ? `${own}, and that is not what they are written in.`
        : `They are read as ${decodeAs}, as the entry of {server} says, and are written in something else.`,
    owner: 'you',
    action: 'Choose another character set under “Read its text as” of {server}, and test again.',
  };
}

const notVerifiedBecause = {
  untrusted: 'It comes from an authority that this computer does not know.',
  'other-name': 'It is made out to another name than is entered here.',
  'not-asked': 'It would pass the check.',
} as const;

const roleNames = { scp: 'SCP', scu: 'SCU', both: 'SCP and SCU' } as const;

function measuredWords({ scp, scu }: { readonly scp: boolean; readonly scu: boolean }): string {
  if (!scp && !scu) return 'It offers nothing but the echo to this viewer.';
  const acts = [...(scp ? ['it offers services (SCP)'] : []), ...(scu ? ['it sends by itself (SCU)'] : [])];
  return `Measured: ${acts.join(' and ')}.`;
}

function inDays(days: number): string {
  if (days < 0) return 'in the past: it has expired';
  return days === 1 ? 'in 1 day' : `in ${days} days`;
}
