import type { CertificateFacts, CertificatePurpose } from '../../electron/contract/certificate.ts';
import { countOf } from './quantity.ts';

/** '212 days left', 'expires today', 'expired 3 days ago'. */
export function daysLeftWords(days: number): string {
  if (days < 0) return days === -1 ? 'expired yesterday' : `expired ${countOf(-days, 'day', 'days')} ago`;
  return days === 0 ? 'expires today' : `${countOf(days, 'day', 'days')} left`;
}

/** How soon something has to be done: after that many days or fewer it is said as a warning. */
const warnDays = 30;

export function expiryTone({ daysLeft }: Pick<CertificateFacts, 'daysLeft'>): 'ok' | 'warning' | 'failure' {
  if (daysLeft < 0) return 'failure';
  return daysLeft <= warnDays ? 'warning' : 'ok';
}

const purposes: Readonly<Record<CertificatePurpose, string>> = {
  server: 'servers',
  client: 'clients',
  other: 'other uses',
};

/** What it may be used for; 'everything' where it does not say. */
export function purposeWords(facts: Pick<CertificateFacts, 'purposes' | 'isAuthority'>): string {
  if (facts.isAuthority) return 'signing certificates';
  if (facts.purposes === null) return 'everything';
  return facts.purposes.map((purpose) => purposes[purpose]).join(' and ') || 'nothing it names';
}
