import { judgeFields } from '../../../../electron/contract/check-server.ts';
import type { ServerField, ServerFields } from '../../../../electron/contract/server-fields.ts';
import { clashesWith } from '../../../../electron/contract/server-neighbours.ts';
import type { ServerProblem } from '../../../../electron/contract/server-rules.ts';
import { draftOf, type Server } from '../../../../electron/contract/server.ts';

/** What to know at a field although it may be saved so. */
export interface FieldNote {
  readonly tone: 'plain' | 'warning';
  readonly message: string;
}

export type FieldNotes = Readonly<Partial<Record<ServerField, FieldNote>>>;

/** What the rules say of a record that is no error: of itself, and beside the other servers. */
export function fieldNotes(fields: ServerFields, others: readonly Server[]): FieldNotes {
  const { draft, problems } = judgeFields(fields, 'plain');
  const clashes = draft === null ? [] : clashesWith(draft, others.map(draftOf), 'plain');
  const notes: Partial<Record<ServerField, FieldNote>> = {};
  for (const { severity, field, message } of [...problems, ...clashes].toSorted(bySeverity)) {
    if (severity === 'error') continue;
    notes[field] ??= { tone: severity === 'warning' ? 'warning' : 'plain', message };
  }
  return notes;
}

const ranks = { error: 0, warning: 1, hint: 2 } as const;

function bySeverity(one: ServerProblem, other: ServerProblem): number {
  return ranks[one.severity] - ranks[other.severity];
}
