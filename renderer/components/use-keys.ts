import { useEffect, useRef } from 'react';

/** Keys as they are printed (`Ctrl+1`, `F6`, `/`, `?`) and what each does. */
export type KeyActions = Readonly<Record<string, () => void>>;

/**
 * Keys that work wherever the focus is. A key that writes (`/`, `?`) is left alone while something is
 * being typed, and every key while a dialog is open.
 */
export function useKeys(actions: KeyActions): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const chord = chordOf(event);
      const action = latest.current[chord];
      if (action === undefined || event.defaultPrevented || isElsewhere(event, chord)) return;
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}

/** `Ctrl+1` for the event of that chord. Shift is named only where it does not already change the key. */
export function chordOf({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyChord): string {
  return [
    ctrlKey || metaKey ? 'Ctrl+' : '',
    altKey ? 'Alt+' : '',
    shiftKey && key.length > 1 ? 'Shift+' : '',
    key,
  ].join('');
}

export type KeyChord = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

function isElsewhere(event: KeyboardEvent, chord: string): boolean {
  if (document.querySelector('[role="dialog"], [role="alertdialog"]') !== null) return true;
  return chord.length === 1 && event.target instanceof Element && isTextEntry(event.target);
}

function isTextEntry(target: Element): boolean {
  return target.matches(
    'input:not([type="checkbox"]):not([type="radio"]), textarea, select, [contenteditable]',
  );
}
