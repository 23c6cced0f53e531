export { findInstanceUids, type FoundInstance } from './find-instance-uids.ts';
export { findRaw } from './find-raw.ts';
export { findSeries } from './find-series.ts';
export { findStudies } from './find-studies.ts';
export type { QueryLevel, QueryTarget } from './query-target.ts';
