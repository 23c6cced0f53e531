import type {
  AddressTry,
  FirewallFacts,
  LettersFacts,
  OurSideFacts,
  QueryFacts,
  ReturnPathFacts,
  ServicesFacts,
  SkipReason,
  TestFacts,
  TestStepName,
  TlsFacts,
} from './connection-test.ts';

/** What each step is called, in a word or two. */
export const testStepTitles: Readonly<Record<TestStepName, string>> = {
  name: 'Name',
  tcp: 'TCP',
  tls: 'TLS',
  association: 'Association',
  echo: 'C-ECHO',
  services: 'Services',
  query: 'Query',
  'our-side': 'Our side',
  'return-path': 'Return path',
  'web-name': 'Web name',
  'web-tcp': 'Web TCP',
  'web-tls': 'Web TLS',
  qido: 'QIDO-RS',
  wado: 'WADO-RS',
  stow: 'STOW-RS',
  'web-image': 'Web image',
};

/** What a step has found out, in one line. */
export function describeFacts(facts: TestFacts): string {
  switch (facts.step) {
    case 'name':
      return facts.lookups
        .map(({ record, addresses, ms }) =>
          record === 'address'
            ? `${addresses.join(', ')} is an address`
            : `${record} ${addresses.length === 0 ? 'none' : addresses.join(', ')} (${ms} ms)`,
        )
        .join(', ');
    case 'tcp':
      return tcpWords(facts);
    case 'tls':
      return tlsWords(facts);
    case 'association':
      return `accepted; peer ${quoted(facts.implementationVersionName) || facts.implementationClassUid}, max PDU ${facts.maximumLengthBytes === 0 ? 'without limit' : facts.maximumLengthBytes}`;
    case 'echo':
      return `status ${hexadecimal(facts.status)}`;
    case 'services':
      return servicesWords(facts);
    case 'query':
      return queryWords(facts);
    case 'our-side':
      return ourSideWords(facts);
    case 'return-path':
      return returnWords(facts);
    case 'qido':
    case 'wado':
    case 'stow':
      return `${facts.isOffered ? 'works' : 'not offered'} (HTTP ${facts.status})`;
  }
}

/** Why a step was left out. */
export function describeSkip(reason: SkipReason): string {
  switch (reason.kind) {
    case 'earlier':
      return `skipped because ${testStepTitles[reason.step]} failed`;
    case 'not-ticked':
      return 'skipped because TLS is not ticked';
    case 'needs-one-image':
      return `not tested: it needs one image (a C-MOVE of nothing was answered with ${hexadecimal(reason.order.status)}, which proves nothing)`;
    case 'by-get':
      return 'not tested: images come by C-GET on our own association; one image would prove it';
    case 'by-web':
      return 'not tested: images come by WADO-RS on a connection of ours; one image would prove it';
    case 'nothing-there':
      return 'not tested: the server shows no image that could be sent';
    case 'retrieving':
      return 'not tested: a retrieve is under way';
  }
}

function queryWords({ model, matches, letters }: QueryFacts): string {
  const root = model === 'study-root' ? 'Study Root' : 'Patient Root';
  const asked = `C-FIND random UID (${root}): success, ${matches} matches`;
  return letters === null ? asked : `${asked}; ${lettersWords(letters)}`;
}

function lettersWords({ asked, decodeAs, told, name }: LettersFacts): string {
  const read = decodeAs ?? (told === '' ? 'ASCII, as it says nothing' : `${told}, as it says`);
  return [
    asked === null ? '' : `asked in ${asked}`,
    name === null ? 'it shows no name' : `names read as ${read}`,
  ]
    .filter(Boolean)
    .join(', ');
}

/** A name that the test has read, for the person at the screen; `null`: none. It is no part of any report. */
export function nameIn(facts: TestFacts): string | null {
  return facts.step === 'query' ? (facts.letters?.name ?? null) : null;
}

function tcpWords({ port, race, again, address }: Extract<TestFacts, { step: 'tcp' }>): string {
  const tries = [...race.filter((each) => each.address === address), ...again];
  const open = tries.filter(({ outcome }) => outcome === 'open');
  const others = race.filter((each) => each.address !== address);
  const lost = others.map(({ address, outcome }: AddressTry) => `${address} ${outcome}`);
  if (address === '') return `port ${port}: ${lost.join(', ')}`;
  const times = open.map(({ ms }) => ms).join('/');
  return [`open at ${address}, ${open.length} of ${tries.length}, ${times} ms`, ...lost].join('; ');
}

