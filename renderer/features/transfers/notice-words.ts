import { describeFailure, type Parties } from '../../../electron/contract/describe-failure.ts';
import type { TransferNotice } from '../../../electron/contract/transfer.ts';
import { countOf, formatCount } from '../../format/index.ts';

/** What a person should know of a transfer although it went on. */
export function noticeWords(
  notice: TransferNotice,
  who: Parties,
): { readonly title: string; readonly explanation: string } {
  switch (notice.kind) {
    case 'listen-port-unavailable':
      return {
        title: `Port ${notice.port} could not be listened on; it went on with the shared listen port.`,
        explanation: wordsOf(notice.failure, who),
      };
    case 'other-way':
      return {
        title: `It came by ${notice.way === 'c-get' ? 'C-GET' : 'C-MOVE'}, because the usual way was refused.`,
        explanation: wordsOf(notice.failure, who),
      };
    case 'counters-differ':
      return {
        title: `${who.server} counted ${countOf(notice.counted, 'instance', 'instances')}, ${formatCount(notice.arrived)} arrived here.`,
        explanation: 'What counts is what arrived.',
      };
    case 'list-unavailable':
      return {
        title: `${who.server} did not list the instances of the study.`,
        explanation: [
          ...(notice.failure === null ? [] : [wordsOf(notice.failure, who)]),
          'Whether all of it is here rests on what the server counted.',
        ].join(' '),
      };
  }
}

function wordsOf(failure: Parameters<typeof describeFailure>[0], who: Parties): string {
  const { title, explanation } = describeFailure(failure, who);
  return `${title} ${explanation}`.trim();
}
