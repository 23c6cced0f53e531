import { describe, expect, it, vi } from 'vitest';
import { AeTitle } from '../../../electron/contract/ae-title.ts';
import { CertificateId } from '../../../electron/contract/certificate-id.ts';
import { FailureError } from '../../../electron/contract/failure.ts';
import {
  noAdminLocal,
  openSettings,
  type AdminLocal,
  type KeyValueStore,
} from '../../../electron/settings/index.ts';

const ours = {
  aeTitle: AeTitle.parse('GANTRY'),
  listenPort: 11112,
  listenAddress: '127.0.0.1',
  listenTls: false,
  listenCertificate: null,
  unknownClasses: true,
};

interface Opened {
  readonly settings: ReturnType<typeof openSettings>;
  readonly store: KeyValueStore & { readonly values: Map<string, unknown> };
}

function open({ stored, local = {} }: { stored?: unknown; local?: Partial<AdminLocal> } = {}): Opened {
  const values = new Map<string, unknown>(stored === undefined ? [] : [['settings', stored]]);
  const store = {
    values,
    get: (key: string) => values.get(key),
    set: (key: string, value: unknown) => values.set(key, value),
  };
  const settings = openSettings({
    store,
    admin: () => ({ ...noAdminLocal, ...local }),
    defaultArchiveFolder: '/home/archive',
    brokenSettingsKeptAs: null,
  });
  return { settings, store };
}

function titled(text: string, locked: boolean): AdminLocal['aeTitle'] {
  return { value: AeTitle.parse(text), file: '/etc/servers.ini', line: 7, locked };
}

describe('the settings', () => {
  it('begin with our defaults, listening only on this computer', () => {
    const { settings } = open();

    expect(settings.current()).toEqual({ ...ours, archiveFolder: '/home/archive' });
    expect(settings.view().aeTitle).toEqual({ value: 'GANTRY', origin: { kind: 'default' }, locked: false });
  });

  it('remember what a person saves, with its version, and tell who listens', () => {
    const { settings, store } = open();
    const listener = vi.fn<() => void>();
    settings.onChange(listener);

    settings.save({ ...ours, aeTitle: AeTitle.parse('VIEWER7') });

    expect(store.values.get('settings')).toEqual({ version: 1, aeTitle: 'VIEWER7' });
    expect(settings.view().aeTitle).toEqual({ value: 'VIEWER7', origin: { kind: 'user' }, locked: false });
    expect(settings.view().listenPort.origin).toEqual({ kind: 'default' });
    expect(listener).toHaveBeenCalledOnce();
  });

  it('say whether we listen in TLS and what is shown, each with where it comes from', () => {
    const certificate = CertificateId.parse('c1');
    const local = { listenTls: { value: true, file: '/etc/servers.ini', line: 9, locked: true } };
    const { settings, store } = open({ local });

    settings.save({ ...ours, listenTls: true, listenCertificate: certificate });

    expect(store.values.get('settings')).toEqual({ version: 1, listenCertificate: 'c1' });
    expect(settings.current()).toMatchObject({ listenTls: true, listenCertificate: 'c1' });
    expect(settings.view().listenTls).toEqual({
      value: true,
      origin: { kind: 'administrator', file: '/etc/servers.ini', line: 9 },
      locked: true,
    });
    expect(() => settings.save({ ...ours, listenTls: false })).toThrow(FailureError);
    settings.save({ ...ours, listenTls: true, listenCertificate: null });
    expect(settings.current().listenCertificate).toBeNull();
  });

  it('stop telling a listener that has left', () => {
    const { settings } = open();
    const listener = vi.fn<() => void>();
    settings.onChange(listener)();

    settings.setArchiveFolder('/elsewhere');

    expect(listener).not.toHaveBeenCalled();
    expect(settings.view().archiveFolder).toEqual({
      value: '/elsewhere',
      origin: { kind: 'user' },
      locked: false,
    });
  });

  it('lose nothing but the one value that can’t be read', () => {
    const { settings } = open({
      stored: { aeTitle: 'much too long for this', listenPort: 104, archiveFolder: '/a', later: 1 },
    });

    expect(settings.current()).toEqual({ ...ours, listenPort: 104, archiveFolder: '/a' });
  });

  it('keep values of another version that they do not know', () => {
    const { settings, store } = open({ stored: { later: { x: 1 } } });

    settings.save({ ...ours, listenPort: 104 });

    expect(store.values.get('settings')).toEqual({ version: 1, later: { x: 1 }, listenPort: 104 });
  });

  it.each([null, 7, 'text', []])('begin anew where the store holds %j', (stored) => {
    expect(open({ stored }).settings.current().aeTitle).toBe('GANTRY');
  });
});

describe("the administrator's settings", () => {
  it('are defaults until the person sets another', () => {
    const { settings } = open({ local: { aeTitle: titled('STATION1', false) } });
    const origin = { kind: 'administrator', file: '/etc/servers.ini', line: 7 };
    expect(settings.view().aeTitle).toEqual({ value: 'STATION1', origin, locked: false });

    settings.save({ ...ours, aeTitle: AeTitle.parse('MINE') });

    expect(settings.view().aeTitle).toEqual({ value: 'MINE', origin: { kind: 'user' }, locked: false });
  });

  it('are not taken over by saving the form as it stands', () => {
    const { settings, store } = open({ local: { aeTitle: titled('STATION1', false) } });

    settings.save({ ...ours, aeTitle: AeTitle.parse('STATION1') });

    expect(store.values.has('settings')).toBe(false);
  });

  it('win over the person where they are locked', () => {
    const { settings } = open({ stored: { aeTitle: 'MINE' }, local: { aeTitle: titled('STATION1', true) } });

    expect(settings.view().aeTitle).toMatchObject({ value: 'STATION1', locked: true });
    expect(settings.current().aeTitle).toBe('STATION1');
  });

  it('refuse a change where they are locked, and then save none of it', () => {
    const { settings, store } = open({ local: { aeTitle: titled('STATION1', true) } });

    const save = (): void => settings.save({ ...ours, aeTitle: AeTitle.parse('MINE'), listenPort: 104 });

    expect(save).toThrow(FailureError);
    expect(save).toThrow(
      expect.objectContaining({ failure: { step: 'managed', file: '/etc/servers.ini', line: 7 } }),
    );
    expect(store.values.has('settings')).toBe(false);
  });

  it('leave the rest of a form free to change where one field is locked', () => {
    const { settings } = open({ local: { aeTitle: titled('STATION1', true) } });

    settings.save({ ...ours, aeTitle: AeTitle.parse('STATION1'), listenPort: 104 });

    expect(settings.current()).toMatchObject({ aeTitle: 'STATION1', listenPort: 104 });
  });
});
