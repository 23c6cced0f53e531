import type { Finding } from './connection-test.ts';
import { describeOurFinding } from './describe-our-finding.ts';
import { describePeerFinding } from './describe-peer-finding.ts';
import { describeReturnFinding } from './describe-return-finding.ts';
import { describeServiceFinding } from './describe-service-finding.ts';
import type { FindingWords } from './finding-words.ts';
import { letter, namingParties, type Advice, type TestParties } from './test-parties.ts';

/** Puts what a closer look has shown into words. A finding without words doesn't compile. */
export function describeFinding(finding: Finding, parties: TestParties): Advice {
  const words = wordsFor(finding, parties);
  const named = (text: string): string => namingParties(text, parties);
  const { message } = words;
  return {
    cause: named(words.cause),
    explanation: named(words.explanation),
    owner: words.owner,
    action: named(words.action),
    message: message === undefined ? null : { to: message.to, text: letter(named(message.request), parties) },
  };
}

function wordsFor(finding: Finding, parties: TestParties): FindingWords {
  switch (finding.kind) {
    case 'speaks-tls':
    case 'speaks-plain':
    case 'speaks-http':
    case 'answers-to':
    case 'some-tries-failed':
    case 'addresses-failed':
      return describePeerFinding(finding);
    case 'certificate-ends':
    case 'not-verified':
    case 'role-differs':
    case 'abilities-missing':
    case 'storage-not-told':
    case 'keys-ignored':
    case 'name-unreadable':
      return describeServiceFinding(finding, parties);
    case 'address-changed':
    case 'shared-port-missing':
    case 'listens-here-only':
    case 'listens-elsewhere':
    case 'firewall-blocks':
    case 'ae-title-in-use':
      return describeOurFinding(finding, parties);
    case 'not-delivered':
    case 'delivered-elsewhere':
    case 'came-to-other-port':
    case 'called-other-ae-title':
    case 'turned-away':
    case 'came-without-image':
      return describeReturnFinding(finding);
  }
}
