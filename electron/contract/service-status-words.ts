import { status, type StatusWords } from './status-words.ts';

const report = 'Report this to support with the name and version of the software of {server}.';
const retrieves = ['C-MOVE', 'C-GET'] as const;

/**
 * The statuses of the services, PS3.4: §B.2.3 for C-STORE, §C.4.1.1.4 for C-FIND, §C.4.2.1.5 for C-MOVE,
 * §C.4.3.1.4 for C-GET. The first that fits is the one.
 */
export const serviceStatusWords: readonly StatusWords[] = [
  // PS3.4 Table B.2-1: C-STORE
  {
    ...status(['C-STORE'], 0xa700, 0xa7ff),
    meaning: 'out of resources',
    explanation: 'It has no room or memory left for the object.',
    suggestion: 'Ask the administrator of {server} to make room, then retry what failed.',
  },
  {
    ...status(['C-STORE'], 0xa900, 0xa9ff),
    meaning: 'the object does not match its SOP class',
    explanation: 'It finds that what the object contains is not what its kind requires.',
    suggestion:
      'Check where the file comes from. If other software accepts it, ask the administrator of {server}.',
  },
  {
    ...status(['C-STORE'], 0xc000, 0xcfff),
    meaning: 'it cannot understand the object',
    explanation: 'Reading the object failed there.',
    suggestion:
      'Check that the file is complete. If other software accepts it, ask the administrator of {server}.',
  },
  {
    ...status(['C-STORE'], 0xb000, 0xb000),
    meaning: 'stored, with some values changed',
    explanation: 'It kept the object but replaced some of its values with its own (coercion).',
    suggestion: 'Nothing is lost. Ask the administrator of {server} if the values matter.',
  },
  {
    ...status(['C-STORE'], 0xb006, 0xb006),
    meaning: 'stored, with some elements left out',
    explanation: 'It kept the object but discarded some of its elements.',
    suggestion: 'Ask the administrator of {server} whether the elements left out matter.',
  },
  {
    ...status(['C-STORE'], 0xb007, 0xb007),
    meaning: 'stored, though the object does not match its SOP class',
    explanation: 'It kept the object but finds that it is not quite what its kind requires.',
    suggestion: 'Nothing is lost. Check where the file comes from if it is shown wrongly there.',
  },
  // PS3.4 Table C.4-1: C-FIND
  {
    ...status(['C-FIND'], 0xa700, 0xa7ff),
    meaning: 'out of resources',
    explanation: 'It has not the means to answer this query at the moment.',
    suggestion: 'Ask for less: narrow the query by name or date, or try again later.',
  },
  {
    ...status(['C-FIND'], 0xa900, 0xa9ff),
    meaning: 'the query does not match its SOP class',
    explanation: 'It does not accept these search keys in this combination.',
    suggestion:
      'Search by fewer fields. If it stays so, ask the administrator of {server} which keys it supports.',
  },
  {
    ...status(['C-FIND'], 0xc000, 0xcfff),
    meaning: 'it was unable to process the query',
    explanation: 'Something failed there while it searched.',
    suggestion:
      'Narrow the query and try again. If it stays so, ask the administrator of {server} to look into its log.',
  },
  {
    ...status(['C-FIND'], 0xff01, 0xff01),
    meaning: 'some search keys are not supported',
    explanation: 'It answers, but pays no attention to some of the fields that were filled in.',
    suggestion: 'Check the matches yourself: there may be more than was asked for.',
  },
  // PS3.4 Tables C.4-2 and C.4-3: C-MOVE and C-GET
  {
    ...status(retrieves, 0xa701, 0xa701),
    meaning: 'out of resources, unable to count the matches',
    explanation: 'It could not find out how many images belong to this.',
    suggestion: 'Try again later. If it stays so, ask the administrator of {server}.',
  },
  {
    ...status(retrieves, 0xa702, 0xa702),
    meaning: 'out of resources, unable to send the images',
    explanation: 'It tried, but could not send them; often it could not reach this computer.',
    suggestion:
      'Ask the administrator of {server} whether it has the right address and listen port for AE title {ae}, and the network’s administrator whether a firewall is in between.',
  },
  {
    ...status(retrieves, 0xa700, 0xa7ff),
    meaning: 'out of resources',
    explanation: 'It has not the means to send the images at the moment.',
    suggestion: 'Try again later. If it stays so, ask the administrator of {server}.',
  },
  {
    ...status(['C-MOVE'], 0xa801, 0xa801),
    meaning: 'move destination unknown',
    explanation: '{server} does not know this viewer, which calls itself {ae}, as a place to send images to.',
    suggestion:
      'Ask the administrator of {server} to add AE title {ae}, this computer’s address and its listen port as a destination.',
  },
  {
    ...status(retrieves, 0xa900, 0xa9ff),
    meaning: 'the request does not match its SOP class',
    explanation: 'It misses something in the request, or does not allow it in this form.',
    suggestion: report,
  },
  {
    ...status(retrieves, 0xaa00, 0xaa00),
    meaning: 'none of the frames asked for were found',
    explanation: 'The object has no such frames.',
    suggestion: 'Retrieve the whole object instead.',
  },
  {
    ...status(retrieves, 0xaa01, 0xaa01),
    meaning: 'it is unable to make a new object of this kind',
    explanation: 'It can’t cut frames out of this kind of object.',
    suggestion: 'Retrieve the whole object instead.',
  },
  {
    ...status(retrieves, 0xaa02, 0xaa02),
    meaning: 'it is unable to extract the frames',
    explanation: 'Cutting the frames out of the object failed there.',
    suggestion: 'Retrieve the whole object instead.',
  },
  {
    ...status(retrieves, 0xaa03, 0xaa03),
    meaning: 'the object has no times to ask by',
    explanation: 'Frames were asked for by time, of an object that is not a recording over time.',
    suggestion: 'Retrieve the whole object instead.',
  },
  {
    ...status(retrieves, 0xaa04, 0xaa04),
    meaning: 'invalid request',
    explanation: 'It finds the request contradictory.',
    suggestion: report,
  },
  {
    ...status(retrieves, 0xb000, 0xb000),
    meaning: 'not all images could be sent',
    explanation: 'It finished, but some of the images failed or came with warnings.',
    suggestion:
      'Retry what failed. If the same ones fail again, ask the administrator of {server} to look into its log.',
  },
  {
    ...status(retrieves, 0xc000, 0xcfff),
    meaning: 'it was unable to process the request',
    explanation: 'Something failed there; often it could not reach this computer.',
    suggestion:
      'Ask the administrator of {server} to look into its log, and to check the address and listen port it has for AE title {ae}.',
  },
];
