import type { Failure } from './failure.ts';

/** What the renderer gets back: the value, or the step that failed. */
export type Result<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly failure: Failure };
