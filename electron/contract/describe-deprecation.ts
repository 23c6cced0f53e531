import type { Deprecation } from './action.ts';

/** That something still works with a server, and will end. */
export function describeDeprecation({ of, replacedBy }: Deprecation, server: string): string {
  const what = of === 'server' ? server : `The link to ${server}`;
  return replacedBy === null
    ? `${what} is deprecated: it works, and will be switched off.`
    : `${what} is deprecated. Use “${replacedBy}” instead.`;
}
