import { describe, expect, it } from 'vitest';
import {
  allowedActions,
  type ActionRules,
  type ActionSubject,
} from '../../../electron/contract/allowed-actions.ts';
import { blockedFailure } from '../../../electron/contract/describe-blocked.ts';
import { describeFailure } from '../../../electron/contract/describe-failure.ts';
import type { Direction } from '../../../electron/contract/link.ts';
import { noPolicies, type Policies, type PolicyName } from '../../../electron/contract/policy.ts';
import { ServerId } from '../../../electron/contract/server-id.ts';
import type { Lifecycle } from '../../../electron/contract/server-terms.ts';

const pacs = ServerId.parse('pacs');
const next = ServerId.parse('next');
const server: ActionSubject = {
  id: pacs,
  role: null,
  abilities: [],
  lifecycle: 'production',
  replacedBy: null,
  protocol: 'dicom',
  tls: false,
  verifyCertificate: true,
  dicomweb: null,
};

function link(source: string, target: string, direction: Direction, status: Lifecycle = 'production') {
  return { source: ServerId.parse(source), target: ServerId.parse(target), direction, status };
}

function actions(changes: Partial<ActionSubject> = {}, rules: Partial<ActionRules> = {}) {
  return allowedActions({ ...server, ...changes }, { links: [], ...rules });
}

/** Q, R, S, T for what is allowed. */
function allowed(changes: Partial<ActionSubject> = {}, rules: Partial<ActionRules> = {}): string {
  const { query, retrieve, send, test } = actions(changes, rules);
  return [query && 'Q', retrieve && 'R', send && 'S', test && 'T'].filter(Boolean).join('');
}

function policy(name: PolicyName, value = true): Policies {
  return { ...noPolicies, [name]: { value, place: { file: 'x.ini', line: 4 } } };
}

describe('what may be asked of a server', () => {
  it('is everything where nothing else is written down', () => {
    expect(allowed()).toBe('QRST');
    expect(actions()).toEqual({
      query: true,
      retrieve: true,
      send: true,
      test: true,
      why: {},
      deprecated: null,
    });
  });

  it.each([
    ['planned', 'T'],
    ['approved', 'QRST'],
    ['production', 'QRST'],
    ['deprecated', 'QRST'],
    ['obsolete', ''],
  ] as const)('is, of one that is %s: %s', (lifecycle, expected) => {
    expect(allowed({ lifecycle })).toBe(expected);
  });

  it('comes with a warning of one that is deprecated, which names what takes its place', () => {
    const nameOf = (id: ServerId): string | null => (id === next ? 'New PACS' : null);

    expect(actions({ lifecycle: 'deprecated', replacedBy: next }, { nameOf }).deprecated).toEqual({
      of: 'server',
      replacedBy: 'New PACS',
    });
    expect(actions({ lifecycle: 'deprecated' }).deprecated).toEqual({ of: 'server', replacedBy: null });
  });

  it('is only a test where it does nothing but call', () => {
    expect(allowed({ role: 'scu' })).toBe('T');
    expect(allowed({ role: 'scp' })).toBe('QRST');
    expect(allowed({ role: 'both' })).toBe('QRST');
  });
});

