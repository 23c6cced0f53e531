import type { Secured } from '../contract/observations.ts';
import type { ConnectStep } from '../dimse/index.ts';
import type { SearchTarget } from './query-target.ts';

/** How our connections to a server are secured. */
export interface SecuredBy {
  /** `null`: in plain. The protocol is known once a connection has been made. */
  readonly tls: Secured | null;
}

/** The target, and what its connections show of their security. */
export function observedTarget<Target extends SearchTarget>(
  target: Target,
): { readonly target: Target; readonly securedBy: SecuredBy } {
  // Where the plan says TLS, no connection is ever made without.
  const isSecured = 'web' in target ? isHttps(target.web.baseUrl) : target.server.tls;
  let protocol: string | null = null;
  const onStep = (step: ConnectStep): void => {
    if (step.kind === 'passed' && step.step === 'tls') protocol = step.protocol;
    target.onStep?.(step);
  };
  return {
    target: { ...target, onStep },
    securedBy: {
      get tls() {
        return isSecured ? { protocol } : null;
      },
    },
  };
}

function isHttps(url: string): boolean {
  return new URL(url).protocol === 'https:';
}
