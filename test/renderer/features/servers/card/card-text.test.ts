import { describe, expect, it } from 'vitest';
import type { ConnectionCard } from '../../../../../electron/contract/connection-card.ts';
import { cardForCamera, cardText } from '../../../../../renderer/features/servers/card/card-text.ts';

const card: ConnectionCard = {
  aeTitle: 'VIEWER7',
  addresses: ['10.0.4.7', 'fd00::7'],
  towardsServer: '10.0.4.7',
  hostName: 'room7',
  ports: [11113, 11112],
  tls: false,
  transferSyntaxUids: ['1.2.840.10008.1.2', '1.2.840.10008.1.2.4.80', '1.2.3.4.5.6'],
  csv: '',
};

describe('the connection card', () => {
  it('as text begins with what has to be entered, and names the syntaxes', () => {
    const lines = cardText(card).split('\n');

    expect(lines.slice(0, 5)).toEqual([
      'Name: VIEWER7 on room7',
      'AE title: VIEWER7',
      'Host: 10.0.4.7',
      'Port: 11113',
      'TLS: no',
    ]);
    expect(lines.at(-1)).toBe('Transfer syntaxes: Implicit VR Little Endian, JPEG-LS Lossless, 1.2.3.4.5.6');
    expect(cardText(card)).toContain('10.0.4.7 (the one this server sees), fd00::7');
  });

  it('for a camera says no more than has to be typed', () => {
    expect(cardForCamera(card)).toBe(
      'AE title: VIEWER7\nHost: 10.0.4.7, fd00::7\nPort: 11113, 11112\nTLS: no',
    );
  });
});