describe('links', () => {
  it.each([
    ['local', 'pacs', 'push', 'ST'],
    ['local', 'pacs', 'pull', 'QRT'],
    ['local', 'pacs', 'bidir', 'QRST'],
    // What the server may do here gives us no right over there.
    ['pacs', 'local', 'push', 'T'],
    ['pacs', 'local', 'pull', 'T'],
    ['pacs', 'local', 'bidir', 'QRST'],
    // Between others.
    ['pacs', 'next', 'push', 'QRST'],
    ['local', 'next', 'push', 'QRST'],
  ] as const)('from %s to %s, %s, offer %s', (source, target, direction, expected) => {
    expect(allowed({}, { links: [link(source, target, direction)] })).toBe(expected);
  });

  it('add up', () => {
    const links = [link('local', 'pacs', 'push'), link('local', 'pacs', 'pull')];

    expect(allowed({}, { links })).toBe('QRST');
  });

  it.each([
    ['planned', 'T'],
    ['approved', 'QRT'],
    ['production', 'QRT'],
    ['deprecated', 'QRT'],
    ['obsolete', 'T'],
  ] as const)('that are %s offer %s of a pull', (status, expected) => {
    expect(allowed({}, { links: [link('local', 'pacs', 'pull', status)] })).toBe(expected);
  });

  it('in production outweigh those that are not', () => {
    const links = [link('local', 'pacs', 'pull', 'obsolete'), link('local', 'pacs', 'bidir')];

    expect(allowed({}, { links })).toBe('QRST');
    expect(actions({}, { links }).deprecated).toBeNull();
  });

  it('warn where all that is left of them is deprecated', () => {
    const links = [link('local', 'pacs', 'bidir', 'deprecated'), link('local', 'pacs', 'push', 'obsolete')];

    expect(actions({}, { links }).deprecated).toEqual({ of: 'link', replacedBy: null });
  });

  it('never allow what the server’s own status forbids', () => {
    const links = [link('local', 'pacs', 'bidir')];

    expect(allowed({ lifecycle: 'obsolete' }, { links })).toBe('');
    expect(allowed({ lifecycle: 'planned' }, { links })).toBe('T');
  });
});

describe('the administrator’s policy', () => {
  it('may forbid everything without TLS', () => {
    const policies = policy('require_tls');
    const dicomweb = (baseUrl: string) => ({ baseUrl }) as NonNullable<ActionSubject['dicomweb']>;

    expect(allowed({}, { policies })).toBe('');
    expect(allowed({ tls: true }, { policies })).toBe('QRST');
    expect(allowed({ protocol: 'dicomweb', dicomweb: dicomweb('http://x/y') }, { policies })).toBe('');
    expect(allowed({ protocol: 'dicomweb', dicomweb: dicomweb('HTTPS://x/y') }, { policies })).toBe('QRST');
    expect(allowed({ protocol: 'both', tls: true, dicomweb: dicomweb('http://x/y') }, { policies })).toBe('');
  });

  it('may forbid certificates that nobody verifies', () => {
    const policies = policy('require_verification');

    expect(allowed({ tls: true, verifyCertificate: false }, { policies })).toBe('');
    expect(allowed({ tls: true }, { policies })).toBe('QRST');
    expect(allowed({ tls: false, verifyCertificate: false }, { policies })).toBe('QRST');
    const dicomweb = { baseUrl: 'https://x/y' } as NonNullable<ActionSubject['dicomweb']>;
    const web = { protocol: 'dicomweb', dicomweb } as const;
    expect(allowed({ ...web, verifyCertificate: false }, { policies })).toBe('');
    expect(allowed(web, { policies })).toBe('QRST');
  });

  it('may forbid sending', () => {
    expect(allowed({}, { policies: policy('hide_send') })).toBe('QRT');
    expect(allowed({}, { policies: policy('hide_send', false) })).toBe('QRST');
  });

  it('is named with the line that decides it', () => {
    const { why } = actions({}, { policies: policy('hide_send') });

    expect(why).toEqual({ send: { kind: 'policy', policy: 'hide_send', file: 'x.ini', line: 4 } });
    expect(blockedFailure('send', why.send!)).toEqual({
      step: 'policy',
      policy: 'hide_send',
      file: 'x.ini',
      line: 4,
    });
  });
});

describe('what is blocked', () => {
  it('says why in words', () => {
    const links = [link('local', 'pacs', 'push')];
    const reasons = [
      actions({ lifecycle: 'planned' }).why.query!,
      actions({ lifecycle: 'obsolete', replacedBy: next }, { nameOf: () => 'New PACS' }).why.query!,
      actions({ role: 'scu' }).why.query!,
      actions({}, { links }).why.query!,
    ];
    const words = reasons.map((reason) =>
      describeFailure(blockedFailure('query', reason), { server: 'Main PACS', ourAeTitle: 'X' }),
    );

    expect(words.map(({ title }) => title)).toEqual(reasons.map(() => 'Main PACS may not be searched.'));
    expect(words[0]!.explanation).toContain('planned');
    expect(words[1]!.suggestion).toBe('Use “New PACS” instead.');
    expect(words[2]!.explanation).toContain('SCU');
    expect(words[3]!.explanation).toContain('links');
  });
});