const ourCertificateWords: Readonly<Record<TlsFacts['ourCertificate'], string>> = {
  presented: 'our certificate accepted',
  'asked-for': 'our certificate asked for, none shown',
  'not-asked-for': 'our certificate not asked for',
  unknown: 'our certificate: can’t tell whether asked for',
};

function tlsWords({ protocol, chain, name, trusted, ourCertificate }: TlsFacts): string {
  const [own, issuer] = chain;
  const issuedBy = own === undefined ? '' : `CN=${own.subject}, issuer ${own.issuer}, ${own.daysLeft} days`;
  const above = chain.slice(1).map(({ subject }) => subject);
  return [
    protocol,
    issuedBy,
    issuer === undefined ? '' : `chain ${above.join(' < ')}`,
    name.matches ? 'name ok' : `not made out to ${name.expected}`,
    trusted ? 'trusted' : 'not trusted',
    ourCertificateWords[ourCertificate],
  ]
    .filter(Boolean)
    .join(', ');
}

function servicesWords({ services, storage, measured }: ServicesFacts): string {
  const find = both('FIND', services.find, services['find-patient-root']);
  const move = both('MOVE', services.move, services['move-patient-root']);
  const get = both('GET', services.get, services['get-patient-root']);
  const store =
    storage === null ? 'STORE not told' : `STORE ${storage.accepted} of ${storage.offered} classes`;
  const acts = [...(measured.scp ? ['SCP'] : []), ...(measured.scu ? ['SCU'] : [])].join(' and ');
  return [
    find,
    move,
    get,
    store,
    `MWL ${says(services.worklist)}`,
    `Commit ${says(services.commitment)}`,
    `Print ${says(services.print)}`,
    `acts as ${acts === '' ? 'neither SCP nor SCU' : acts}`,
  ].join(', ');
}

function says(accepted: boolean): string {
  return accepted ? 'yes' : 'no';
}

function both(name: string, study: boolean, patient: boolean): string {
  if (study && patient) return `${name} yes`;
  if (study) return `${name} Study Root`;
  return patient ? `${name} Patient Root only` : `${name} no`;
}

function ourSideWords({
  listener,
  listenPort,
  localAddress,
  lastLocalAddress,
  firewall,
}: OurSideFacts): string {
  const shared =
    listener === null ? 'listener not bound' : `listener ${listener.port} bound at ${listener.address}`;
  const own = listenPort === null || listenPort === listener?.port ? '' : `listen port ${listenPort}`;
  const address = localAddress === null ? 'our address not known' : `our address ${localAddress}`;
  const before = lastLocalAddress === null ? '' : ` (${changeOf(localAddress, lastLocalAddress)})`;
  return [shared, own, `${address}${before}`, firewallWords(firewall)].filter(Boolean).join('; ');
}

function changeOf(now: string | null, before: string): string {
  return now === before ? 'unchanged since last success' : `${before} at the last success`;
}

function firewallWords({ state, tool }: FirewallFacts): string {
  const by = tool === null ? '' : ` (${tool})`;
  switch (state) {
    case 'allowed':
      return `firewall lets it in${by}`;
    case 'blocked':
      return `firewall blocks it${by}`;
    case 'off':
      return `no firewall at work${by}`;
    case 'unknown':
      return `firewall: can’t tell${by}`;
    case 'not-needed':
      return 'firewall not concerned (same computer)';
  }
}

function returnWords(facts: ReturnPathFacts): string {
  const { method, callingAeTitle, calledAeTitle, remoteAddress, port, bytes } = facts;
  if (method === 'WADO-RS') return `one image by WADO-RS from ${remoteAddress}, ${bytes} bytes, not kept`;
  const where = port === null ? 'on our own association' : `at our port ${port}`;
  return `one image by ${method}: ${callingAeTitle} from ${remoteAddress} called ${calledAeTitle} ${where}, ${bytes} bytes, not kept`;
}

function quoted(text: string): string {
  return text === '' ? '' : `“${text}”`;
}

function hexadecimal(status: number): string {
  return `${status.toString(16).toUpperCase().padStart(4, '0')}H`;
}
