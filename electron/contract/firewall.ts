import { z } from 'zod';
import type { FirewallFacts } from './connection-test.ts';
import { Port } from './server.ts';

/** The shared listen port and a server's own. */
export const ListenPorts = z.array(Port).min(1).max(2);

/** Who has to agree before it is done: the system asks for him. */
export type Elevation = 'none' | 'pkexec' | 'windows' | 'macos';

/** What opening ports in this computer's firewall would take. */
export type FirewallOffer =
  | {
      readonly kind: 'offered';
      readonly tool: string;
      readonly ports: readonly number[];
      /** Exactly what will be run, as it would be typed. */
      readonly command: string;
      readonly elevation: Elevation;
      /** It holds when the computer is started again. */
      readonly isPermanent: boolean;
    }
  /** Only by hand: there is no way to ask for the right to do it. */
  | { readonly kind: 'by-hand'; readonly tool: string; readonly command: string }
  /** Nothing is shut that could be opened. */
  | { readonly kind: 'nothing-to-open'; readonly firewall: FirewallFacts };

/** `command`: the one that was shown; another is not run. */
export const AllowPorts = z.object({ ports: ListenPorts, command: z.string().min(1).max(4_000) });

/** What came of it. `declined`: the person didn't give the right. */
export interface FirewallOpened {
  readonly outcome: 'done' | 'declined' | 'failed';
  /** Of what failed, in the tool's words. */
  readonly detail: string;
  /** Looked at again. */
  readonly firewall: FirewallFacts;
}
