import { status, type StatusWords } from './status-words.ts';

const askForLog = 'Ask the administrator of {server} to look into its log, and give the status.';
const report = 'Report this to support with the name and version of the software of {server}.';

/** The statuses any command may answer with (PS3.7 Annex C), where no service says otherwise. */
export const generalStatusWords: readonly StatusWords[] = [
  {
    ...status('any', 0x0000, 0x0000),
    meaning: 'success, where none was expected',
    explanation: 'It says that all went well, but at a point where that can’t be.',
    suggestion: report,
  },
  {
    ...status('any', 0x0001, 0x0001),
    meaning: 'done with warnings',
    explanation: 'It finished, but says that something may be amiss.',
    suggestion: askForLog,
  },
  {
    ...status('any', 0x0105, 0x0105),
    meaning: 'no such attribute',
    explanation: 'It does not know one of the attributes sent.',
    suggestion: askForLog,
  },
  {
    ...status('any', 0x0106, 0x0106),
    meaning: 'invalid attribute value',
    explanation: 'One of the values sent is not allowed.',
    suggestion: 'Check what was entered. If it is right, ask the administrator of {server}.',
  },
  {
    ...status('any', 0x0107, 0x0107),
    meaning: 'some attributes were not recognised',
    explanation: 'It does not know some of the attributes sent (attribute list).',
    suggestion: askForLog,
  },
  {
    ...status('any', 0x0110, 0x0110),
    meaning: 'processing failure',
    explanation: 'Something failed there that it does not name.',
    suggestion: 'Try again. If it stays so, ask the administrator of {server} to look into its log.',
  },
  {
    ...status('any', 0x0111, 0x0111),
    meaning: 'duplicate SOP instance',
    explanation: 'It already holds an object with this SOP Instance UID and does not take a second one.',
    suggestion:
      'The object is there already; nothing needs to be sent. Ask its administrator if the two should differ.',
  },
  {
    ...status('any', 0x0112, 0x0112),
    meaning: 'no such SOP instance',
    explanation: 'It does not hold what was asked for (any more).',
    suggestion: 'Search again to see what is there now.',
  },
  {
    ...status('any', 0x0113, 0x0113),
    meaning: 'no such event type',
    explanation: 'It does not know this kind of event.',
    suggestion: report,
  },
  {
    ...status('any', 0x0114, 0x0114),
    meaning: 'no such argument',
    explanation: 'It does not know an argument of the request.',
    suggestion: report,
  },
  {
    ...status('any', 0x0115, 0x0115),
    meaning: 'invalid argument value',
    explanation: 'An argument of the request has a value it does not allow.',
    suggestion: report,
  },
  {
    ...status('any', 0x0116, 0x0116),
    meaning: 'an attribute value is out of range',
    explanation: 'One of the values sent is outside what it supports.',
    suggestion: 'Check what was entered. If it is right, ask the administrator of {server}.',
  },
  {
    ...status('any', 0x0117, 0x0117),
    meaning: 'invalid SOP instance',
    explanation: 'It finds the UID of the object invalid, or the object itself.',
    suggestion: 'Check where the object comes from: its SOP Instance UID may break the rules for UIDs.',
  },
  {
    ...status('any', 0x0118, 0x0118),
    meaning: 'no such SOP class',
    explanation: 'It does not know this kind of object or service.',
    suggestion: 'Ask the administrator of {server} whether this can be switched on, or use another server.',
  },
  {
    ...status('any', 0x0119, 0x0119),
    meaning: 'the object is of another class there',
    explanation: 'It holds the object under another SOP class (class-instance conflict).',
    suggestion: askForLog,
  },
  {
    ...status('any', 0x0120, 0x0120),
    meaning: 'a required attribute is missing',
    explanation: 'It needs an attribute that was not sent.',
    suggestion:
      'Check where the object comes from. If other software accepts it, ask the administrator of {server}.',
  },
  {
    ...status('any', 0x0121, 0x0121),
    meaning: 'a required attribute has no value',
    explanation: 'It needs a value where none was sent.',
    suggestion:
      'Check where the object comes from. If other software accepts it, ask the administrator of {server}.',
  },
  {
    ...status('any', 0x0122, 0x0122),
    meaning: 'refused, SOP class not supported',
    explanation: 'It does not support this kind of object or service.',
    suggestion: 'Ask the administrator of {server} whether this can be switched on, or use another server.',
  },
  {
    ...status('any', 0x0123, 0x0123),
    meaning: 'no such action',
    explanation: 'It does not know this kind of action.',
    suggestion: report,
  },
  {
    ...status('any', 0x0124, 0x0124),
    meaning: 'refused, not authorised',
    explanation: 'It knows {ae} but does not allow it this.',
    suggestion: 'Ask the administrator of {server} to give AE title {ae} this right.',
  },
  {
    ...status('any', 0x0210, 0x0210),
    meaning: 'duplicate message number',
    explanation: 'It thinks that the same request is already under way.',
    suggestion: `Try again. ${report}`,
  },
  {
    ...status('any', 0x0211, 0x0211),
    meaning: 'unrecognised operation',
    explanation: 'It does not know this command at all.',
    suggestion: 'Ask the administrator of {server} whether it offers this service.',
  },
  {
    ...status('any', 0x0212, 0x0212),
    meaning: 'mistyped argument',
    explanation: 'It finds an argument of the request to be of the wrong kind.',
    suggestion: report,
  },
  {
    ...status('any', 0x0213, 0x0213),
    meaning: 'resource limitation',
    explanation: 'It has not the means to do this at the moment.',
    suggestion: 'Try again later. If it stays so, ask the administrator of {server}.',
  },
  {
    ...status('any', 0xfe00, 0xfe00),
    meaning: 'cancelled',
    explanation: 'It stopped because it was asked to, here or by its administrator.',
    suggestion: 'Start again if it was not you who cancelled.',
  },
  {
    ...status('any', 0xff00, 0xff01),
    meaning: 'it said “more to come” and then nothing came',
    explanation: 'It ended with a status that only announces further answers.',
    suggestion: report,
  },
  {
    ...status('any', 0xa700, 0xa7ff),
    meaning: 'out of resources',
    explanation: 'It has not the means to do this at the moment.',
    suggestion: 'Try again later. If it stays so, ask the administrator of {server}.',
  },
];
