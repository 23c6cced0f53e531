import { expect, it } from 'vitest';
import { fieldNames } from '../../../../electron/contract/server-fields.ts';
import { fieldLabels, fieldsOfReply } from '../../../../renderer/features/servers/reply/reply-fields.ts';

it('a reply fills the fields it speaks of, and no other', () => {
  const piece = { from: '', at: 0, isCertain: true, why: null };

  expect(
    fieldsOfReply({
      found: [
        { field: 'aeTitle', value: 'PACS1', ...piece },
        { field: 'tls', value: 'yes', ...piece },
      ],
      remarks: [],
    }),
  ).toEqual({ aeTitle: 'PACS1', tls: true });
});

it('every field of the form has a name', () => {
  const named = new Set<string>([...Object.keys(fieldLabels), 'verifyCertificate']);

  expect(fieldNames.filter((name) => !named.has(name))).toEqual([]);
});
