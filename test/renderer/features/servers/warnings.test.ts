import { describe, expect, it } from 'vitest';
import { initialEditor, next } from '../../../../renderer/features/servers/editor-state.ts';
import { aeTitleWarning, listenPortWarning } from '../../../../renderer/features/servers/warnings.ts';
import { buildServer } from './build-server.ts';

describe('the AE title warning', () => {
  it('names another server with the same AE title, whose case counts', () => {
    const servers = [buildServer({ id: 'a', name: 'Main' }), buildServer({ id: 'b', name: 'Spare' })];
    const state = next(initialEditor, { kind: 'heard', servers });

    expect(aeTitleWarning(state, servers[0]!)).toContain('Spare');
    expect(aeTitleWarning(next(state, { kind: 'changed', change: { aeTitle: 'pacs1' } }), servers[0]!)).toBe(
      '',
    );
  });
});

describe('the listen port warning', () => {
  it('says why the port can’t be had and that the shared listener is used', () => {
    const failure = { step: 'listen', address: '127.0.0.1', port: 104, cause: 'denied' } as const;

    expect(listenPortWarning(failure, 104, null)).toMatch(/104.*shared listener/);
  });

  it('is silent where the port can be had', () => {
    expect(listenPortWarning(null, 104, null)).toBe('');
  });
});
