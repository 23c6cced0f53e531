import type { Transfer, TransferProgress } from '../../electron/contract/transfer.ts';
import { personNameText } from './person-name.ts';
import { countOf, formatCount, formatDuration } from './quantity.ts';

/** Whom or what it is about: the patient of a retrieve, the number of files of a send. */
export function transferSubject(transfer: Transfer): string {
  if (transfer.kind === 'retrieve') return personNameText(transfer.patientName) || 'No name';
  const { expected } = transfer.progress;
  return expected === null ? 'Files' : countOf(expected, 'file', 'files');
}

/** How many came through: '120 of 512', '120', and nothing before anything is known. */
export function progressCount({ expected, done }: TransferProgress): string {
  if (expected !== null) return `${formatCount(done)} of ${formatCount(expected)}`;
  return done === 0 ? '' : formatCount(done);
}

/**
 * Milliseconds until the rest is there, if the rest is like what has come and goes as fast; `null`:
 * too little is known.
 */
export function timeLeftMs({
  expected,
  done,
  failed,
  bytes,
  bytesPerSecond,
}: TransferProgress): number | null {
  if (expected === null || done === 0 || bytes === 0 || bytesPerSecond <= 0) return null;
  const left = Math.max(0, expected - done - failed);
  return (1000 * left * (bytes / done)) / bytesPerSecond;
}

/** '14 s left', or nothing. */
export function timeLeftWords(progress: TransferProgress): string {
  const ms = timeLeftMs(progress);
  return ms === null ? '' : `${formatDuration(Math.max(1000, ms)).replace(/\.\d(?= s)/, '')} left`;
}

/** Whether it may still go on by itself. */
export function isOngoing({ state }: Transfer): boolean {
  return state.kind === 'waiting' || state.kind === 'running';
}

/** Its state in a few words: 'Receiving', 'Done', '3 of 512 failed'. */
export function transferStateWords(transfer: Transfer): string {
  const { kind, state, progress, serverName } = transfer;
  switch (state.kind) {
    case 'waiting':
      return 'Waiting its turn';
    case 'running':
      if (state.phase === 'asking') return `Asking ${serverName}`;
      return kind === 'retrieve' ? 'Receiving' : 'Sending';
    case 'done':
      return doneWords(transfer);
    case 'incomplete':
      return incompleteWords(progress);
    case 'failed':
      return 'Failed';
    case 'cancelled':
      return 'Cancelled';
  }
}

function doneWords({ kind, progress }: Transfer): string {
  const all = kind === 'retrieve' ? 'All here' : 'All stored';
  return progress.warnings > 0 ? `${all}, ${countOf(progress.warnings, 'warning', 'warnings')}` : all;
}

function incompleteWords({ expected, done, failed }: TransferProgress): string {
  if (failed > 0) return `${formatCount(failed)} failed`;
  const missing = (expected ?? done) - done;
  return missing > 0 ? `${formatCount(missing)} missing` : 'Incomplete';
}
