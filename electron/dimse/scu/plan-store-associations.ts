import type { ProposedContext } from '../association/association-plan.ts';
import type { StoreFile } from './c-store.ts';

/** Presentation context IDs are the odd numbers from 1 to 255 (PS3.8 §9.3.2.2). */
const contextsPerAssociation = 128;

export interface StoreAssociation {
  readonly contexts: readonly ProposedContext[];
  /** The same objects as were given, in their order. */
  readonly files: readonly StoreFile[];
}

/**
 * Which associations it takes to send the files as they are: one context for each pair of SOP class
 * and transfer syntax, so that no peer can choose another syntax for a file than its own.
 */
export function planStoreAssociations(files: readonly StoreFile[]): readonly StoreAssociation[] {
  const numberOf = new Map<string, number>();
  const associations: { contexts: ProposedContext[]; files: StoreFile[] }[] = [];
  for (const file of files) {
    const pair = `${file.sopClassUid}|${file.transferSyntaxUid}`;
    const known = numberOf.get(pair);
    const number = known ?? Math.floor(numberOf.size / contextsPerAssociation);
    const association = (associations[number] ??= { contexts: [], files: [] });
    if (known === undefined) {
      numberOf.set(pair, number);
      association.contexts.push({
        abstractSyntaxUid: file.sopClassUid,
        transferSyntaxUids: [file.transferSyntaxUid],
      });
    }
    association.files.push(file);
  }
  return associations;
}
