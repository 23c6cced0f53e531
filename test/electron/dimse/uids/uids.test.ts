import { expect, it } from 'vitest';
import { compressions } from '../../../../electron/contract/compression.ts';
import {
  SopClass,
  canBeStorageSopClass,
  isStorageSopClass,
  sopClassName,
} from '../../../../electron/dimse/uids/sop-class.ts';
import {
  TransferSyntax,
  preferredSyntaxes,
  transferSyntaxName,
} from '../../../../electron/dimse/uids/transfer-syntax.ts';

it('every SOP class has a UID of its own and a name', () => {
  const uids = Object.values(SopClass);

  expect(new Set(uids).size).toBe(uids.length);
  for (const uid of uids) {
    expect(uid).toMatch(/^[0-9.]{1,64}$/);
    expect(sopClassName(uid)).toBeTruthy();
  }
  expect(SopClass.CtImageStorage).toBe('1.2.840.10008.5.1.4.1.1.2');
  expect(sopClassName(SopClass.CtImageStorage)).toBe('CT Image Storage');
  expect(sopClassName('1.2.3')).toBeNull();
});

it('storage is told from the other services', () => {
  expect(isStorageSopClass(SopClass.CtImageStorage)).toBe(true);
  expect(isStorageSopClass(SopClass.HardcopyColorImageStorage)).toBe(true);
  expect(isStorageSopClass(SopClass.SiemensCsaNonImageStorage)).toBe(true);
  expect(isStorageSopClass('1.2.840.10008.5.1.4.1.1.77.1.99')).toBe(true);
  expect(isStorageSopClass(SopClass.Verification)).toBe(false);
  expect(isStorageSopClass(SopClass.StudyRootFind)).toBe(false);
  expect(isStorageSopClass(SopClass.StorageCommitmentPushModel)).toBe(false);
});

it('a class that nobody knows can be a storage class where it is not the standard’s', () => {
  expect(canBeStorageSopClass(SopClass.CtImageStorage)).toBe(true);
  expect(canBeStorageSopClass('1.3.6.1.4.1.99999.1')).toBe(true);
  expect(canBeStorageSopClass('1.2.840.113619.4.99')).toBe(true);
  expect(canBeStorageSopClass('1.2.840.10008.5.1.4.99')).toBe(false);
  expect(canBeStorageSopClass(SopClass.Verification)).toBe(false);
});

it('every transfer syntax has a UID of its own and a name', () => {
  const uids = Object.values(TransferSyntax);

  expect(new Set(uids).size).toBe(uids.length);
  for (const uid of uids) expect(transferSyntaxName(uid)).toBeTruthy();
  expect(transferSyntaxName('1.2.3')).toBeNull();
});

it('every compression names transfer syntaxes, except as-stored, which leaves the choice to the peer', () => {
  const known = new Set<string>(Object.values(TransferSyntax));

  for (const compression of compressions) {
    const preferred = preferredSyntaxes(compression);
    expect(preferred.length > 0).toBe(compression !== 'as-stored');
    for (const uid of preferred) expect(known).toContain(uid);
  }
  expect(preferredSyntaxes('jpeg-ls-lossless')).toEqual(['1.2.840.10008.1.2.4.80']);
});
