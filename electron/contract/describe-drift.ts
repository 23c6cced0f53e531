import { methodWords, securedWords } from './describe-observations.ts';
import type { Drift } from './link-drift.ts';
import type { ObservedMethod, SeenMethod } from './observations.ts';
import type { Lifecycle, Role } from './server-terms.ts';

/** What differs, and what to do about it. */
export interface DriftWords {
  readonly what: string;
  readonly advice: string;
}

/** @param server its name */
export function describeDrift(drift: Drift, server: string): DriftWords {
  switch (drift.kind) {
    case 'never-seen':
      return {
        what: 'Declared, and never seen.',
        advice: `Test the connection to ${server}, or remove the link.`,
      };
    case 'not-lately':
      return {
        what: `Not seen for ${drift.days} days: ${methodWords[drift.last.method]} was the last.`,
        advice: `Test the connection to ${server}, or declare the link obsolete.`,
      };
    case 'other-use':
      return {
        what: `${usedFor(drift.seen.method, server)}, and no link is for that: this one is ${drift.direction.toUpperCase()}.`,
        advice: adviceOnUse(drift.seen.method, server),
      };
    case 'not-declared':
      return {
        what: `${usedFor(drift.seen.method, server)}, and no link with it is declared.`,
        advice: `Declare a link with ${server}, or find out who uses it so.`,
      };
    case 'status':
      return describeStatus(drift, server);
    case 'tls':
      return describeTls(drift, server);
    case 'role':
      return {
        what: `${server} is declared as ${roleNames[drift.declared]}, and ${drift.measured.scp ? 'offers services (SCP)' : 'offers no service to this viewer'}.`,
        advice: `Correct the role of ${server}, or ask its administrator what it should offer.`,
      };
  }
}

function describeStatus(drift: Extract<Drift, { kind: 'status' }>, server: string): DriftWords {
  const which = drift.of === 'link' ? 'The link' : server;
  const not = drift.status === 'planned' ? 'only planned' : 'obsolete';
  return {
    what: `${which} is ${not}, and is used: ${methodWords[drift.seen.method]}.`,
    advice:
      drift.status === 'planned'
        ? `Declare it approved or in production, or stop what uses it.`
        : `Find out what still uses ${server}, and move it to what takes its place.`,
  };
}

function describeTls({ declared, seen }: Extract<Drift, { kind: 'tls' }>, server: string): DriftWords {
  const by = methodWords[seen.method];
  if (!declared) {
    return {
      what: `${by} went by ${securedWords(seen.tls)}, and ${server} is entered without TLS.`,
      advice: `Tick “TLS / secured server” for ${server} again, or test the connection as it is entered.`,
    };
  }
  const isIncoming = seen.method === 'c-store-in' || seen.method === 'c-move-store';
  return {
    what: `${by} came without TLS, and ${server} is entered with TLS.`,
    advice: isIncoming
      ? `Turn on “Listen with TLS” in Settings, or have ${server} asked by C-GET.`
      : `Test the connection to ${server}: what was seen was before TLS was ticked.`,
  };
}

/** What was done, by whom to whom. */
function usedFor(method: ObservedMethod, server: string): string {
  switch (method) {
    case 'c-echo':
      return `${server} was tested (C-ECHO)`;
    case 'c-find':
    case 'qido-rs':
      return `${server} was queried (${methodWords[method]})`;
    case 'c-move':
    case 'c-move-store':
    case 'c-get':
    case 'wado-rs':
      return `Images were retrieved from ${server} (${methodWords[method]})`;
    case 'c-store':
      return `Images were sent to ${server} (C-STORE)`;
    case 'c-store-in':
      return `${server} sent images here by itself (C-STORE)`;
  }
}

function adviceOnUse(method: ObservedMethod, server: string): string {
  return method === 'c-store-in'
    ? `Declare a PUSH link from ${server} to this viewer, or have its administrator stop the sending.`
    : `Make the link BIDIR, or declare another one for it.`;
}

const roleNames: Readonly<Record<Role, string>> = { scp: 'SCP', scu: 'SCU', both: 'SCP and SCU' };

export const statusWords: Readonly<Record<Lifecycle, string>> = {
  planned: 'planned',
  approved: 'approved',
  production: 'in production',
  deprecated: 'deprecated',
  obsolete: 'obsolete',
};

/** `C-FIND, TLS 1.3`. */
export function seenWords({ method, tls, purpose }: SeenMethod): string {
  const words = `${methodWords[method]}, ${securedWords(tls)}`;
  return purpose === 'test' && method !== 'c-echo' ? `${words}, in a test` : words;
}
