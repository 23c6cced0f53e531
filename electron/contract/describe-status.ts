import type { DimseCommand, Failure } from './failure.ts';
import type { Description } from './failure-words.ts';
import { generalStatusWords } from './general-status-words.ts';
import { printStatusWords } from './print-status-words.ts';
import { serviceStatusWords } from './service-status-words.ts';

type StatusFailure = Extract<Failure, { step: 'respond'; cause: 'status' }>;

/** A status of a response in words, with Error Comment and Offending Element where the server sent them. */
export function describeStatus(failure: StatusFailure): Description {
  const words = [...serviceStatusWords, ...printStatusWords, ...generalStatusWords].find(
    ({ commands, from, to }) =>
      from <= failure.status &&
      failure.status <= to &&
      (commands === 'any' || commands.includes(failure.command)),
  );
  const { meaning, explanation, suggestion } = words ?? unknownStatus;
  return {
    title: `{server} ${couldNot[failure.command]}: ${meaning}.`,
    explanation: [
      `${explanation} (Status ${hexadecimal(failure.status)}.)`,
      ...(failure.comment ? [`It says: “${failure.comment}”.`] : []),
      ...(failure.offendingElements.length > 0
        ? [`Offending: ${failure.offendingElements.map(tagInWriting).join(', ')}.`]
        : []),
    ].join(' '),
    suggestion,
  };
}

const couldNot: Readonly<Record<DimseCommand, string>> = {
  'C-ECHO': 'did not confirm the echo',
  'C-FIND': 'could not answer the query',
  'C-MOVE': 'could not send the study',
  'C-GET': 'could not send the study',
  'C-STORE': 'did not store the object',
  'N-EVENT-REPORT': 'did not take the report',
  'N-GET': 'did not tell what was asked',
  'N-SET': 'did not take over the values',
  'N-ACTION': 'did not do what was asked',
  'N-CREATE': 'did not set up what was asked',
  'N-DELETE': 'did not remove what was asked',
};

const unknownStatus = {
  meaning: 'with a status the standard does not define',
  explanation: 'What the number means is known only to the maker of the server.',
  suggestion:
    'Give the status to the administrator of {server}; the conformance statement of its software explains it.',
} as const;

/** As the standard writes it: A801H. */
function hexadecimal(status: number): string {
  return `${status.toString(16).toUpperCase().padStart(4, '0')}H`;
}

function tagInWriting(tag: string): string {
  return /^[0-9A-Fa-f]{8}$/.test(tag) ? `(${tag.slice(0, 4)},${tag.slice(4)})` : tag;
}
