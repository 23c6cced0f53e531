import { describe, expect, it } from 'vitest';
import {
  echo,
  requestAssociation,
  SopClass,
  TransferSyntax,
  type AssociationPlan,
  type UserIdentityPlan,
} from '../../electron/dimse/index.ts';
import { createAuthority } from '../support/certificates.ts';
import { mustRun, startStorescp, whichPeers } from '../support/peers/index.ts';
import { openReceivingHouse } from '../support/receiving-house.ts';
import { writeSyntheticStudy } from '../support/synthetic-study.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const peers = whichPeers();

const userIdentity: UserIdentityPlan = {
  kind: 'username-and-passcode',
  username: 'jürgen',
  passcode: 'open sesame',
  positiveResponseRequested: true,
};

function planFor(port: number, change: Partial<AssociationPlan>): AssociationPlan {
  return {
    host: '127.0.0.1',
    port,
    callingAeTitle: 'GANTRY',
    calledAeTitle: 'STORESCP',
    tls: null,
    contexts: [
      {
        abstractSyntaxUid: SopClass.Verification,
        transferSyntaxUids: [TransferSyntax.ImplicitVrLittleEndian],
      },
    ],
    userIdentity,
    ...change,
  };
}

describe('a user identity', () => {
  it.skipIf(!peers.dcmtk)('goes over TLS, and is read by DCMTK as it was meant', async () => {
    await using folder = await temporaryFolder();
    const authority = await createAuthority(folder.path, 'Test CA');
    const server = await authority.issue('server', { altNames: ['IP:127.0.0.1'] });
    const args = ['-d', '+tls', server.keyFile, server.certFile, '-ic'];
    await using storescp = await startStorescp({ args });

    await using association = await requestAssociation(planFor(storescp.port, { tls: { verify: false } }));

    expect(await echo(association)).toBe(0);
    // DCMTK's storescp knows no users: it takes note, and confirms nothing.
    expect(association.peer.userIdentityConfirmed).toBe(false);
    await expect.poll(() => storescp.child.output()).toMatch(/Username\/Password/i);
    expect(storescp.child.output()).toContain('Username: [jürgen]');
    expect(storescp.child.output()).toMatch(/Positive Response Requested: *Yes/i);
  });

  it.skipIf(!peers.dcmtk)('does not leave in the clear, unless the person insists', async () => {
    await using storescp = await startStorescp({ args: ['-d'] });

    await expect(requestAssociation(planFor(storescp.port, {}))).rejects.toMatchObject({
      failure: { step: 'input', field: 'userIdentity' },
    });
    expect(storescp.child.output()).not.toContain('jürgen');

    const insisting = { ...userIdentity, evenWithoutTls: true };
    await using _ = await requestAssociation(planFor(storescp.port, { userIdentity: insisting }));
    await expect.poll(() => storescp.child.output()).toContain('Username: [jürgen]');
  });

  it.skipIf(!peers.dcmtk)('that storescu brings does not keep its objects out', async () => {
    await using folder = await temporaryFolder();
    const [file] = await writeSyntheticStudy(folder.path, {
      patientName: 'USER^OF',
      patientId: 'U1',
      studyDate: '20260101',
      series: [{ modality: 'CT', instances: 1 }],
    });
    await using house = await openReceivingHouse();
    const user = ['-usr', 'operator', '-pwd', 'secret'];

    await mustRun('storescu', [...user, '-aec', house.aeTitle, '127.0.0.1', `${house.port}`, file!.path]);

    expect(house.stored.map(({ sopInstanceUid }) => sopInstanceUid)).toEqual([file!.sopInstanceUid]);
  });
});
