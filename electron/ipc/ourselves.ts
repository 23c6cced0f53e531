import { hostname } from 'node:os';
import type { OurselvesOnCard } from '../servers/index.ts';
import type { Settings } from '../settings/index.ts';
import { localAddresses } from './local-addresses.ts';

/** This viewer, as the administrator of a server enters it. */
export function ourselves(settings: Pick<Settings, 'current'>): OurselvesOnCard {
  const { aeTitle, listenPort, listenTls: tls } = settings.current();
  return { aeTitle, listenPort, tls, addresses: localAddresses(), hostName: hostname() };
}
