import {
  describeAbort,
  describeBrokenAssociation,
  describeNegotiation,
  describeRejection,
} from './describe-association.ts';
import { describeBlocked } from './describe-blocked.ts';
import { describeFile, describeListen, describeStorage } from './describe-local.ts';
import { describeStatus } from './describe-status.ts';
import { describeCertificateFailure } from './describe-certificate-failure.ts';
import { describeHttp } from './describe-http.ts';
import { describeConnect, describeTls } from './describe-transport.ts';
import type { Failure } from './failure.ts';
import { naming, type Description, type Parties } from './failure-words.ts';

export type { Description, Parties } from './failure-words.ts';

/** Puts a failure into words. A step or cause without words doesn't compile. */
export function describeFailure(failure: Failure, who: Parties): Description {
  return naming(wordsFor(failure), who);
}

/** The sentences, with `{server}` and `{ae}` where the names belong. */
function wordsFor(failure: Failure): Description {
  switch (failure.step) {
    case 'resolve':
      return {
        title: `The name ${failure.host} is not known.`,
        explanation: 'This computer could not find an address for it (name lookup).',
        suggestion:
          'Check the domain name for typing mistakes and that this computer is on the right network, or enter the IP address of {server} instead.',
      };
    case 'connect':
      return describeConnect(failure);
    case 'tls':
      return describeTls(failure);
    case 'certificate':
      return describeCertificateFailure(failure);
    case 'associate':
      return associateWords(failure);
    case 'negotiate':
      return describeNegotiation(failure);
    case 'respond':
      return failure.cause === 'status' ? describeStatus(failure) : describeBrokenAssociation(failure.cause);
    case 'http':
      return describeHttp(failure);
    case 'listen':
      return describeListen(failure);
    case 'storage':
      return describeStorage(failure);
    case 'file':
      return describeFile(failure);
    case 'policy':
    case 'blocked':
      return describeBlocked(failure);
    case 'arrive':
    case 'input':
    case 'managed':
    case 'cancelled':
    case 'internal':
      return outcomeWords(failure);
  }
}

function associateWords(failure: Extract<Failure, { step: 'associate' }>): Description {
  switch (failure.cause) {
    case 'rejected':
      return describeRejection(failure);
    case 'aborted':
      return describeAbort(failure);
    case 'closed':
      return {
        title: '{server} hung up before it answered.',
        explanation: 'The connection was made, then closed without an answer to the association request.',
        suggestion:
          'Check the port number, and whether {server} expects TLS. If both are right, ask its administrator whether it accepts connections from this computer.',
      };
    case 'timed-out':
      return {
        title: '{server} did not answer the association request.',
        explanation:
          'The connection was made, but nothing came back in time. Another kind of service may be at this port.',
        suggestion:
          'Check the port number. If it is right, ask the administrator of {server} whether its DICOM service is running.',
      };
    case 'malformed':
      return {
        title: '{server} answered with something that is not DICOM.',
        explanation: 'Another kind of service is at this port.',
        suggestion:
          'Check the port number: DICOM is usually at 104, 11112 or 4242, not at a web port such as 80 or 8042.',
      };
    case 'tls-peer':
      return {
        title: '{server} expects TLS at this port.',
        explanation: 'It answered the plain association request with a TLS record.',
        suggestion:
          'Tick “TLS / secured server” for {server}, or ask its administrator for the port without TLS.',
      };
    case 'maximum-length':
      return {
        title: `{server} takes only ${failure.maximumLengthBytes} bytes at a time, which is too few to work with.`,
        explanation: `It announced a Maximum Length (PDU size) of ${failure.maximumLengthBytes} bytes; at least 1,024 are needed here.`,
        suggestion: 'Ask the administrator of {server} to raise its maximum PDU length; 16,384 is common.',
      };
  }
}

type Outcome = Extract<Failure, { step: 'arrive' | 'input' | 'managed' | 'cancelled' | 'internal' }>;

function outcomeWords(failure: Outcome): Description {
  switch (failure.step) {
    case 'arrive':
      return {
        title: `${failure.arrived} of ${failure.expected} images arrived.`,
        explanation: '{server} said that it was done, but not everything it was asked for came here.',
        suggestion:
          'Retrieve again to get the rest. If the same ones stay away, ask the administrator of {server} to look for the failed sub-operations.',
      };
    case 'input':
      return {
        title: inputTitle(failure),
        explanation: `This is about: ${failure.field || 'the request'}.`,
        suggestion: null,
      };
    case 'managed':
      return {
        title: 'This is set by the administrator and can’t be changed here.',
        explanation: `It comes from ${failure.file}, line ${failure.line}.`,
        suggestion: 'Ask the administrator of this computer to change that line.',
      };
    case 'cancelled':
      return { title: 'Cancelled.', explanation: 'It was stopped before it was finished.', suggestion: null };
    case 'internal':
      return {
        title: `Something went wrong inside this program (incident ${failure.incident}).`,
        explanation:
          'This is a mistake in the program, not in what you did. The log has the details under the incident number.',
        suggestion: 'Try again. If it happens again, send the log and the incident number to support.',
      };
  }
}

/** A problem is a sentence, or the part of one that says what is wrong with the field. */
function inputTitle({ field, problem }: Extract<Failure, { step: 'input' }>): string {
  if (field === '' || /^\p{Lu}/u.test(problem)) return problem;
  return `${field} ${problem}${problem.endsWith('.') ? '' : '.'}`;
}
