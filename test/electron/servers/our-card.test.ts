import { describe, expect, it } from 'vitest';
import { everyAction } from '../../../electron/contract/action.ts';
import { checkServers } from '../../../electron/contract/check-servers.ts';
import { emptyServerFields } from '../../../electron/contract/server-fields.ts';
import { serverDraft, ServerId, type Server } from '../../../electron/contract/server.ts';
import {
  mergeAdminFiles,
  openImportDesk,
  openServerBook,
  ourCard,
  readReply,
} from '../../../electron/servers/index.ts';
import { localAddressTo } from '../../../electron/servers/local-address-to.ts';
import { cardText } from '../../../renderer/features/servers/card/card-text.ts';

const ours = {
  aeTitle: 'READ7',
  listenPort: 11112,
  tls: false,
  addresses: ['10.0.4.7', 'fd12::7'],
  hostName: 'reading-room',
};
const never = new AbortController().signal;

function server(more: Partial<Server> = {}): Server {
  const draft = serverDraft({
    name: 'PACS',
    aeTitle: 'PACS1',
    host: '127.0.0.1',
    port: 104,
    listenPort: null,
    preferredCompression: 'as-stored',
    description: '',
    tls: false,
    verifyCertificate: true,
  });
  return {
    ...draft,
    id: ServerId.parse('s1'),
    origin: { kind: 'user' },
    actions: everyAction,
    ...more,
  };
}

describe('our card', () => {
  it('has all addresses and the shared port for whoever it is', async () => {
    expect(await ourCard(ours, null, never)).toMatchObject({
      aeTitle: 'READ7',
      addresses: ['10.0.4.7', 'fd12::7'],
      towardsServer: null,
      hostName: 'reading-room',
      ports: [11112],
      tls: false,
    });
  });

  it('has for one server the address on the way there first, its own port, and the title it knows us by', async () => {
    const callingAeTitle = server().aeTitle;

    expect(await ourCard(ours, server({ listenPort: 11113, callingAeTitle }), never)).toMatchObject({
      aeTitle: 'PACS1',
      addresses: ['127.0.0.1', '10.0.4.7', 'fd12::7'],
      towardsServer: '127.0.0.1',
      ports: [11113, 11112],
    });
    expect((await ourCard(ours, server({ port: 11112 }), never)).ports).toEqual([11112]);
  });

  it('says that we listen in TLS, in its row too', async () => {
    const card = await ourCard({ ...ours, tls: true }, null, never);
    const [heading, row] = card.csv.split('\r\n').map((line) => line.split(','));

    expect(card.tls).toBe(true);
    expect(row![heading!.indexOf('tls')]).toBe('anonymous');
  });

  it('names the transfer syntaxes that we take', async () => {
    const { transferSyntaxUids } = await ourCard(ours, null, never);

    expect(transferSyntaxUids).toContain('1.2.840.10008.1.2.1');
    expect(transferSyntaxUids).not.toContain('1.2.840.10008.1.2.4.94');
  });

  it('makes the server that it tells of when its row is brought into a list', async () => {
    const { csv } = await ourCard(ours, null, never);
    let value: unknown;
    const book = openServerBook({
      store: { get: () => value, set: (_, next) => void (value = next) },
      admin: () => mergeAdminFiles([]),
      newId: () => 'id',
    });
    const desk = openImportDesk(book, () => 'i');

    desk.apply({ id: desk.preview(csv).id, without: [], removeMissing: false });

    expect(book.list().servers[0]).toMatchObject({
      name: 'READ7 on reading-room',
      aeTitle: 'READ7',
      host: '10.0.4.7',
      port: 11112,
      role: 'both',
      tls: false,
    });
  });

  it('makes the server that it tells of when its text is pasted', async () => {
    const card = await ourCard(ours, null, never);
    const { found } = readReply(cardText(card));
    const filled = Object.fromEntries(
      found.filter(({ field }) => field !== 'tls').map(({ field, value }) => [field, value]),
    );

    const [check] = checkServers([{ ...emptyServerFields, ...filled, name: 'Reading room' }], {
      profile: 'plain',
    });

    expect(check!.draft).toMatchObject({ aeTitle: 'READ7', host: '10.0.4.7', port: 11112, tls: false });
  });
});

describe('the address on the way to a host', () => {
  it('is ours, as the system’s routes say', async () => {
    expect(await localAddressTo('127.0.0.1')).toBe('127.0.0.1');
    expect(await localAddressTo('localhost')).toMatch(/^127\.0\.0\.1$|^::1$/);
  });

  it('is none where nobody knows the host', async () => {
    expect(await localAddressTo('no.such.host.invalid')).toBeNull();
  });
});
