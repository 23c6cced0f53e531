import { describe, expect, it } from 'vitest';
import { durationInWords, factsInWords } from '../../../../renderer/features/servers/echo-words.ts';

describe('the facts of an echo step', () => {
  it('are the addresses of the name', () => {
    expect(factsInWords({ step: 'resolve', addresses: ['10.0.4.12', 'fe80::1'] })).toBe('10.0.4.12, fe80::1');
  });

  it('are protocol, certificate, issuer and days left, and whether it was verified', () => {
    const facts = {
      step: 'tls',
      protocol: 'TLSv1.3',
      cipher: 'TLS_AES_256_GCM_SHA384',
      subject: 'pacs',
      issuer: 'Site CA',
      daysLeft: 212,
      verified: true,
    } as const;

    expect(factsInWords(facts)).toBe(
      'TLSv1.3, certificate of pacs, issued by Site CA, 212 days left, verified',
    );
    expect(factsInWords({ ...facts, issuer: '', daysLeft: -3, verified: false })).toBe(
      'TLSv1.3, certificate of pacs, expired 3 days ago, not verified',
    );
  });

  it('are the peer and its PDU limit, 0 being none', () => {
    const facts = {
      step: 'associate',
      implementationClassUid: '1.2.3',
      implementationVersionName: 'OFFIS',
      maximumLengthBytes: 16384,
    } as const;

    expect(factsInWords(facts)).toBe('Accepted by OFFIS · 1.2.3, PDUs up to 16,384 bytes');
    expect(factsInWords({ ...facts, implementationVersionName: '', maximumLengthBytes: 0 })).toBe(
      'Accepted by 1.2.3, no PDU limit',
    );
  });

  it('are the status as the standard writes it', () => {
    expect(factsInWords({ step: 'echo', status: 0 })).toBe('Answered with status 0000H');
  });
});

describe('a duration', () => {
  it('is in milliseconds below a second, then in seconds', () => {
    expect([durationInWords(3.4), durationInWords(1234)]).toEqual(['3 ms', '1.2 s']);
  });
});
