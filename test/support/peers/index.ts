export { freePort, startChild, untilListening, type Child } from './child.ts';
export { pathOf, pluginPath, whichPeers, type Peers } from './which-peers.ts';
export { mustRun, runDcmtk, type Outcome } from './run-dcmtk.ts';
export { startStorescp, type Storescp, type StorescpOptions } from './storescp.ts';
export { startDcmqrscp, type Dcmqrscp, type DcmqrscpOptions, type MoveDestination } from './dcmqrscp.ts';
export { startDcmprscp, type Dcmprscp } from './dcmprscp.ts';
export { startWlmscpfs, type Wlmscpfs, type WlmscpfsOptions } from './wlmscpfs.ts';
export { startOrthanc, type Orthanc, type OrthancOptions } from './orthanc.ts';
export { writeAssociationProfiles } from './association-profile.ts';
