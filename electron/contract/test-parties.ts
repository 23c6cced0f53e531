import { withContact, type Parties } from './failure-words.ts';

/** Between whom a connection was tested, as far as a sentence to somebody else must say it. */
export interface TestParties extends Parties {
  readonly serverAeTitle: string;
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** Ours on the way there; `null`: it never got so far. */
  readonly ourAddress: string | null;
  /** Where we await what a server sends. */
  readonly listenPorts: readonly number[];
}

/** Who must act: the person here, whoever runs the network and this computer, or the server’s administrator. */
export type Owner = 'you' | 'network' | 'administrator';

/** A finding or fault in words, and what comes of it. */
export interface Advice {
  readonly cause: string;
  readonly explanation: string;
  readonly owner: Owner;
  readonly action: string;
  /** For somebody else, ready to be sent. */
  readonly message: { readonly to: Exclude<Owner, 'you'>; readonly text: string } | null;
}

export const ownerNames: Readonly<Record<Owner, string>> = {
  you: 'you',
  network: 'your IT network',
  administrator: 'the server’s administrator',
};

/** The same with who that is, where it is written down. */
export function ownerName(owner: Owner, { contact = '' }: Pick<Parties, 'contact'>): string {
  return owner === 'administrator' && contact !== '' ? `${ownerNames[owner]}, ${contact}` : ownerNames[owner];
}

/** A request to somebody else, with all that he needs to find us and the server. */
export function letter(request: string, parties: TestParties): string {
  const { ourAeTitle, ourAddress, listenPorts, serverAeTitle, host, port, tls } = parties;
  const address = ourAddress === null ? '' : `, IP address ${ourAddress}`;
  const listening = listenPorts.length === 0 ? '' : `, DICOM listen port ${listenPorts.join(' and ')}`;
  return [
    request,
    `Our workstation: AE title ${ourAeTitle}${address}${listening}.`,
    `The server: AE title ${serverAeTitle}, ${host}, port ${port}${tls ? ', TLS' : ''}.`,
  ].join(' ');
}

/** Puts the names into a sentence that holds `{server}`, `{ae}` and the like. */
export function namingParties(text: string, parties: TestParties): string {
  const { server, ourAeTitle, serverAeTitle, host, port, ourAddress } = parties;
  const values: Readonly<Record<string, string>> = {
    server,
    ae: ourAeTitle,
    'server-ae': serverAeTitle,
    place: `${host}, port ${port}`,
    us: ourAddress ?? 'this computer',
    host,
    port: String(port),
  };
  return withContact(text, parties).replace(/\{([a-z-]+)\}/g, (whole, name: string) => values[name] ?? whole);
}
