import { describe, expect, it } from 'vitest';
import { checkServerFields } from '../../../../electron/contract/check-server.ts';
import { emptyServerFields as emptyFields, fieldsOf } from '../../../../electron/contract/server-fields.ts';
import { ServerDraft } from '../../../../electron/contract/server.ts';
import {
  effectiveListenPort,
  nameOfCopy,
  sameFields,
} from '../../../../renderer/features/servers/server-fields.ts';
import { buildServer } from './build-server.ts';

describe('the fields of a server', () => {
  it('give the same server back when they are checked', () => {
    const server = buildServer({ listenPort: 11113, description: 'Two\nlines', tls: true });

    expect(checkServerFields(fieldsOf(server))).toEqual({ draft: ServerDraft.parse(server) });
  });

  it('differ as soon as one of them does', () => {
    expect(sameFields(emptyFields, { ...emptyFields })).toBe(true);
    expect(sameFields(emptyFields, { ...emptyFields, verifyCertificate: false })).toBe(false);
  });
});

describe('the listen port', () => {
  it('is the number of the port while it is empty', () => {
    expect(effectiveListenPort({ ...emptyFields, port: '104', listenPort: ' ' })).toBe(104);
    expect(effectiveListenPort({ ...emptyFields, port: '104', listenPort: '11113' })).toBe(11113);
  });

  it('is not known while it is not a port', () => {
    expect(effectiveListenPort({ ...emptyFields, port: '', listenPort: '' })).toBeNull();
    expect(effectiveListenPort({ ...emptyFields, listenPort: '65536' })).toBeNull();
    expect(effectiveListenPort({ ...emptyFields, listenPort: '1e3' })).toBeNull();
  });
});

describe('the name of a copy', () => {
  it('is one that no server has yet', () => {
    expect(nameOfCopy('Main', ['Main'])).toBe('Main copy');
    expect(nameOfCopy('Main', ['Main', 'Main copy'])).toBe('Main copy 2');
    expect(nameOfCopy('Main copy 2', ['Main', 'Main copy', 'Main copy 2'])).toBe('Main copy 3');
  });

  it('stays within the 64 characters of a name', () => {
    expect(nameOfCopy('x'.repeat(64), []).length).toBeLessThanOrEqual(64);
  });
});
