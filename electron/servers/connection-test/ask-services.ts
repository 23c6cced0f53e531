import type { DeclaredRole, Finding, ServiceName, ServicesFacts } from '../../contract/connection-test.ts';
import type { Ability } from '../../contract/server-terms.ts';
import { FailureError } from '../../contract/failure.ts';
import { isStorageSopClass, requestAssociation, SopClass, type Association } from '../../dimse/index.ts';
import { serviceSopClasses } from './associate.ts';
import type { Done } from './course.ts';
import { plainly, planTo, type TestedPeer } from './tested-peer.ts';

/** An association has 128 contexts at most (PS3.8 §9.3.2.2); some peers have trouble with the last few. */
const contextsAtOnce = 120;

export interface ServicesQuestion {
  /** Ended here: not every server has room for a second one of ours. */
  readonly association: Association;
  readonly peer: TestedPeer;
  readonly address: string;
  readonly declaredRole: DeclaredRole | null;
  /** What it is entered as used for; none: nobody said. */
  readonly abilities: readonly Ability[];
}

/** Which services the peer accepts for us, and how many storage SOP classes. */
export async function askServices(
  { association, peer, address, declaredRole, abilities }: ServicesQuestion,
  signal: AbortSignal,
): Promise<Done<ServicesFacts>> {
  const services = servicesOf(association);
  await association.release();
  const findings: Finding[] = [];
  const storage = await countStorage(peer, address, signal).catch((thrown: unknown) => {
    if (!(thrown instanceof FailureError) || thrown.failure.step === 'cancelled') throw thrown;
    findings.push({ kind: 'storage-not-told', failure: thrown.failure });
    return null;
  });
  const { find, move, get } = services;
  const stores = storage !== null && storage.accepted > 0;
  const anyOf = Object.values(services).some(Boolean);
  const measured = { scp: anyOf || stores, scu: move || services['move-patient-root'] };
  if (declaredRole !== null && differs(declaredRole, { provides: find || move || get || stores })) {
    findings.push({ kind: 'role-differs', declared: declaredRole, measured });
  }
  const missing = abilities.filter((ability) => !offers(ability, services, storage));
  if (missing.length > 0) findings.push({ kind: 'abilities-missing', abilities: missing });
  const facts: ServicesFacts = { step: 'services', services, storage, declaredRole, measured };
  return { value: facts, facts, findings };
}

/** Who is an SCU only takes no orders; who is an SCP takes at least one. */
function differs(declared: DeclaredRole, { provides }: { readonly provides: boolean }): boolean {
  return declared === 'scu' ? provides : !provides;
}

/** What could not be found out is taken as offered. */
function offers(
  ability: Ability,
  services: ServicesFacts['services'],
  storage: ServicesFacts['storage'],
): boolean {
  switch (ability) {
    case 'query':
      return services.find || services['find-patient-root'];
    case 'retrieve':
      return services.move || services['move-patient-root'] || services.get || services['get-patient-root'];
    case 'send':
      return storage === null || storage.accepted > 0;
    case 'mwl':
      return services.worklist;
    case 'commit':
      return services.commitment;
    case 'print':
      return services.print;
  }
}

function servicesOf({ contexts }: Association): Readonly<Record<ServiceName, boolean>> {
  const accepted = new Set(contexts.map(({ abstractSyntaxUid }) => abstractSyntaxUid));
  const has = (name: ServiceName): boolean => accepted.has(serviceSopClasses[name]);
  return {
    find: has('find'),
    'find-patient-root': has('find-patient-root'),
    move: has('move'),
    'move-patient-root': has('move-patient-root'),
    get: has('get'),
    'get-patient-root': has('get-patient-root'),
    worklist: has('worklist'),
    commitment: has('commitment'),
    print: has('print'),
  };
}

async function countStorage(
  peer: TestedPeer,
  address: string,
  signal: AbortSignal,
): Promise<{ readonly accepted: number; readonly offered: number }> {
  const classes = Object.values(SopClass).filter(isStorageSopClass);
  const rounds = Math.ceil(classes.length / contextsAtOnce);
  const atOnce = Math.ceil(classes.length / rounds);
  let accepted = 0;
  for (let from = 0; from < classes.length; from += atOnce) {
    const contexts = classes.slice(from, from + atOnce).map(plainly);
    await using association = await requestAssociation(planTo(peer, address, contexts), {}, signal);
    signal.addEventListener('abort', () => association.abort(), { once: true });
    accepted += association.contexts.length;
  }
  return { accepted, offered: classes.length };
}
