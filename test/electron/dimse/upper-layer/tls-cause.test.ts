import { describe, expect, it } from 'vitest';
import { alertsOfPeer, reasonOf, tlsFailureOf } from '../../../../electron/dimse/upper-layer/tls-cause.ts';

/** As Node makes them of what OpenSSL, or Electron's BoringSSL, says. */
function alert(number: number, library = 'SSL routines:ssl3_read_bytes:some alert'): Error {
  const error = new Error(
    `40CD:error:0A000410:${library}:../ssl/record/rec.c:918:SSL alert number ${number}\n`,
  );
  return Object.assign(error, { code: 'ERR_SSL_SOME_ALERT' });
}

function causeOf(number: number, told: { hasIdentity: boolean; agreed: boolean }): string | undefined {
  return tlsFailureOf(alert(number), alertsOfPeer(told))?.cause;
}

/** RFC 8446 §6 and RFC 5246 §7.2, those that are about a certificate of ours. */
const aboutOurs = [42, 43, 44, 45, 46, 48, 49, 116];

describe('an alert of a peer we called', () => {
  it('about a certificate means ours, or that we have none', () => {
    for (const number of aboutOurs) {
      expect(causeOf(number, { hasIdentity: true, agreed: true })).toBe('certificate-refused');
      expect(causeOf(number, { hasIdentity: false, agreed: true })).toBe('client-certificate-required');
    }
  });

  it('that the handshake failed means the suites, until the peer has shown its certificate', () => {
    expect(causeOf(40, { hasIdentity: false, agreed: false })).toBe('cipher');
    expect(causeOf(40, { hasIdentity: true, agreed: false })).toBe('cipher');
    expect(causeOf(40, { hasIdentity: false, agreed: true })).toBe('client-certificate-required');
    expect(causeOf(40, { hasIdentity: true, agreed: true })).toBe('certificate-refused');
  });

  it.each([
    [70, 'protocol'],
    [71, 'cipher'],
    [80, 'handshake'],
    [112, 'handshake'],
  ])('number %i is read as %s', (number, cause) => {
    expect(causeOf(number, { hasIdentity: false, agreed: false })).toBe(cause);
  });

  it('is read the same from BoringSSL, which calls them otherwise', () => {
    const error = alert(70, 'SSL routines:OPENSSL_internal:TLSV1_ALERT_PROTOCOL_VERSION');

    expect(tlsFailureOf(error)).toEqual({
      step: 'tls',
      cause: 'protocol',
      detail: 'TLSV1_ALERT_PROTOCOL_VERSION',
    });
  });
});

describe('an alert of a peer that called us', () => {
  it('about a certificate means that it does not accept ours', () => {
    for (const number of aboutOurs) expect(tlsFailureOf(alert(number))?.cause).toBe('certificate-refused');
  });
});

describe('an error', () => {
  it('that is not one of TLS is not taken for one', () => {
    expect(tlsFailureOf(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }))).toBeNull();
  });

  it('of TLS that nobody foresaw is a handshake that failed', () => {
    const error = Object.assign(new Error('what'), { code: 'ERR_SSL_BAD_SIGNATURE' });

    expect(tlsFailureOf(error)).toEqual({ step: 'tls', cause: 'handshake', detail: 'what' });
  });

  it('gives its reason without codes, file names and advice for programmers', () => {
    expect(reasonOf(alert(40))).toBe('some alert');
    expect(reasonOf(new Error('unable to verify; try running Node.js with --use-system-ca'))).toBe(
      'unable to verify',
    );
  });
});
