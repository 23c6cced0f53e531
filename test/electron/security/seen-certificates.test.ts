import { expect, it } from 'vitest';
import { ServerId } from '../../../electron/contract/server.ts';
import { openSeenCertificates } from '../../../electron/security/index.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

it('what a server showed last is still known after a restart', async () => {
  await using folder = await temporaryFolder();
  const pacs = ServerId.parse('pacs');
  const first = { subject: 'pacs', validTo: '2030-01-01T00:00:00.000Z', fingerprint: 'AA' };
  const renewed = { ...first, validTo: '2031-01-01T00:00:00.000Z', fingerprint: 'BB' };

  const seen = openSeenCertificates(folder.path);
  seen.remember(pacs, first);
  seen.remember(pacs, renewed);

  expect([...openSeenCertificates(folder.path).all()]).toEqual([[pacs, renewed]]);
});
