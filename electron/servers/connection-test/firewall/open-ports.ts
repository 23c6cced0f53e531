import type { FirewallOffer, FirewallOpened } from '../../../contract/firewall.ts';
import { FailureError } from '../../../contract/failure.ts';
import { factsOf } from './check-firewall.ts';
import { commandWords } from './command-words.ts';
import { elevate, type Rights } from './elevate.ts';
import type { Command, Look } from './look.ts';
import { outcomeOf, type RunCommand } from './run-command.ts';

export interface FirewallTools {
  readonly look: (ports: readonly number[], signal: AbortSignal) => Promise<Look>;
  readonly rights: Rights;
  readonly run: RunCommand;
}

/** What it takes to let others in at these ports: the very command, and who has to agree. */
export async function offerOpening(
  ports: readonly number[],
  tools: Pick<FirewallTools, 'look' | 'rights'>,
  signal: AbortSignal,
): Promise<FirewallOffer> {
  return (await planned(ports, tools, signal)).offer;
}

/**
 * Opens the ports as was offered, and looks again.
 *
 * @throws FailureError input, where what would be done is no longer what was shown
 */
export async function openPorts(
  { ports, command }: { readonly ports: readonly number[]; readonly command: string },
  tools: FirewallTools,
  signal: AbortSignal,
): Promise<FirewallOpened> {
  const { offer, commands } = await planned(ports, tools, signal);
  if (offer.kind !== 'offered' || offer.command !== command) {
    throw new FailureError({
      step: 'input',
      field: 'command',
      problem: 'The firewall has changed since this was offered. Test the connection again.',
    });
  }
  let outcome: Omit<FirewallOpened, 'firewall'> = { outcome: 'done', detail: '' };
  for (const each of commands) {
    outcome = outcomeOf(await tools.run(each, signal), offer.elevation);
    if (outcome.outcome !== 'done') break;
  }
  return { ...outcome, firewall: factsOf(await tools.look(ports, signal)) };
}

async function planned(
  ports: readonly number[],
  { look, rights }: Pick<FirewallTools, 'look' | 'rights'>,
  signal: AbortSignal,
): Promise<{ readonly offer: FirewallOffer; readonly commands: readonly Command[] }> {
  const seen = await look(ports, signal);
  const { opening, tool } = seen;
  if (opening === null || opening.commands.length === 0 || tool === null) {
    return { offer: { kind: 'nothing-to-open', firewall: factsOf(seen) }, commands: [] };
  }
  const command = commandWords(opening.commands, rights.platform);
  const elevated = elevate(opening.commands, rights);
  if (elevated === null) return { offer: { kind: 'by-hand', tool, command }, commands: [] };
  const { elevation, commands } = elevated;
  const { isPermanent } = opening;
  const shown = elevation === 'pkexec' ? commandWords(commands, rights.platform) : command;
  return {
    offer: { kind: 'offered', tool, ports: seen.ports, command: shown, elevation, isPermanent },
    commands,
  };
}
