import type { FindingOf, FindingWords } from './finding-words.ts';

export type PeerFinding = FindingOf<
  'speaks-tls' | 'speaks-plain' | 'speaks-http' | 'answers-to' | 'some-tries-failed' | 'addresses-failed'
>;

/** What the port and the name of a server turned out to be. */
export function describePeerFinding(finding: PeerFinding): FindingWords {
  switch (finding.kind) {
    case 'speaks-tls':
      return speaksTls(finding);
    case 'speaks-plain':
      return speaksPlain();
    case 'speaks-http':
      return speaksHttp(finding);
    case 'answers-to':
      return answersTo(finding);
    case 'some-tries-failed':
      return someTriesFailed(finding);
    case 'addresses-failed':
      return addressesFailed(finding);
  }
}

function speaksTls(finding: FindingOf<'speaks-tls'>): FindingWords {
  return {
    cause: '{server} expects TLS at this port, and TLS is not ticked.',
    explanation:
      finding.subject === ''
        ? 'It answers a TLS greeting there.'
        : `It answers a TLS greeting there (${finding.protocol}, certificate “${finding.subject}”).`,
    owner: 'you',
    action: 'Tick “TLS / secured server” for {server}, or ask its administrator for the port without TLS.',
    message: {
      to: 'administrator',
      request: 'Which port of {server-ae} at {host} is without TLS, if any?',
    },
  };
}

function speaksPlain(): FindingWords {
  return {
    cause: '{server} speaks plain DICOM at this port, and TLS is ticked.',
    explanation: 'It answers there without TLS. Nothing of yours was sent that way.',
    owner: 'you',
    action: 'Untick “TLS / secured server” for {server}, or ask its administrator for the port with TLS.',
    message: {
      to: 'administrator',
      request: 'Which port of {server-ae} at {host} is for DICOM over TLS?',
    },
  };
}

function speaksHttp(finding: FindingOf<'speaks-http'>): FindingWords {
  return {
    cause: 'A web server answers at {place}, not DICOM.',
    explanation:
      finding.server === '' ? 'It speaks HTTP.' : `It speaks HTTP and calls itself “${finding.server}”.`,
    owner: 'you',
    action: 'Enter the DICOM port of {server}: usually 104, 11112 or 4242, with TLS 2762.',
    message: {
      to: 'administrator',
      request: 'At {place} a web server answers. Which port is for DICOM?',
    },
  };
}

function someTriesFailed(finding: FindingOf<'some-tries-failed'>): FindingWords {
  return {
    cause: `${finding.failed} of ${finding.of} connections to {place} failed.`,
    explanation: 'The way there is open, but not every time.',
    owner: 'network',
    action: 'Test again. If it stays so, have the network between here and {server} looked at.',
    message: {
      to: 'network',
      request: `${finding.failed} of ${finding.of} TCP connections in a row from {us} to {place} failed. Please look into it.`,
    },
  };
}

function addressesFailed(finding: FindingOf<'addresses-failed'>): FindingWords {
  return {
    cause: `Nobody answers at ${finding.addresses.join(', ')}.`,
    explanation: 'The name {host} has further addresses, and {server} answers at another of them.',
    owner: 'network',
    action: 'Have the addresses that are out of date taken out of the name service (DNS).',
    message: {
      to: 'network',
      request: `The name {host} has addresses at which nothing answers at port {port}: ${finding.addresses.join(', ')}. Please correct the DNS entry or open the way.`,
    },
  };
}

function answersTo({ whose, aeTitle }: FindingOf<'answers-to'>): FindingWords {
  if (whose === 'called') {
    return {
      cause: `{server} answers to “${aeTitle}”, in other letters than “{server-ae}”.`,
      explanation:
        'Upper and lower case are told apart in AE titles. It was asked in other letters, and accepted.',
      owner: 'you',
      action: `Enter ${aeTitle} as the AE title of {server}.`,
    };
  }
  return {
    cause: `{server} knows “${aeTitle}”, in other letters than your “{ae}”.`,
    explanation:
      'Upper and lower case are told apart in AE titles. It was asked in other letters, and accepted.',
    owner: 'you',
    action: `Set your own AE title to ${aeTitle}, or have {server} told {ae} in exactly this spelling.`,
    message: {
      to: 'administrator',
      request: `Your entry for us says ${aeTitle}; our AE title is {ae}, in exactly this spelling. Please change it.`,
    },
  };
}
