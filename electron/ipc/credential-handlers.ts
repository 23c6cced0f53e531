import { FailureError } from '../contract/failure.ts';
import type { ServerId } from '../contract/server.ts';
import type { SecretPlace, SecretStore } from '../security/index.ts';
import { secretPlaceOf, type ServerBook } from '../servers/index.ts';
import type { Handlers } from './handlers.ts';

/**
 * Passwords and tokens for servers: they come in, and only how they are kept goes out. Each is for the web
 * address that its server has when it comes in, and told to no other.
 */
export function credentialHandlers(
  book: Pick<ServerBook, 'get'>,
  secrets: SecretStore,
): Handlers['credentials'] {
  const placeOf = (id: ServerId): SecretPlace | null => secretPlaceOf(id, book.get(id));
  const keptAt = (place: SecretPlace | null) => ({
    kept: place === null ? ('missing' as const) : secrets.state(place),
  });
  return {
    state: async (serverId) => keptAt(placeOf(serverId)),
    save: async ({ serverId, secret }) => {
      const place = placeOf(serverId);
      if (place === null) {
        const problem = 'This server has no web address. Enter the one of its DICOMweb service first.';
        throw new FailureError({ step: 'input', field: 'baseUrl', problem });
      }
      await secrets.put(place, secret);
      return keptAt(place);
    },
    forget: async (serverId) => {
      secrets.forget(serverId);
      return null;
    },
  };
}
