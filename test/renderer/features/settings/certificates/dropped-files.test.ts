import { describe, expect, it } from 'vitest';
import { FileGrantId, type FileGrant } from '../../../../../electron/contract/send.ts';
import { sortedOut } from '../../../../../renderer/features/settings/certificates/dropped-files.ts';

const grant = (name: string): FileGrant => ({ id: FileGrantId.parse(name), name });

describe('certificate files that are dropped', () => {
  it.each(['viewer.p12', 'VIEWER.PFX', 'viewer.key'])('are ours: %s', (name) => {
    expect(sortedOut([grant(name)])).toMatchObject({ kind: 'identity', file: { name }, keyFile: null });
  });

  it.each(['ca.crt', 'site-ca.pem', 'root.cer', 'chain.p7b'])('are of authorities: %s', (name) => {
    expect(sortedOut([grant(name)])).toMatchObject({ kind: 'authorities', file: { name }, keyFile: null });
  });

  it('are a certificate of ours with its key, in whatever order', () => {
    const both = { kind: 'identity', file: { name: 'viewer.pem' }, keyFile: { name: 'viewer-key.pem' } };

    expect(sortedOut([grant('viewer-key.pem'), grant('viewer.pem')])).toMatchObject(both);
    expect(sortedOut([grant('viewer.pem'), grant('viewer-key.pem')])).toMatchObject(both);
  });

  it('are nothing where none could be taken', () => {
    expect(sortedOut([])).toBeNull();
  });
});
