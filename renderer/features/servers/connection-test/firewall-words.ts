import type { FirewallFacts } from '../../../../electron/contract/connection-test.ts';
import type { Elevation, FirewallOpened } from '../../../../electron/contract/firewall.ts';
import type { EndedStep } from './test-state.ts';

/** The ports that could be asked to be opened after this step; none where nothing is shut, or nobody knows how. */
export function portsToAllow(step: EndedStep): readonly number[] {
  if (!('facts' in step) || step.facts?.step !== 'our-side') return [];
  const { state, ports, command } = step.facts.firewall;
  return (state === 'blocked' || state === 'unknown') && command !== null ? ports : [];
}

export function portWords(ports: readonly number[]): string {
  return `${ports.length === 1 ? 'port' : 'ports'} ${ports.join(' and ')}`;
}

/** Who will be asked for the right to do it. */
export const elevationWords: Readonly<Record<Elevation, string>> = {
  none: 'This viewer runs with an administrator’s rights, so nobody is asked further.',
  pkexec: 'The system asks for an administrator’s password first.',
  windows: 'Windows asks whether it may make changes first.',
  macos: 'macOS asks for an administrator’s password first.',
};

interface OpenedWords {
  readonly tone: 'ok' | 'warning' | 'failure';
  readonly title: string;
  readonly detail: string;
}

/** What came of it, by what the firewall does now. */
export function openedWords({ outcome, detail, firewall }: FirewallOpened): OpenedWords {
  if (outcome === 'declined') {
    return { tone: 'warning', title: 'Nothing was changed', detail: 'The right to do it was not given.' };
  }
  if (outcome === 'failed') {
    return { tone: 'failure', title: 'The command did not work', detail };
  }
  return doneWords(firewall);
}

function doneWords({ state, tool, rule }: FirewallFacts): OpenedWords {
  switch (state) {
    case 'allowed':
    case 'off':
    case 'not-needed':
      return { tone: 'ok', title: 'The firewall lets it in now', detail: 'Looked at again just now.' };
    case 'blocked':
      return {
        tone: 'failure',
        title: `The command worked, and the firewall (${tool ?? 'unknown'}) still blocks it`,
        detail: rule === null ? '' : `What decides it: ${rule}.`,
      };
    case 'unknown':
      return {
        tone: 'warning',
        title: 'The command worked',
        detail: 'Only an administrator can see whether the firewall lets it in now.',
      };
  }
}
