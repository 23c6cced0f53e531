import type { Failure } from '../../contract/failure.ts';
import type { CommandSet } from '../commands/command.ts';
import { Status } from '../commands/status.ts';

/** In the range CxxxH that PS3.4 Table B.2-1 leaves to us: the UID is taken by another object. */
const conflictStatus = 0xc001;

/**
 * What to answer a C-STORE that our disk could not take (PS3.4 Table B.2-1, PS3.7 Annex C). Error
 * Comment (0000,0902) is an LO: at most 64 characters. It says nothing about our folders.
 */
export function refusalOf(
  failure: Extract<Failure, { step: 'storage' }>,
): Pick<CommandSet, 'status' | 'errorComment'> {
  switch (failure.cause) {
    case 'full':
      return { status: Status.OutOfResources, errorComment: 'No space left' };
    case 'mismatch':
      return {
        status: Status.DatasetDoesNotMatchSopClass,
        errorComment: 'UIDs of the data set are not those of the command',
      };
    case 'unreadable':
      return { status: Status.CannotUnderstand, errorComment: comment('Not readable', failure.detail) };
    case 'conflict':
      return { status: conflictStatus, errorComment: 'Another object with this SOP Instance UID is here' };
    case 'limit':
      return { status: Status.OutOfResources, errorComment: comment('Over the limit', failure.detail) };
    case 'denied':
    case 'broken':
      return { status: Status.ProcessingFailure, errorComment: 'The object could not be written' };
  }
}

/** The detail of an unreadable data set names elements and lengths, never values. */
function comment(words: string, detail: string): string {
  return (detail === '' ? words : `${words}: ${detail}`).slice(0, 64);
}
