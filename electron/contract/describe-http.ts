import type { Failure, HttpCause } from './failure.ts';
import type { Description } from './failure-words.ts';

/** What went wrong with a DICOMweb service (PS3.18). */
export function describeHttp(failure: Extract<Failure, { step: 'http' }>): Description {
  const { title, explanation, suggestion } = httpWords[failure.cause];
  const facts = [failure.service, failure.status === null ? '' : `HTTP ${failure.status}`, failure.detail];
  return { title, explanation: `${explanation} (${facts.filter(Boolean).join(', ')})`, suggestion };
}

/** What each cause means. */
const httpWords: Readonly<Record<HttpCause, Description>> = {
  'credentials-missing': {
    title: 'The password or token for {server} is missing.',
    explanation: 'None is kept here for it, so nothing was asked.',
    suggestion: 'Enter it again for {server}.',
  },
  'bad-request': {
    title: '{server} did not understand the request.',
    explanation: 'It calls the request faulty.',
    suggestion:
      'Search with fewer criteria. If that does not help, give its administrator the text in brackets.',
  },
  unauthorized: {
    title: '{server} wants to know who is asking.',
    explanation: 'The user name with its password, or the token, was missing, wrong or has run out.',
    suggestion: 'Check authentication, user name and password or token of {server}.',
  },
  forbidden: {
    title: '{server} does not allow this.',
    explanation: 'It knows who is asking, and that is not enough for what was asked.',
    suggestion: 'Ask the administrator of {server} for the right to search and read.',
  },
  'not-found': {
    title: '{server} has nothing at this web address.',
    explanation: 'What was asked for is not there, or the address of the service is another one.',
    suggestion:
      'Check the web address and the service’s path. If they are right, search again: the study may be gone.',
  },
  'not-allowed': {
    title: '{server} does not offer this service at this web address.',
    explanation: 'It answers there, but not to this kind of request.',
    suggestion:
      'Check the path of the service, or ask the administrator of {server} whether it is switched on.',
  },
  'not-acceptable': {
    title: '{server} can’t answer in a form that this viewer reads.',
    explanation: 'It has no DICOM or DICOM JSON for what was asked.',
    suggestion:
      'Ask the administrator of {server} whether it offers application/dicom and application/dicom+json.',
  },
  busy: {
    title: '{server} has too much to do.',
    explanation: 'It asks to be left alone for a while.',
    suggestion: 'Try again in a few minutes.',
  },
  'server-error': {
    title: '{server} failed while it worked on this.',
    explanation: 'It reports a fault of its own.',
    suggestion: 'Try again. If it happens again, give its administrator the text in brackets and the time.',
  },
  'not-supported': {
    title: '{server} does not support this.',
    explanation: 'It knows the request, and does not serve it.',
    suggestion: 'Ask the administrator of {server} which DICOMweb services it has.',
  },
  redirected: {
    title: '{server} sends on to another place.',
    explanation:
      'It was not followed: who we are and what we ask for goes only to the address that is entered here.',
    suggestion: 'If the administrator of {server} confirms the new address, enter it.',
  },
  'unexpected-status': {
    title: '{server} gave an answer that is not foreseen.',
    explanation: 'It is none of the answers that DICOMweb has.',
    suggestion: 'Check the web address. If it is right, give its administrator the text in brackets.',
  },
  'not-http': {
    title: '{server} does not speak HTTP at this port.',
    explanation: 'Another kind of service is there.',
    suggestion: 'Check the port in the web address: DICOM’s own ports (104, 11112) are no web ports.',
  },
  'not-dicomweb': {
    title: 'There is no DICOMweb service at this web address.',
    explanation: 'It answers with something else, such as a page for people.',
    suggestion: 'Check the path in the web address, for example /dicom-web or /rs.',
  },
  malformed: {
    title: '{server} sent an answer that can’t be read.',
    explanation: 'It is not the DICOM JSON or multipart that it says it is.',
    suggestion: 'Give the administrator of {server} the text in brackets.',
  },
  'too-large': {
    title: '{server} sent more than this viewer takes.',
    explanation: 'A part of the answer is beyond its limit.',
    suggestion:
      'Search for less at once. If this was one object, ask the administrator of {server} about it.',
  },
  interrupted: {
    title: 'The answer of {server} broke off.',
    explanation: 'It ended before it was whole; what was complete is kept.',
    suggestion: 'Retrieve again to get the rest.',
  },
  'timed-out': {
    title: '{server} stopped answering.',
    explanation: 'The request was taken, but then nothing more came.',
    suggestion:
      'Try again. If it happens again, ask its administrator whether its web service is overloaded.',
  },
};
