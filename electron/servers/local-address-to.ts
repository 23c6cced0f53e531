import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { isIPv6 } from 'node:net';

/**
 * The address of this computer from which packets to that host would go out; `null`: there is no way
 * there, or nobody knows the name. Asks the system for its route only: nothing is sent.
 */
export async function localAddressTo(host: string, signal?: AbortSignal): Promise<string | null> {
  const address = await addressOf(host);
  if (address === null || signal?.aborted === true) return null;
  const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.connect(discardPort, address, resolve);
    });
    return socket.address().address;
  } catch {
    return null;
  } finally {
    socket.close();
  }
}

// Any would do: to connect a datagram socket sends nothing.
const discardPort = 9;

async function addressOf(host: string): Promise<string | null> {
  try {
    return (await lookup(host)).address;
  } catch {
    return null;
  }
}
