import { describe, expect, it } from 'vitest';
import {
  initialEditor,
  isDirty,
  next,
  selectedServer,
  shownProblems,
  type EditorEvent,
  type EditorState,
} from '../../../../renderer/features/servers/editor-state.ts';
import { emptyServerFields as emptyFields } from '../../../../electron/contract/server-fields.ts';
import { buildServer } from './build-server.ts';

const main = buildServer({ id: 'a', name: 'Main PACS' });
const spare = buildServer({ id: 'b', name: 'Spare PACS' });

describe('the servers editor', () => {
  it('opens the first server of the first list', () => {
    const state = after({ kind: 'heard', servers: [main, spare] });

    expect(selectedServer(state)).toEqual(main);
    expect(state.fields.name).toBe('Main PACS');
    expect(isDirty(state)).toBe(false);
  });

  it('has nothing open while there is no server', () => {
    expect(after({ kind: 'heard', servers: [] }).selection).toEqual({ kind: 'none' });
  });

  it('turns to another server at once when nothing is changed', () => {
    const state = after(heard, { kind: 'asked', wanted: { kind: 'server', id: 'b' } });

    expect(selectedServer(state)).toEqual(spare);
    expect(state.wanted).toBeNull();
  });

  it('asks first when there are changes, and keeps them when the answer is to go on editing', () => {
    const asked = after(heard, rename('X'), { kind: 'asked', wanted: { kind: 'server', id: 'b' } });
    const kept = next(asked, { kind: 'kept-editing' });

    expect(asked.wanted).toEqual({ kind: 'server', id: 'b' });
    expect(selectedServer(asked)).toEqual(main);
    expect(kept.wanted).toBeNull();
    expect(kept.fields.name).toBe('X');
  });

  it('gives the changes up and turns to the other server when they are discarded', () => {
    const state = after(
      heard,
      rename('X'),
      { kind: 'asked', wanted: { kind: 'server', id: 'b' } },
      { kind: 'discarded' },
    );

    expect(selectedServer(state)).toEqual(spare);
    expect(state.fields.name).toBe('Spare PACS');
  });

  it('shows a new server once, also while the news of it comes before the answer', () => {
    const saving = after(heard, { kind: 'asked', wanted: { kind: 'new' } }, rename('New'), {
      kind: 'saving',
    });
    const fresh = buildServer({ id: 'c', name: 'New' });

    const told = next(saving, { kind: 'heard', servers: [main, spare, fresh] });
    expect(told.selection).toEqual({ kind: 'new' });
    expect(told.servers).toEqual([main, spare]);

    const saved = next(told, { kind: 'saved', server: fresh });
    expect(saved.servers).toEqual([main, spare, fresh]);
    expect(selectedServer(saved)).toEqual(fresh);
  });

  it('does not lose news that came while a save failed', () => {
    const told = after(
      heard,
      { kind: 'asked', wanted: { kind: 'new' } },
      rename('New'),
      { kind: 'saving' },
      { kind: 'heard', servers: [spare] },
      { kind: 'save-failed', failure: { step: 'cancelled' } },
    );

    expect(told.servers).toEqual([spare]);
    expect(told.selection).toEqual({ kind: 'new' });
  });

  it('opens an empty form for a new server and selects it once it is saved', () => {
    const opened = after(heard, { kind: 'asked', wanted: { kind: 'new' } });
    const created = buildServer({ id: 'c', name: 'Third' });
    const saved = after(heard, { kind: 'asked', wanted: { kind: 'new' } }, rename('Third'), {
      kind: 'saved',
      server: created,
    });

    expect(opened.fields).toEqual(emptyFields);
    expect(selectedServer(saved)).toEqual(created);
    expect(saved.servers).toEqual([main, spare, created]);
    expect(saved.saving.kind).toBe('saved');
    expect(isDirty(saved)).toBe(false);
  });

  it('begins a new server with the name of the site, which is no change of it', () => {
    const atSite = { ...heard, site: 'St Elsewhere' };
    const state = after(atSite, { kind: 'asked', wanted: { kind: 'new', fields: { name: 'From a mail' } } });

    expect(state.fields).toEqual({ ...emptyFields, name: 'From a mail', organisation: 'St Elsewhere' });
    expect(isDirty(after(atSite, { kind: 'asked', wanted: { kind: 'new' } }))).toBe(false);
  });

  it('counts a turn of the form when another server comes into it, not when a new one is saved', () => {
    const fresh = after(heard, { kind: 'asked', wanted: { kind: 'new' } });
    const saved = next(fresh, { kind: 'saved', server: buildServer({ id: 'c' }) });
    const copied = next(saved, { kind: 'saved', server: buildServer({ id: 'd' }) });

    expect(fresh.opened).toBeGreaterThan(after(heard).opened);
    expect(saved.opened).toBe(fresh.opened);
    expect(copied.opened).toBeGreaterThan(saved.opened);
  });

  it('goes back to what was saved when it is reverted', () => {
    const state = after(heard, rename('X'), { kind: 'attempted' }, { kind: 'reverted' });

    expect(state.fields.name).toBe('Main PACS');
    expect(state.isAttempted).toBe(false);
  });

  it('keeps what is being typed when the list changes meanwhile, and reverts to the newer value', () => {
    const renamed = { ...main, name: 'Renamed elsewhere' };
    const state = after(heard, rename('X'), { kind: 'heard', servers: [renamed, spare] });

    expect(state.fields.name).toBe('X');
    expect(next(state, { kind: 'reverted' }).fields.name).toBe('Renamed elsewhere');
  });

  it('follows a change from elsewhere when nothing is being typed', () => {
    const renamed = { ...main, name: 'Renamed elsewhere' };

    expect(after(heard, { kind: 'heard', servers: [renamed, spare] }).fields.name).toBe('Renamed elsewhere');
  });

  it('keeps what was typed as a new server when its server goes away', () => {
    const state = after(heard, rename('X'), { kind: 'heard', servers: [spare] });

    expect(state.selection).toEqual({ kind: 'new' });
    expect(state.fields.name).toBe('X');
    expect(isDirty(state)).toBe(true);
  });

  it('turns to the first of the others when the server in the form is deleted', () => {
    const state = after(heard, rename('X'), { kind: 'deleted', id: main.id });

    expect(selectedServer(state)).toEqual(spare);
    expect(state.servers).toEqual([spare]);
  });

  it('keeps the form and says why when saving fails', () => {
    const failure = { step: 'managed', file: 'servers.ini', line: 3 } as const;
    const state = after(heard, rename('X'), { kind: 'saving' }, { kind: 'save-failed', failure });

    expect(state.saving).toEqual({ kind: 'failed', failure });
    expect(state.fields.name).toBe('X');
  });
});

describe('the problems shown', () => {
  const problems = { name: 'The name is missing.', host: 'The host is missing.' };

  it('are none before anything was touched', () => {
    expect(shownProblems(after(heard), problems)).toEqual({});
  });

  it('are those of fields that were changed and left', () => {
    const state = after(heard, rename(''), { kind: 'left', field: 'name' }, { kind: 'left', field: 'host' });

    expect(shownProblems(state, problems)).toEqual({ name: 'The name is missing.' });
  });

  it('are all once saving was tried', () => {
    expect(shownProblems(after(heard, { kind: 'attempted' }), problems)).toEqual(problems);
  });
});

const heard: EditorEvent = { kind: 'heard', servers: [main, spare] };

function rename(name: string): EditorEvent {
  return { kind: 'changed', change: { name } };
}

function after(...events: readonly EditorEvent[]): EditorState {
  return events.reduce(next, initialEditor);
}
