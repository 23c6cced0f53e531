export { findInstanceUids, type FoundInstance } from './find-instance-uids.ts';
export { findRaw } from './find-raw.ts';
export { findSeries } from './find-series.ts';
export { findStudies } from './find-studies.ts';
export { observedTarget, type SecuredBy } from './secured-by.ts';
export type { RawQuestion } from './query-association.ts';
export type { QueryLevel, QueryTarget, SearchTarget, WebTarget } from './query-target.ts';
