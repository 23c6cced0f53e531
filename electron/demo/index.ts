export { demoOnDemand, type DemoOnDemand } from './demo-on-demand.ts';
export { freeLoopbackPort } from './free-loopback-port.ts';
export {
  startDemo,
  type DemoArchive,
  type DemoLauncher,
  type DemoOptions,
  type DemoProcess,
} from './start-demo.ts';
