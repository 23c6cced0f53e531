import type { TestFault } from './connection-test.ts';
import { describeFailure } from './describe-failure.ts';
import { describeFinding } from './describe-finding.ts';
import type { Failure, TlsCause } from './failure.ts';
import { letter, namingParties, type Advice, type Owner, type TestParties } from './test-parties.ts';

/** What failed in words: the cause, who must act, what to do, and the sentence for somebody else. */
export function adviseOn({ failure, findings }: TestFault, parties: TestParties): Advice {
  const { title, explanation, suggestion } = describeFailure(failure, parties);
  const [finding] = findings;
  if (finding !== undefined) {
    const found = describeFinding(finding, parties);
    return { ...found, explanation: `${found.explanation} ${title} ${explanation}` };
  }
  const { owner, to, request } = requestFor(failure);
  const named = request === null ? null : namingParties(request, parties);
  return {
    cause: title,
    explanation,
    owner,
    action: suggestion ?? 'There is nothing to do.',
    message: named === null ? null : { to, text: letter(`${named} (${title} ${explanation})`, parties) },
  };
}

interface Request {
  readonly owner: Owner;
  readonly to: 'network' | 'administrator';
  readonly request: string | null;
}

const ourOwn: Request = { owner: 'you', to: 'network', request: null };

function administrator(request: string): Request {
  return { owner: 'administrator', to: 'administrator', request };
}

function yours(request: string, to: 'network' | 'administrator' = 'administrator'): Request {
  return { owner: 'you', to, request };
}

function requestFor(failure: Failure): Request {
  switch (failure.step) {
    case 'resolve':
      return yours('The name {host} can’t be resolved from {us}. Please check its DNS entry.', 'network');
    case 'connect':
      return connectRequests[failure.cause];
    case 'tls':
      return tlsRequest(failure.cause);
    case 'associate':
      return associateRequest(failure);
    case 'negotiate':
    case 'respond':
    case 'arrive':
      return administrator('Please look into your log for our request, and allow it for {ae}.');
    case 'http':
      return yoursToMend.includes(failure.cause)
        ? yours('Which web address and which user are for DICOMweb?')
        : administrator('Please look into the log of your DICOMweb service for our request.');
    case 'listen':
    case 'certificate':
    case 'storage':
    case 'file':
    case 'input':
    case 'managed':
    case 'policy':
    case 'blocked':
    case 'cancelled':
    case 'internal':
      return ourOwn;
  }
}

const yoursToMend: readonly string[] = [
  'credentials-missing',
  'unauthorized',
  'not-http',
  'not-dicomweb',
  'not-found',
];

const connectRequests: Readonly<Record<Extract<Failure, { step: 'connect' }>['cause'], Request>> = {
  refused: administrator(
    'Nothing accepts connections at {place}. Is your DICOM service running, and is this its port?',
  ),
  unreachable: {
    owner: 'network',
    to: 'network',
    request: 'There is no route from {us} to {place}. Please make one.',
  },
  'timed-out': {
    owner: 'network',
    to: 'network',
    request:
      'Please open TCP connections from {us} to {place}. They get no answer, not even a refusal, as when a firewall drops them.',
  },
};

function tlsRequest(cause: TlsCause): Request {
  switch (cause) {
    case 'unknown-ca':
    case 'self-signed':
      return administrator('Please send us the certificate of the authority that signed yours.');
    case 'expired':
    case 'not-yet-valid':
    case 'revoked':
    case 'wrong-usage':
      return administrator('The TLS certificate at {place} is not good. Please renew it.');
    case 'wrong-name':
      return administrator(
        'The TLS certificate at {place} is made out to another name. Please tell us the name to call, or renew it for {host}.',
      );
    case 'pin-mismatch':
      return administrator(
        'The TLS certificate at {place} is another one than before. Did you replace it? Please tell us its SHA-256 fingerprint.',
      );
    case 'client-certificate-required':
      return yours('Your port asks for a client certificate. Who issues one for {ae}?');
    case 'certificate-refused':
      return administrator('Please trust the authority that signed our client certificate.');
    case 'protocol':
    case 'cipher':
      return administrator(
        'Please allow TLS 1.2 or 1.3 with the suites of BCP 195 (DICOM PS3.15) at {place}.',
      );
    case 'plain-peer':
      return yours('Which port is for DICOM over TLS?');
    case 'closed':
    case 'timed-out':
    case 'handshake':
      return administrator('Our TLS greeting to {place} fails. Is this port for DICOM over TLS?');
  }
}

function associateRequest(failure: Extract<Failure, { step: 'associate' }>): Request {
  switch (failure.cause) {
    case 'rejected':
      return rejectedRequest(failure);
    case 'aborted':
      return administrator('Your server aborts our association request. What does its log say?');
    case 'closed':
      return administrator(
        'Your server closes the connection on our association request. What does its log say?',
      );
    case 'timed-out':
      return administrator('The port accepts connections but never answers. Is your DICOM service stuck?');
    case 'malformed':
      return yours('What answers at {place} does not speak DICOM. Which port is for DICOM?');
    case 'tls-peer':
      return yours('Which port is without TLS, if any?');
    case 'maximum-length':
      return administrator('Your server announces a maximum PDU length that is too short. Please raise it.');
  }
}

/** PS3.8 Table 9-21. */
function rejectedRequest({
  source,
  reason,
}: Extract<Failure, { step: 'associate'; cause: 'rejected' }>): Request {
  if (source === 1 && reason === 7) return yours('Which AE title does your server go by, letter for letter?');
  if (source === 1 && reason === 3) {
    return administrator(
      'Please add {ae}, in exactly this spelling, to the AE titles that your server knows.',
    );
  }
  if (source === 3) {
    return administrator('Your server is too busy or has no association left for us. Please allow more.');
  }
  return administrator('Your server rejects our association. What does its log say?');
}
