export { failureOf, type LogBug } from './failure-of.ts';
export { createLog, logBugTo, silentLog, type Log } from './log.ts';
export type { LogFields } from './fields.ts';
