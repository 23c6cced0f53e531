import type { ConnectionCard } from '../../../../electron/contract/connection-card.ts';
import { transferSyntaxName } from '../../../../electron/contract/uid-names.ts';

/** The card for a mail: lines that a person reads, and that can be pasted back as a reply. */
export function cardText(card: ConnectionCard): string {
  const [first, ...others] = card.addresses;
  const seen = card.towardsServer === null ? '' : ' (the one this server sees)';
  return [
    `Name: ${cardName(card)}`,
    `AE title: ${card.aeTitle}`,
    `Host: ${first ?? card.hostName}`,
    `Port: ${card.ports[0] ?? ''}`,
    `TLS: ${card.tls ? 'yes' : 'no'}`,
    '',
    `Computer: ${card.hostName}`,
    `Addresses: ${[`${first ?? 'none'}${seen}`, ...others].join(', ')}`,
    `Listens at: ${card.ports.join(' and ')}`,
    'Services: Verification SCP, Storage SCP; Query/Retrieve SCU (C-FIND, C-MOVE, C-GET), Storage SCU',
    `Transfer syntaxes: ${card.transferSyntaxUids.map((uid) => transferSyntaxName(uid) ?? uid).join(', ')}`,
  ].join('\n');
}

/** The card for a camera: only what has to be typed. */
export function cardForCamera(card: ConnectionCard): string {
  return [
    `AE title: ${card.aeTitle}`,
    `Host: ${card.addresses.join(', ')}`,
    `Port: ${card.ports.join(', ')}`,
    `TLS: ${card.tls ? 'yes' : 'no'}`,
  ].join('\n');
}

function cardName({ aeTitle, hostName }: ConnectionCard): string {
  return `${aeTitle} on ${hostName}`;
}
