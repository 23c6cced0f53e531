import { networkInterfaces } from 'node:os';

/** This computer's addresses as other computers may reach it; loopback and link-local ones are left out. */
export function localAddresses(): readonly string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, address }) => !internal && !address.startsWith('fe80:'))
    .map(({ address }) => address);
}
