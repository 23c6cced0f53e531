import { cipherSuites } from '../../electron/dimse/index.ts';
import { table } from './table.ts';

/** PS3.15 §B.12, BCP 195. */
export function tlsProfile(): string {
  return table(
    ['', ''],
    [
      ['Profile', 'Modified BCP 195 RFC 8996, 9325 TLS Secure Transport Connection (PS3.15 §B.12)'],
      ['Versions', 'TLS 1.3 and 1.2; nothing older, and never plain TCP instead'],
      [
        'Cipher suites',
        cipherSuites
          .split(':')
          .map((suite) => `\`${suite}\``)
          .join(', '),
      ],
      [
        'As requestor',
        'server authentication, against the system’s authorities or those given for the server; a client certificate where one is set',
      ],
      ['As acceptor', 'server authentication, or mutual authentication'],
      [
        'Name',
        'the certificate’s subject alternative names against the host, or the name given for the server; it is also the Server Name Indication',
      ],
    ],
  );
}
