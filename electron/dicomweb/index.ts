/** A server asked by DICOMweb (PS3.18): QIDO-RS searches, WADO-RS retrieves, each service probed. */
export {
  defaultWebLimits,
  defaultWebTimeouts,
  type DicomwebPlan,
  type WebLimits,
  type WebTimeouts,
} from './dicomweb-plan.ts';
export { attributesOfJson } from './json-model.ts';
export { probeService, type ServiceProbe } from './probe.ts';
export {
  retrieveInstances,
  type RetrievedInstances,
  type RetrieveInstancesOptions,
  type RetrieveResource,
} from './retrieve-instances.ts';
export { search, type SearchResource } from './search.ts';
export { openWebSession, type WebSession, type WebSessionOptions } from './web-session.ts';
