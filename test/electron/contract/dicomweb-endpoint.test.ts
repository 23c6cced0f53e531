import { describe, expect, it } from 'vitest';
import { Fingerprint } from '../../../electron/contract/certificate-id.ts';
import { ServerSecret } from '../../../electron/contract/dicomweb.ts';
import { DicomwebEndpoint } from '../../../electron/contract/dicomweb-endpoint.ts';

function said(
  schema: typeof DicomwebEndpoint | typeof ServerSecret | typeof Fingerprint,
  input: unknown,
): string {
  return schema.safeParse(input).error?.issues[0]?.message ?? 'fine';
}

describe('a web address', () => {
  it.each([
    ['https://pacs.example/dicom-web', 'https://pacs.example/dicom-web'],
    [' https://pacs.example/dicom-web// ', 'https://pacs.example/dicom-web'],
    ['http://10.0.0.5:8042', 'http://10.0.0.5:8042'],
    ['https://[fe80::1]:8443/a/b', 'https://[fe80::1]:8443/a/b'],
    ['HTTPS://PACS.example/DICOM', 'HTTPS://PACS.example/DICOM'],
  ])('%j is taken', (baseUrl, taken) => {
    expect(DicomwebEndpoint.parse({ baseUrl })).toEqual({
      baseUrl: taken,
      qidoPath: '',
      wadoPath: '',
      stowPath: '',
      authentication: 'none',
      username: '',
    });
  });

  it.each([
    ['pacs.example/dicom-web', /^This is not a web address/],
    ['ftp://pacs.example', /^This is not a web address/],
    ['https://', /^This is not a web address/],
    ['https://pacs example/', /^This is not a web address/],
    ['https://pacs.example:8o80/', /^This is not a web address/],
    ['https://pacs.example:99999/', /^A port is a whole number/],
    ['https://pacs.example:0/', /^A port is a whole number/],
    ['https://me:secret@pacs.example/', /user name or password/],
    ['https://pacs.example/?a=b', /\? or #/],
    ['https://pacs.example/#a', /\? or #/],
    ['', /^This is not a web address/],
  ])('%j is refused in words', (baseUrl, words) => {
    expect(said(DicomwebEndpoint, { baseUrl })).toMatch(words);
  });
});

describe('the path of a service', () => {
  it.each([
    ['', ''],
    ['/', ''],
    ['rs', '/rs'],
    ['/aets/DCM4CHEE/rs/', '/aets/DCM4CHEE/rs'],
  ])('%j becomes %j', (qidoPath, taken) => {
    expect(DicomwebEndpoint.parse({ baseUrl: 'https://a.example', qidoPath }).qidoPath).toBe(taken);
  });

  it.each(['/a b', '/a?b', '/../other', 'https://elsewhere.example'])('%j is refused', (qidoPath) => {
    expect(said(DicomwebEndpoint, { baseUrl: 'https://a.example', qidoPath })).toMatch(/path/);
  });
});

it('a user name or a password that HTTP can’t carry is refused', () => {
  const endpoint = { baseUrl: 'https://a.example', authentication: 'basic' };

  expect(said(DicomwebEndpoint, { ...endpoint, username: 'a:b' })).toMatch(/colon/);
  expect(said(ServerSecret, { serverId: 'a', secret: 'line\r\nX-Header: 1' })).toMatch(/line break/);
  expect(said(ServerSecret, { serverId: 'a', secret: '' })).toMatch(/empty/);
});

describe('a fingerprint', () => {
  const hex = 'a1'.repeat(32);

  it.each([hex, hex.toUpperCase(), 'A1:'.repeat(31) + 'A1', 'a1 '.repeat(32)])(
    '%j is one form of it',
    (text) => {
      expect(Fingerprint.parse(text)).toBe('A1:'.repeat(31) + 'A1');
    },
  );

  it.each(['', 'a1'.repeat(20), 'zz'.repeat(32)])('%j is none', (text) => {
    expect(said(Fingerprint, text)).toMatch(/64 hexadecimal digits/);
  });
});
