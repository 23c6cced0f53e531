import type { DimseCommand } from './failure.ts';

/** What a range of status codes means for some commands. */
export interface StatusWords {
  readonly commands: 'any' | readonly DimseCommand[];
  readonly from: number;
  readonly to: number;
  /** Ends the sentence "PACS1 could not ...: ". */
  readonly meaning: string;
  readonly explanation: string;
  readonly suggestion: string;
}

/** One line of a status table: which commands, from which status to which. */
export function status(
  commands: StatusWords['commands'],
  from: number,
  to: number,
): Pick<StatusWords, 'commands' | 'from' | 'to'> {
  return { commands, from, to };
}
