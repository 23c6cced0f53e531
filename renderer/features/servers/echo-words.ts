import type { EchoFacts, EchoStepName } from '../../../electron/contract/echo-step.ts';

/** What each step of the echo test is called. */
export const stepWords: Readonly<Record<EchoStepName, string>> = {
  resolve: 'Name',
  connect: 'TCP',
  tls: 'TLS',
  associate: 'Association',
  echo: 'C-ECHO',
};

/** What a step that passed found out, in one line. */
export function factsInWords(facts: EchoFacts): string {
  switch (facts.step) {
    case 'resolve':
      return facts.addresses.join(', ');
    case 'connect':
      return `${facts.address} answers, reached from ${facts.localAddress}`;
    case 'tls':
      return [
        facts.protocol,
        facts.subject === '' ? 'no name in the certificate' : `certificate of ${facts.subject}`,
        ...(facts.issuer === '' ? [] : [`issued by ${facts.issuer}`]),
        daysLeftInWords(facts.daysLeft),
        facts.verified ? 'verified' : 'not verified',
      ].join(', ');
    case 'associate':
      return `Accepted by ${peerInWords(facts)}, ${maximumLengthInWords(facts.maximumLengthBytes)}`;
    case 'echo':
      return `Answered with status ${facts.status.toString(16).toUpperCase().padStart(4, '0')}H`;
  }
}

function peerInWords({
  implementationVersionName,
  implementationClassUid,
}: {
  readonly implementationVersionName: string;
  readonly implementationClassUid: string;
}): string {
  const said = [implementationVersionName, implementationClassUid].filter((text) => text !== '');
  return said.length === 0 ? 'a peer that does not say what it is' : said.join(' · ');
}

function maximumLengthInWords(bytes: number): string {
  return bytes === 0 ? 'no PDU limit' : `PDUs up to ${bytes.toLocaleString('en')} bytes`;
}

function daysLeftInWords(days: number): string {
  if (days < 0) return `expired ${days === -1 ? 'yesterday' : `${-days} days ago`}`;
  if (days === 0) return 'expires today';
  return days === 1 ? '1 day left' : `${days.toLocaleString('en')} days left`;
}

/** `3 ms`, `1.2 s`. */
export function durationInWords(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
