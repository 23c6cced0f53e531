import { expect, it } from 'vitest';
import { CertificateId } from '../../../electron/contract/certificate-id.ts';
import { ServerId } from '../../../electron/contract/server.ts';
import { expiryWarnings } from '../../../electron/security/index.ts';

const now = new Date('2030-06-01T12:00:00Z');
const endingIn = (hours: number) => ({
  whose: { kind: 'identity', id: CertificateId.parse('mine') } as const,
  subject: 'viewer',
  validTo: new Date(now.getTime() + hours * 3_600_000).toISOString(),
});

it.each([
  [31 * 24, null, null],
  [30 * 24, 'month', 30],
  [8 * 24, 'month', 8],
  [7 * 24, 'week', 7],
  [25, 'week', 1],
  [24, 'day', 1],
  [1, 'day', 0],
  [-1, 'expired', -1],
  [-49, 'expired', -3],
] as const)('a certificate that ends in %d hours is warned of as %s', (hours, level, daysLeft) => {
  const warnings = expiryWarnings([endingIn(hours)], now);

  expect(warnings.map((warning) => [warning.level, warning.daysLeft])).toEqual(
    level === null ? [] : [[level, daysLeft]],
  );
});

it('the most urgent comes first, whosever it is', () => {
  const server = {
    whose: { kind: 'server', id: ServerId.parse('pacs'), name: 'Main PACS' } as const,
    subject: 'pacs',
    validTo: new Date(now.getTime() + 3_600_000).toISOString(),
  };

  const warnings = expiryWarnings([endingIn(100), server, endingIn(-5)], now);

  expect(warnings.map(({ level, whose }) => `${level} ${whose.kind}`)).toEqual([
    'expired identity',
    'day server',
    'week identity',
  ]);
});
