import { everyAction } from '../../../../electron/contract/action.ts';
import { ServerDraft, ServerId, type Server } from '../../../../electron/contract/server.ts';

/** A user's server that is right in every field, unless told otherwise. */
export function buildServer(
  more: Partial<Omit<Server, 'id' | 'aeTitle'>> & { id?: string; aeTitle?: string } = {},
): Server {
  const { id = 's1', origin = { kind: 'user' }, actions = everyAction, ...draft } = more;
  return {
    ...ServerDraft.parse({
      name: 'Main PACS',
      aeTitle: 'PACS1',
      host: '10.0.4.12',
      port: 104,
      listenPort: null,
      preferredCompression: 'as-stored',
      description: '',
      tls: false,
      verifyCertificate: true,
      ...draft,
    }),
    id: ServerId.parse(id),
    origin,
    actions,
  };
}
