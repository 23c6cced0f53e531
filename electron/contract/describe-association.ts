import type { Failure } from './failure.ts';
import type { Description } from './failure-words.ts';
import { objectName, transferSyntaxName } from './uid-names.ts';

interface Rejection {
  readonly meaning: string;
  readonly explanation: string;
  readonly suggestion: string;
}

/** PS3.8 Table 9-21: source, then reason of an A-ASSOCIATE-RJ. Absent: reserved. */
const rejections: Readonly<Record<number, Readonly<Record<number, Rejection>>>> = {
  1: {
    1: {
      meaning: 'no reason given',
      explanation: 'It said no without saying why.',
      suggestion:
        'Ask the administrator of {server} whether it allows the AE title {ae} from this computer’s address; its log usually has the reason.',
    },
    2: {
      meaning: 'application context name not supported',
      explanation: 'It does not take part in the DICOM application context that every DICOM program uses.',
      suggestion:
        'Check the port number. If it is right, ask the administrator of {server} which software answers there.',
    },
    3: {
      meaning: 'calling AE title not recognised',
      explanation: 'It does not know this viewer, which calls itself {ae}.',
      suggestion:
        'Ask the administrator of {server} to add AE title {ae} with this computer’s address and listen port, in exactly this spelling.',
    },
    7: {
      meaning: 'called AE title not recognised',
      explanation: 'It does not go by the AE title that is entered for it here.',
      suggestion:
        'Check the AE title of {server}, upper and lower case included, against what its administrator gave you.',
    },
  },
  2: {
    1: {
      meaning: 'no reason given by its association service',
      explanation: 'The part of it that makes associations said no without saying why.',
      suggestion: 'Try again. If it stays so, ask the administrator of {server} to look into its log.',
    },
    2: {
      meaning: 'protocol version not supported',
      explanation: 'It does not speak version 1 of the DICOM upper layer protocol.',
      suggestion:
        'Check the port number. If it is right, ask the administrator of {server} which software answers there.',
    },
  },
  3: {
    1: {
      meaning: 'temporary congestion',
      explanation: 'It is too busy at the moment.',
      suggestion: 'Try again in a minute. If it happens often, tell the administrator of {server}.',
    },
    2: {
      meaning: 'local limit exceeded',
      explanation: 'It has as many associations open as it allows.',
      suggestion:
        'Try again when other work with {server} has ended, or ask its administrator to allow more associations.',
    },
  },
};

const reservedRejection: Rejection = {
  meaning: 'for a reason the standard does not define',
  explanation: 'The numbers it gave have no meaning in the standard.',
  suggestion: 'Ask the administrator of {server} to look into its log, and give these numbers.',
};

export function describeRejection(
  failure: Extract<Failure, { step: 'associate'; cause: 'rejected' }>,
): Description {
  const { result, source, reason } = failure;
  const rejection = entryOf(entryOf(rejections, source), reason) ?? reservedRejection;
  const lasting = result === 2 ? ' It calls this temporary.' : '';
  return {
    title: `{server} refused the association: ${rejection.meaning}.`,
    explanation: `${rejection.explanation}${lasting} (Result ${result}, source ${source}, reason ${reason}.)`,
    suggestion: rejection.suggestion,
  };
}

/** PS3.8 Table 9-26: reasons of an A-ABORT whose source is the service provider (2). Absent: reserved. */
const abortReasons: Readonly<Record<number, string>> = {
  0: 'It gave no reason.',
  1: 'It received a PDU it does not know.',
  2: 'It received a PDU it did not expect at this point.',
  4: 'It received a PDU with a parameter it does not know.',
  5: 'It received a PDU with a parameter it did not expect.',
  6: 'It received a PDU with a parameter whose value it finds invalid.',
};

export function describeAbort(
  failure: Extract<Failure, { step: 'associate'; cause: 'aborted' }>,
): Description {
  const { source, reason } = failure;
  return {
    title: '{server} broke off while the association was being made.',
    explanation: `${abortExplanation(source, reason)} (A-ABORT, source ${source}, reason ${reason}.)`,
    suggestion:
      source === 0
        ? 'Check both AE titles and whether {server} expects TLS, then ask its administrator to look into its log.'
        : 'Ask the administrator of {server} to look into its log, and give these numbers.',
  };
}

function abortExplanation(source: number, reason: number): string {
  switch (source) {
    case 0:
      // The reason is not significant when the application aborts (PS3.8 §9.3.8).
      return 'The application there ended the association.';
    case 2:
      return entryOf(abortReasons, reason) ?? 'It gave a reason the standard does not define.';
    default:
      return 'It gave a source the standard does not define.';
  }
}

