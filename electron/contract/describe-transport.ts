import type { Failure, TlsCause } from './failure.ts';
import type { Description } from './failure-words.ts';

export function describeConnect(failure: Extract<Failure, { step: 'connect' }>): Description {
  const place = `${failure.host}, port ${failure.port}`;
  switch (failure.cause) {
    case 'refused':
      return {
        title: `Nothing listens at ${place}.`,
        explanation: 'The computer is there, but it refused the connection at this port.',
        suggestion:
          'Check the port number, and ask the administrator of {server} whether its DICOM service is running.',
      };
    case 'unreachable':
      return {
        title: `There is no way to ${place}.`,
        explanation: 'The network says that this computer can’t be reached from here.',
        suggestion: 'Check the address and that this computer is on the right network (cable, VPN).',
      };
    case 'timed-out':
      return {
        title: `Nobody answers at ${place}.`,
        explanation:
          'No answer came in time: the computer is off, or a firewall in between swallows the connection.',
        suggestion:
          'Check the address. If it is right, ask the network’s administrator to open this port from here to {server}.',
      };
  }
}

export function describeTls(failure: Extract<Failure, { step: 'tls' }>): Description {
  const detail = failure.detail === '' ? '' : ` (${failure.detail})`;
  const { title, explanation, suggestion } = tlsWords[failure.cause];
  return { title, explanation: `${explanation}${detail}`, suggestion };
}

/** What each cause means. */
const tlsWords: Readonly<Record<TlsCause, Description>> = {
  'unknown-ca': {
    title: 'The certificate of {server} comes from an authority this computer does not know.',
    explanation: 'So it can’t be checked that this is the right server.',
    suggestion:
      'Ask the administrator of this computer to trust the authority that signed it, or untick “Verify server certificate” if you know the network to be safe.',
  },
  'self-signed': {
    title: 'The certificate of {server} is signed by nobody but itself.',
    explanation: 'So it can’t be checked that this is the right server.',
    suggestion:
      'Ask the administrator of {server} for a certificate of an authority, or untick “Verify server certificate” if you know the network to be safe.',
  },
  expired: {
    title: 'The certificate of {server} has expired.',
    explanation: 'Its last valid day is over.',
    suggestion:
      'Ask the administrator of {server} to renew it, and check that the clock of this computer is right.',
  },
  'not-yet-valid': {
    title: 'The certificate of {server} is not valid yet.',
    explanation: 'Its first valid day is still to come.',
    suggestion: 'Check the clock of this computer. If it is right, ask the administrator of {server}.',
  },
  revoked: {
    title: 'The certificate of {server} has been revoked.',
    explanation: 'Its authority says that it must no longer be trusted.',
    suggestion: 'Ask the administrator of {server} for a new certificate, and why the old one was revoked.',
  },
  'wrong-usage': {
    title: 'The certificate of {server} is not meant for a server.',
    explanation: 'It lists what it may be used for, and proving who a server is isn’t among it.',
    suggestion: 'Ask the administrator of {server} for a certificate with the usage “server authentication”.',
  },
  'wrong-name': {
    title: 'The certificate of {server} is made out to another name.',
    explanation: 'It does not carry the address or domain name that is entered here.',
    suggestion:
      'Enter the domain name that the certificate carries, or ask the administrator of {server} for one with this address.',
  },
  'pin-mismatch': {
    title: 'The certificate of {server} has changed.',
    explanation: 'It is not the one that was pinned here, and nothing was sent.',
    suggestion:
      'Ask the administrator of {server} whether the certificate was renewed, compare the fingerprint, and pin the new one only then.',
  },
  'client-certificate-required': {
    title: '{server} asks for a certificate of this viewer.',
    explanation: 'It accepts only connections that prove who they are (mutual TLS), and was shown nothing.',
    suggestion:
      'Give {server} a certificate of yours to be shown, or ask its administrator for a port with TLS that needs none.',
  },
  'certificate-refused': {
    title: '{server} does not accept the certificate of this viewer.',
    explanation: 'It was shown, and {server} turned it down.',
    suggestion:
      'Ask the administrator of {server} to trust the authority that signed your certificate, and check that it has not expired.',
  },
  protocol: {
    title: '{server} and this viewer have no TLS version in common.',
    explanation: 'This viewer speaks TLS 1.2 and 1.3.',
    suggestion: 'Ask the administrator of {server} to allow TLS 1.2 or newer.',
  },
  cipher: {
    title: '{server} and this viewer have no encryption in common.',
    explanation:
      'This viewer uses the suites of BCP 195 only: ECDHE with AES-GCM, no CBC, no RSA key exchange, nothing unencrypted.',
    suggestion: 'Ask the administrator of {server} to allow the TLS profile BCP 195 (DICOM PS3.15).',
  },
  'plain-peer': {
    title: '{server} does not speak TLS at this port.',
    explanation: 'It answered the TLS greeting with something else, so it probably expects plain DICOM here.',
    suggestion: 'Untick “TLS / secured server” for {server}, or ask its administrator for the port with TLS.',
  },
  closed: {
    title: '{server} hung up during the TLS greeting.',
    explanation: 'It may expect plain DICOM at this port, or want another kind of TLS.',
    suggestion:
      'Untick “TLS / secured server” if {server} expects plain DICOM at this port, or ask its administrator for the port with TLS.',
  },
  'timed-out': {
    title: '{server} did not answer the TLS greeting.',
    explanation:
      'The connection was made, but nothing came back in time. It may expect plain DICOM at this port.',
    suggestion: 'Check whether {server} expects TLS at this port, and that its DICOM service is running.',
  },
  handshake: {
    title: 'No secure connection to {server} could be made.',
    explanation: 'The TLS greeting failed.',
    suggestion: 'Give the administrator of {server} the text in brackets.',
  },
};
