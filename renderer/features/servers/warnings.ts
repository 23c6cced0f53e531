import { describeFailure } from '../../../electron/contract/describe-failure.ts';
import type { PortClash } from '../../../electron/contract/port-clash.ts';
import type { SettingsView } from '../../../electron/contract/settings.ts';

/**
 * What is to be known of the listen port, a sentence each: why it can't be had and what is done instead,
 * and which other servers have it too. That the shared listener is there is no trouble: it serves as well.
 */
export function listenPortWarnings(
  clashes: readonly PortClash[],
  isOwnPort: boolean,
  settings: SettingsView | null,
): readonly string[] {
  const others = clashes.flatMap((clash) => (clash.kind === 'server' ? [clash.name] : []));
  const taken = clashes.find((clash) => clash.kind === 'taken');
  return [
    ...(taken === undefined ? [] : [takenWords(taken, settings)]),
    // Two servers at the classic port share its number by nature; one that a person chose should be its own.
    ...(isOwnPort && others.length > 0
      ? [`${others.join(', ')} has this listen port too: their retrieves wait for each other or share it.`]
      : []),
  ];
}

function takenWords(
  { failure, program }: Extract<PortClash, { kind: 'taken' }>,
  settings: SettingsView | null,
): string {
  const { title } = describeFailure(failure, { server: '', ourAeTitle: '' });
  const by = program === null ? '' : ` It is used by ${program}.`;
  const shared = settings === null ? '' : ` (port ${settings.listenPort.value})`;
  return `${title}${by} Retrieves will use the shared listener${shared} instead.`;
}

/** What the server's administrator must enter before images can be sent to us. */
export function tellYourAdministrator(
  serverName: string,
  settings: SettingsView,
  listenPort: number | null,
): string {
  const ports = [...new Set([listenPort, settings.listenPort.value])].filter((port) => port !== null);
  const addresses =
    settings.localAddresses.length === 0 ? '' : `, address ${settings.localAddresses.join(' or ')}`;
  return (
    `An echo does not prove a retrieve. For that, ${serverName} must know this viewer: ` +
    `AE title ${settings.aeTitle.value}${addresses}, port ${ports.join(' or ')}.`
  );
}
