import type { ExpiringWhose, ExpiryWarning } from '../contract/certificate.ts';

/** A certificate that somebody would miss. */
export interface ExpiringCertificate {
  readonly whose: ExpiringWhose;
  readonly subject: string;
  /** ISO 8601. */
  readonly validTo: string;
}

const dayMs = 24 * 60 * 60 * 1_000;

/** Which run out within thirty days, seven days, one day, or are over; the most urgent first. */
export function expiryWarnings(
  certificates: readonly ExpiringCertificate[],
  now: Date,
): readonly ExpiryWarning[] {
  return certificates
    .flatMap(({ whose, subject, validTo }) => {
      const leftMs = Date.parse(validTo) - now.getTime();
      const level = levelOf(leftMs);
      return level === null ? [] : [{ whose, subject, validTo, daysLeft: Math.floor(leftMs / dayMs), level }];
    })
    .toSorted((one, other) => Date.parse(one.validTo) - Date.parse(other.validTo));
}

function levelOf(leftMs: number): ExpiryWarning['level'] | null {
  if (leftMs < 0) return 'expired';
  if (leftMs <= dayMs) return 'day';
  if (leftMs <= 7 * dayMs) return 'week';
  return leftMs <= 30 * dayMs ? 'month' : null;
}
