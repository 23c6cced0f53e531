import { expect, it } from 'vitest';
import { emptyServerFields } from '../../../../electron/contract/server-fields.ts';
import { serverText } from '../../../../renderer/features/servers/server-text.ts';

it('a server as text says what is needed to enter it elsewhere, and nothing that is empty', () => {
  const fields = { ...emptyServerFields, name: 'Main', aeTitle: 'PACS1', host: '::1', tls: true };

  expect(serverText({ ...fields, description: 'Two\nlines' })).toBe(
    ['Name: Main', 'AE title: PACS1', 'Host: ::1', 'Port: 104', 'TLS: yes', 'Description: Two lines'].join(
      '\n',
    ),
  );
});

it('a server that is asked by DICOMweb alone has no port', () => {
  const fields = { ...emptyServerFields, name: 'Web', webUrl: 'https://pacs.example/dicom-web' };

  expect(serverText(fields)).toBe('Name: Web\nWeb address: https://pacs.example/dicom-web');
});
