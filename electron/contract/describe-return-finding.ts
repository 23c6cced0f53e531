import type { FindingOf, FindingWords } from './finding-words.ts';

export type ReturnFinding = FindingOf<
  | 'not-delivered'
  | 'delivered-elsewhere'
  | 'came-to-other-port'
  | 'called-other-ae-title'
  | 'turned-away'
  | 'came-without-image'
>;

/** Why the one image of a test did not come. */
export function describeReturnFinding(finding: ReturnFinding): FindingWords {
  switch (finding.kind) {
    case 'not-delivered':
      return notDelivered(finding);
    case 'delivered-elsewhere':
      return deliveredElsewhere();
    case 'came-to-other-port':
      return cameToOtherPort(finding);
    case 'called-other-ae-title':
      return calledOtherAeTitle(finding);
    case 'turned-away':
      return turnedAway(finding);
    case 'came-without-image':
      return cameWithoutImage(finding);
  }
}

function notDelivered(finding: FindingOf<'not-delivered'>): FindingWords {
  return {
    cause: '{server} could not bring the image here.',
    explanation: `${howFar(finding)} Nothing knocked at this computer meanwhile: its table has no entry for {ae} or one with a wrong address or port, or a firewall is in between.`,
    owner: 'administrator',
    action:
      'Have the administrator of {server} compare its entry for {ae} with your address and listen port, and the firewalls on the way here opened.',
    message: {
      to: 'administrator',
      request: `Your C-MOVE to {ae} can’t reach us${statusWords(finding.status)}. Please check that your entry for {ae} has exactly the address and port below, and that a connection from your server to it is possible.`,
    },
  };
}

function deliveredElsewhere(): FindingWords {
  return {
    cause: '{server} says that it delivered the image, and it did not come here.',
    explanation:
      'Its table has another computer under {ae}: an old address of this one, or somebody else with the same AE title.',
    owner: 'administrator',
    action:
      'Have the administrator of {server} put your address into its entry for {ae}, or get an AE title of your own.',
    message: {
      to: 'administrator',
      request:
        'Your C-MOVE to {ae} reports success, but the image went to another computer. Please correct the address in your entry for {ae}; if another workstation uses this AE title, tell us.',
    },
  };
}

function turnedAway({ remoteAddress, cause }: FindingOf<'turned-away'>): FindingWords {
  const who = remoteAddress === '' ? 'Somebody' : remoteAddress;
  const entry = 'its entry for {ae}';
  if (cause === 'plain-peer') {
    return {
      cause: '{server} comes in plain DICOM, and this viewer takes TLS only.',
      explanation: `${who} knocked meanwhile, spoke no TLS, and was refused.`,
      owner: 'administrator',
      action: `Have the administrator of {server} turn TLS on in ${entry}. Or turn “Listen with TLS” off in Settings.`,
      message: {
        to: 'administrator',
        request:
          'Your C-MOVE to {ae} reaches us in plain DICOM, and we take TLS only. Please turn TLS on in your entry for {ae}.',
      },
    };
  }
  if (cause === 'tls-peer') {
    return {
      cause: '{server} comes in TLS, and this viewer takes plain DICOM only.',
      explanation: `${who} knocked meanwhile with a TLS greeting, and was refused.`,
      owner: 'you',
      action: `Turn “Listen with TLS” on in Settings. Or have the administrator of {server} turn TLS off in ${entry}.`,
    };
  }
  return {
    cause: '{server} and this viewer could not agree on TLS.',
    explanation: `${who} knocked meanwhile, and the TLS handshake ended before any DICOM (${cause}).`,
    owner: 'administrator',
    action:
      'Have the administrator of {server} trust the certificate that this viewer shows, and allow TLS 1.2 or 1.3.',
    message: {
      to: 'administrator',
      request: `Your C-MOVE to {ae} reaches us, and its TLS handshake fails (${cause}). Please trust our certificate and allow TLS 1.2 or 1.3.`,
    },
  };
}

function cameToOtherPort(finding: FindingOf<'came-to-other-port'>): FindingWords {
  const { port, expected, remoteAddress } = finding;
  const ours = expected.join(' or ');
  return {
    cause: `{server} sends to port ${port} of this computer, not to ${ours}.`,
    explanation: `It called from ${remoteAddress} while this test also looked at other usual ports. In daily work nobody listens there.`,
    owner: 'administrator',
    action: `Have the administrator of {server} change the port of {ae} from ${port} to ${expected[0] ?? ours}, or listen at ${port}.`,
    message: {
      to: 'administrator',
      request: `Your entry for {ae} has port ${port}. Please change it to ${expected[0] ?? ours}.`,
    },
  };
}

function calledOtherAeTitle(finding: FindingOf<'called-other-ae-title'>): FindingWords {
  const { calledAeTitle, remoteAddress, port } = finding;
  return {
    cause: `{server} calls this viewer “${calledAeTitle}”, and it is {ae}.`,
    explanation: `It called from ${remoteAddress} at port ${port}, and was refused: this viewer answers to its own AE title only.`,
    owner: 'administrator',
    action: `Have the administrator of {server} change ${calledAeTitle} to {ae} in its entry for this computer.`,
    message: {
      to: 'administrator',
      request: `Your server calls us ${calledAeTitle}. Our AE title is {ae}, in exactly this spelling. Please correct your entry.`,
    },
  };
}

function cameWithoutImage(finding: FindingOf<'came-without-image'>): FindingWords {
  const { callingAeTitle, remoteAddress, port } = finding;
  return {
    cause: '{server} came here, but not its image.',
    explanation: `${callingAeTitle} called from ${remoteAddress} at port ${port} and was let in; the object did not follow. It may have offered it in no encoding that both know.`,
    owner: 'administrator',
    action: 'Ask the administrator of {server} for the log of this C-MOVE.',
    message: {
      to: 'administrator',
      request:
        'Your C-MOVE to {ae} opens the association to us, but the C-STORE does not follow. What does your log say?',
    },
  };
}

function howFar({ status, failed }: FindingOf<'not-delivered'>): string {
  if (status === null) return 'It took the order and came to no end.';
  if (status !== 0) return `It took the order and failed${statusWords(status)}.`;
  return failed > 0 ? 'It took the order and counts it as failed.' : 'It took the order, and sent nothing.';
}

/** As the standard writes it: A702H. */
function statusWords(status: number | null): string {
  if (status === null || status === 0) return '';
  return ` (status ${status.toString(16).toUpperCase().padStart(4, '0')}H)`;
}
