import { FailureError } from '../contract/failure.ts';
import { offerOpening, openPorts, type FirewallTools, type ServerBook } from '../servers/index.ts';
import type { Handlers } from './handlers.ts';

export interface FirewallHandlerOptions {
  readonly book: Pick<ServerBook, 'list'>;
  readonly sharedPort: () => number;
  readonly tools: FirewallTools;
}

/** The firewall is touched for the ports that we listen on, and only where the administrator left them to us. */
export function firewallHandlers({ book, sharedPort, tools }: FirewallHandlerOptions): Handlers['firewall'] {
  const checked = (ports: readonly number[]): readonly number[] => {
    refuseLocked(book);
    const { servers } = book.list();
    const own = new Set([sharedPort(), ...servers.map(({ listenPort }) => listenPort)]);
    if (ports.every((port) => own.has(port))) return ports;
    throw new FailureError({
      step: 'input',
      field: 'ports',
      problem: 'Only ports that this viewer listens on are opened. Save the server first.',
    });
  };
  return {
    offer: async (ports, signal) => offerOpening(checked(ports), tools, signal),
    allow: async ({ ports, command }, signal) => openPorts({ ports: checked(ports), command }, tools, signal),
  };
}

function refuseLocked(book: Pick<ServerBook, 'list'>): void {
  const { value, place } = book.list().policies.lock_listener;
  if (value && place !== null) throw new FailureError({ step: 'policy', policy: 'lock_listener', ...place });
}
