import type { CertificateCause, Failure } from './failure.ts';
import type { Description } from './failure-words.ts';

export function describeCertificateFailure(failure: Extract<Failure, { step: 'certificate' }>): Description {
  const detail = failure.detail === '' ? '' : ` (${failure.detail})`;
  const { title, explanation, suggestion } = certificateWords[failure.cause];
  return { title, explanation: `${explanation}${detail}`, suggestion };
}

/** What each cause means. */
const certificateWords: Readonly<Record<CertificateCause, Description>> = {
  unreadable: {
    title: 'This file holds no certificate or key that can be read.',
    explanation: 'It is neither PEM nor PKCS#12 (.p12, .pfx), or it is damaged.',
    suggestion: 'Ask whoever gave you the file for a new copy.',
  },
  'no-certificate': {
    title: 'There is no certificate in this file.',
    explanation: 'It can be read, but a certificate isn’t in it.',
    suggestion:
      'Choose the file with the certificate, or ask for one that holds certificate and key together.',
  },
  'no-private-key': {
    title: 'The private key is missing.',
    explanation: 'The file holds a certificate only; without its key nobody can prove to be its owner.',
    suggestion: 'Ask whoever gave you the certificate for a file with the private key (.p12, .pfx).',
  },
  'password-needed': {
    title: 'The private key is locked with a password.',
    explanation: 'None was given.',
    suggestion: 'Enter the password that came with the file.',
  },
  'wrong-password': {
    title: 'The password does not open this file.',
    explanation: 'The private key stays locked.',
    suggestion: 'Enter the password that came with the file; mind capitals.',
  },
  'unsupported-encryption': {
    title: 'The private key is locked in a way this viewer does not know.',
    explanation: 'The kind of encryption of the file is too old or too rare.',
    suggestion: 'Ask whoever gave you the file to export it again with AES-256.',
  },
  'key-mismatch': {
    title: 'The private key does not belong to the certificate.',
    explanation: 'They are two halves of different pairs.',
    suggestion: 'Choose the key that was made together with this certificate.',
  },
  expired: {
    title: 'Your certificate has expired.',
    explanation: 'Its last valid day is over, so servers will refuse it.',
    suggestion: 'Ask whoever issued it for a new one, and check that the clock of this computer is right.',
  },
  'not-yet-valid': {
    title: 'Your certificate is not valid yet.',
    explanation: 'Its first valid day is still to come.',
    suggestion: 'Check the clock of this computer. If it is right, ask whoever issued the certificate.',
  },
  'wrong-usage': {
    title: 'Your certificate is not meant for this use.',
    explanation: 'It lists what it may be used for, and this isn’t among it.',
    suggestion:
      'Ask for one with the usage “client authentication” to connect, or “server authentication” to be connected to.',
  },
  unknown: {
    title: 'The certificate chosen for {server} is not here.',
    explanation: 'It was removed, or these settings come from another computer.',
    suggestion: 'Choose another certificate for {server}, or import this one again.',
  },
  'key-not-kept': {
    title: 'The private key of your certificate must be given again.',
    explanation:
      'This system has no keyring that could keep it safe, so it was held in memory only and is gone since the last quit.',
    suggestion: 'Import the file with the certificate and its key again for this session.',
  },
  'key-locked': {
    title: 'The private key of your certificate can’t be unlocked.',
    explanation: 'The keyring of this system that locked it away has changed, or belongs to another user.',
    suggestion: 'Import the file with the certificate and its key again.',
  },
  'in-use': {
    title: 'This certificate is still in use.',
    explanation: 'Servers, or the listener of this viewer, refer to it.',
    suggestion: 'Choose another certificate for them first.',
  },
};
