import type { ListenerState } from '../../contract/settings.ts';
import type { Failure } from '../../contract/failure.ts';
import type { FirewallFacts } from '../../contract/connection-test.ts';
import type { Reception } from './reception.ts';

/** What a connection test has to know of the listening side of this program. */
export interface OurSide {
  /** The shared listener as it stands. */
  readonly listener: () => ListenerState;
  /** Whether that port could be listened on; `null`: yes, or it is the shared one. */
  readonly tryPort: (port: number) => Promise<Failure | null>;
  /** Listens there too until disposed; `null`: it is the shared port. @throws FailureError listen */
  readonly openAlso: (port: number) => Promise<AsyncDisposable | null>;
  readonly reception: Reception;
  /** Addresses of this computer. */
  readonly localAddresses: () => readonly string[];
  /** A retrieve is under way: what comes in now may be for the archive. */
  readonly isRetrieving: () => boolean;
  /** What this computer's firewall does to these ports. Never fails. */
  readonly checkFirewall: (ports: readonly number[], signal: AbortSignal) => Promise<FirewallFacts>;
}
