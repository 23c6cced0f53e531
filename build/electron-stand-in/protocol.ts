import { app } from './app.ts';
import { loopbackFor, type Handler } from './loopback.ts';

const handlers = new Map<string, Handler>();

export const protocol = {
  registerSchemesAsPrivileged: (_schemes: unknown): void => {
    if (app.isReady()) throw new Error('protocol.registerSchemesAsPrivileged must come before app is ready');
  },
  handle: (scheme: string, handler: Handler): void => {
    if (handlers.has(scheme)) throw new Error(`the scheme ${scheme} is handled already`);
    handlers.set(scheme, handler);
  },
  unhandle: (scheme: string): void => {
    handlers.delete(scheme);
  },
  isProtocolHandled: (scheme: string): boolean => handlers.has(scheme),
};

/** @returns the loopback origin that stands for a custom scheme's, or `null` for a scheme nobody handles */
export async function loopbackOrigin(url: URL): Promise<{ origin: string; real: string } | null> {
  const scheme = url.protocol.slice(0, -1);
  if (!handlers.has(scheme)) return null;
  const origin = `${url.protocol}//${url.host}`;
  const real = await loopbackFor(origin, (request) => {
    const handler = handlers.get(scheme);
    return handler ? handler(request) : new Response(null, { status: 404 });
  });
  return { origin, real };
}
