import { describe, expect, it } from 'vitest';
import type { SettingsView } from '../../../../electron/contract/settings.ts';
import { CertificateId } from '../../../../electron/contract/certificate-id.ts';
import {
  checkSettings,
  initialSettings,
  isDirty,
  isLoopback,
  next,
  type SettingsEvent,
  type SettingsState,
} from '../../../../renderer/features/settings/settings-state.ts';

const plain = { listenTls: false, listenCertificate: '', unknownClasses: true } as const;

describe('the settings form', () => {
  it('shows what main says', () => {
    const state = after({ kind: 'heard', view: view() });

    expect(state.fields).toEqual({
      aeTitle: 'GANTRY',
      listenPort: '11112',
      listenAddress: '127.0.0.1',
      ...plain,
    });
    expect(isDirty(state)).toBe(false);
  });

  it('keeps what is being typed when main says something new, and reverts to that', () => {
    const state = after(
      { kind: 'heard', view: view() },
      { kind: 'changed', change: { aeTitle: 'ROOM7' } },
      { kind: 'heard', view: view({ listenPort: 104 }) },
    );

    expect(state.fields.aeTitle).toBe('ROOM7');
    expect(next(state, { kind: 'reverted' }).fields).toEqual({
      aeTitle: 'GANTRY',
      listenPort: '104',
      listenAddress: '127.0.0.1',
      ...plain,
    });
  });

  it('is clean once it is saved', () => {
    const state = after(
      { kind: 'heard', view: view() },
      { kind: 'changed', change: { listenPort: '104' } },
      { kind: 'attempted' },
      { kind: 'saved', view: view({ listenPort: 104 }) },
    );

    expect(isDirty(state)).toBe(false);
    expect(state).toMatchObject({ isAttempted: false, saving: { kind: 'saved' } });
  });
});

describe('the check of the settings', () => {
  it('answers a draft when all is right', () => {
    const fields = { aeTitle: ' ROOM7 ', listenPort: '104', listenAddress: '::1' };
    const draft = { aeTitle: 'ROOM7', listenPort: 104, listenAddress: '::1' };

    expect(checkSettings({ ...fields, ...plain })).toEqual({
      draft: { ...draft, listenTls: false, listenCertificate: null, unknownClasses: true },
    });
    expect(
      checkSettings({ ...fields, unknownClasses: false, listenTls: true, listenCertificate: 'c1' }),
    ).toEqual({
      draft: {
        ...draft,
        listenTls: true,
        listenCertificate: CertificateId.parse('c1'),
        unknownClasses: false,
      },
    });
  });

  it('has a sentence for each field that is not', () => {
    const fields = { aeTitle: 'A\\B', listenPort: '1e3', listenAddress: 'not an address' };
    const checked = checkSettings({ ...fields, ...plain });

    expect(Object.keys('problems' in checked ? checked.problems : {}).toSorted()).toEqual([
      'aeTitle',
      'listenAddress',
      'listenPort',
    ]);
  });
});

describe('loopback', () => {
  it('is every way of saying "only this computer"', () => {
    expect(['127.0.0.1', '127.3.2.1', '::1', 'localhost'].map(isLoopback)).toEqual([true, true, true, true]);
    expect(['0.0.0.0', '::', '10.0.4.7', ''].map(isLoopback)).toEqual([false, false, false, false]);
  });
});

function view({ listenPort = 11112 }: { readonly listenPort?: number } = {}): SettingsView {
  const origin = { kind: 'default' } as const;
  return {
    aeTitle: { value: 'GANTRY', origin, locked: false },
    listenPort: { value: listenPort, origin, locked: false },
    listenAddress: { value: '127.0.0.1', origin, locked: false },
    listenTls: { value: false, origin, locked: false },
    listenCertificate: { value: null, origin, locked: false },
    unknownClasses: { value: true, origin, locked: false },
    archiveFolder: { value: '/archive', origin, locked: false },
    listener: { kind: 'starting' },
    refusedPeer: null,
    brokenSettingsKeptAs: null,
    localAddresses: [],
    version: '0.1.0',
  };
}

function after(...events: readonly SettingsEvent[]): SettingsState {
  return events.reduce(next, initialSettings);
}