/** Named where a person meets them; others go by their UID. */
const serviceNames: Readonly<Record<string, string>> = {
  '1.2.840.10008.1.1': 'the echo service (Verification)',
  '1.2.840.10008.1.20.1': 'storage commitment',
  '1.2.840.10008.5.1.1.9': 'printing (Basic Grayscale Print)',
  '1.2.840.10008.5.1.4.1.2.1.1': 'queries (Patient Root FIND)',
  '1.2.840.10008.5.1.4.1.2.1.2': 'retrieves by C-MOVE (Patient Root MOVE)',
  '1.2.840.10008.5.1.4.1.2.1.3': 'retrieves by C-GET (Patient Root GET)',
  '1.2.840.10008.5.1.4.1.2.2.1': 'queries (Study Root FIND)',
  '1.2.840.10008.5.1.4.1.2.2.2': 'retrieves by C-MOVE (Study Root MOVE)',
  '1.2.840.10008.5.1.4.1.2.2.3': 'retrieves by C-GET (Study Root GET)',
  '1.2.840.10008.5.1.4.31': 'worklists (Modality Worklist)',
};

interface Negotiation {
  readonly explanation: string;
  readonly suggestion: string;
}

const unanswered: Negotiation = {
  explanation: 'It did not say whether it accepts this kind of object or service.',
  suggestion: 'Ask the administrator of {server} whether it offers this to AE title {ae}.',
};

/** PS3.8 Table 9-18: result of a presentation context; 0, acceptance, stands for one left unanswered. */
const contextResults: Readonly<Record<number, Negotiation>> = {
  0: unanswered,
  1: {
    explanation: 'The application there rejected it.',
    suggestion: 'Ask the administrator of {server} whether AE title {ae} is allowed this.',
  },
  2: {
    explanation: 'Its association service rejected it without a reason.',
    suggestion: 'Ask the administrator of {server} to look into its log.',
  },
  3: {
    explanation: 'It does not support this kind of object or service (abstract syntax).',
    suggestion: 'Ask the administrator of {server} whether this can be switched on, or use another server.',
  },
  4: {
    explanation:
      'It supports this kind of object or service, but in none of the encodings offered (transfer syntaxes).',
    suggestion: 'Ask the administrator of {server} which transfer syntaxes it accepts.',
  },
};

export function describeNegotiation(failure: Extract<Failure, { step: 'negotiate' }>): Description {
  const { sopClassUid, transferSyntaxUid, result } = failure;
  const { explanation, suggestion } = entryOf(contextResults, result) ?? unanswered;
  const object = objectName(sopClassUid);
  const syntax = transferSyntaxUid === null ? null : transferSyntaxName(transferSyntaxUid);
  const numbers = [
    named(object, `SOP class ${sopClassUid}`),
    ...(transferSyntaxUid === null ? [] : [named(syntax, `transfer syntax ${transferSyntaxUid}`)]),
    `result ${result}`,
  ];
  return {
    title: result === 4 ? encodingRefused(syntax) : serviceRefused(sopClassUid, object),
    explanation: `${explanation} (${numbers.join('; ')}.)`,
    suggestion,
  };
}

function encodingRefused(syntax: string | null): string {
  const encoding = '{server} does not accept the encoding of this object';
  return syntax === null ? `${encoding}.` : `${encoding}: ${syntax}.`;
}

function serviceRefused(sopClassUid: string, object: string | null): string {
  const service = Object.hasOwn(serviceNames, sopClassUid) ? serviceNames[sopClassUid] : undefined;
  if (service !== undefined) return `{server} does not accept ${service}.`;
  const kind = '{server} does not accept this kind of object';
  return object === null ? `${kind}.` : `${kind}: ${object}.`;
}

function named(name: string | null, number: string): string {
  return name === null ? number : `${name}, ${number}`;
}

/** An association that ended while an answer was awaited. */
export function describeBrokenAssociation(
  cause: 'aborted' | 'closed' | 'timed-out' | 'malformed',
): Description {
  switch (cause) {
    case 'aborted':
      return {
        title: '{server} broke off in the middle of its answer.',
        explanation: 'It aborted the association (A-ABORT) instead of finishing.',
        suggestion: 'Try again. If it stays so, ask the administrator of {server} to look into its log.',
      };
    case 'closed':
      return {
        title: 'The connection to {server} was lost.',
        explanation:
          'It ended without the final answer: the server was stopped, or the network in between failed.',
        suggestion: 'Check the network and that {server} is running, then try again.',
      };
    case 'timed-out':
      return {
        title: '{server} stopped answering.',
        explanation: 'Nothing came from it for longer than is reasonable to wait.',
        suggestion:
          'Try again later, or ask for less at once. If it stays so, ask the administrator of {server}.',
      };
    case 'malformed':
      return {
        title: '{server} sent something that is not valid DICOM.',
        explanation: 'Its answer breaks the rules of the protocol, so it can’t be trusted.',
        suggestion:
          'Ask the administrator of {server} which software and version it runs, and report this to support.',
      };
  }
}

/** The entry of a table, own keys only; `undefined` where the number is reserved. */
function entryOf<Entry>(
  table: Readonly<Record<number, Entry>> | undefined,
  number: number,
): Entry | undefined {
  return table !== undefined && Object.hasOwn(table, number) ? table[number] : undefined;
}
