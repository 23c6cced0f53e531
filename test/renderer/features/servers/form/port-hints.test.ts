import { describe, expect, it } from 'vitest';
import { listenPortHint, portHint } from '../../../../../renderer/features/servers/form/port-hints.ts';

describe('the hint at a port', () => {
  it('says what each of the four known ports is used for', () => {
    expect(portHint('104')).toContain('classic');
    expect(portHint(' 11112 ')).toContain('plain or with TLS');
    expect(portHint('2762')).toContain('tick TLS');
    expect(portHint('2761')).toContain('ISCL');
  });

  it('says what is usual while the port is another, or none', () => {
    expect(portHint('')).toBe('Often 104 or 11112');
    expect(portHint('constructor')).toBe('Often 104 or 11112');
  });
});

describe('the hint at a listen port', () => {
  it('warns of ports that only an administrator may open', () => {
    expect(listenPortHint('104', '11112')).toContain('administrator rights');
    expect(listenPortHint('', '104')).toBe('Same as port number. 104 may need administrator rights');
    expect(listenPortHint('1024', '104')).toBe('For what it sends here');
  });

  it('says that an empty one is that of the server', () => {
    expect(listenPortHint('', '4242')).toBe('Same as port number');
  });
});
