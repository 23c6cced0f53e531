import {
  testStepNames,
  webStepNames,
  type TestStepName,
} from '../../../../electron/contract/connection-test.ts';

/** The steps to come, in order, by the protocol of the record. */
export function plannedSteps(protocol: string): readonly TestStepName[] {
  switch (protocol) {
    case 'dicomweb':
      return webStepNames;
    case 'both':
      return [...testStepNames, ...webStepNames];
    default:
      return testStepNames;
  }
}
