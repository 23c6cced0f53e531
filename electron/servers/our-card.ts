import type { ConnectionCard } from '../contract/connection-card.ts';
import { serverDraft, type Server } from '../contract/server.ts';
import { TransferSyntax } from '../dimse/index.ts';
import { exportCsv } from './csv/export-csv.ts';
import { localAddressTo } from './local-address-to.ts';

export interface OurselvesOnCard {
  readonly aeTitle: string;
  readonly listenPort: number;
  /** Whether it listens in TLS, and in nothing else. */
  readonly tls: boolean;
  /** Every address of this computer. */
  readonly addresses: readonly string[];
  readonly hostName: string;
}

/** What the administrator of that server needs to know this viewer; of `null`, of any server. */
export async function ourCard(
  ours: OurselvesOnCard,
  server: Server | null,
  signal: AbortSignal,
): Promise<ConnectionCard> {
  const { hostName } = ours;
  const towardsServer = server === null ? null : await wayTo(server, signal);
  const others = ours.addresses.filter((address) => address !== towardsServer);
  const addresses = towardsServer === null ? others : [towardsServer, ...others];
  const ports = [...new Set([...ownPort(server), ours.listenPort])];
  const aeTitle = server?.callingAeTitle ?? ours.aeTitle;
  const card = { aeTitle, addresses, hostName, ports, tls: ours.tls };
  return { ...card, towardsServer, transferSyntaxUids: taken, csv: cardCsv(card) };
}

/** All but those whose pictures lie elsewhere. */
const taken = Object.values(TransferSyntax).filter(
  (uid) => uid !== TransferSyntax.JpipReferenced && uid !== TransferSyntax.JpipReferencedDeflate,
);

function ownPort(server: Server | null): readonly number[] {
  const port = server?.listenPort ?? server?.port ?? null;
  return port === null ? [] : [port];
}

async function wayTo({ host, dicomweb }: Server, signal: AbortSignal): Promise<string | null> {
  const name =
    host ?? (dicomweb === null ? null : new URL(dicomweb.baseUrl).hostname.replaceAll(/[[\]]/g, ''));
  return name === null ? null : localAddressTo(name, signal);
}

/** As a row of a list of servers, such as a register takes, with its heading. */
function cardCsv({
  aeTitle,
  addresses,
  hostName,
  ports,
  tls,
}: Pick<ConnectionCard, 'aeTitle' | 'addresses' | 'hostName' | 'ports' | 'tls'>): string {
  const [host = hostName] = addresses;
  const [port = null] = ports;
  const draft = serverDraft({
    name: `${aeTitle} on ${hostName}`.slice(0, 64),
    aeTitle,
    host,
    port,
    listenPort: null,
    preferredCompression: 'as-stored',
    description: '',
    tls,
    verifyCertificate: true,
    role: 'both',
  });
  return exportCsv([{ id: '', draft }]);
}
