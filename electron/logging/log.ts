import { formatLine, type Level } from './format-line.ts';
import type { LogBug } from './failure-of.ts';
import type { LogFields } from './fields.ts';
import { RotatingFile } from './rotating-file.ts';

/** Writes what happened: an event name such as `association.accepted`, and fields of the allow-list. */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

/**
 * JSON lines in `folder`/gantry.log, the older ones in gantry.1.log to gantry.4.log, 2 MB each.
 *
 * Writing happens in the background and never throws: a log that can't be written is no reason to
 * stop working. `close` waits until everything is written.
 */
export function createLog(options: {
  readonly folder: string;
  readonly now?: () => Date;
  readonly maximumFileBytes?: number;
}): Log & { close(): Promise<void> } {
  const now = options.now ?? (() => new Date());
  const file = new RotatingFile({
    folder: options.folder,
    name: 'gantry',
    maximumBytes: options.maximumFileBytes ?? 2 * 1024 * 1024,
    files: 5,
  });
  const writer =
    (level: Level) =>
    (event: string, fields: LogFields = {}): void => {
      try {
        file.append(formatLine(now(), level, event, fields));
      } catch {
        // A getter that throws, a clock gone wrong: the line is lost, the work goes on.
      }
    };
  return {
    info: writer('info'),
    warn: writer('warn'),
    error: writer('error'),
    close: () => file.close(),
  };
}

/** Says nothing. */
export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} };

/** Puts bugs into the log under their incident numbers. */
export function logBugTo(log: Log): LogBug {
  return (incident, bug) => log.error('bug', { incident, bug });
}
