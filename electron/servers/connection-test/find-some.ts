import { FailureError } from '../../contract/failure.ts';
import {
  DatasetError,
  encodeIdentifier,
  parseDataset,
  type Attributes,
  type IdentifierKey,
} from '../../dataset/index.ts';
import { find, findTransferSyntax, type Association, type FindMatch } from '../../dimse/index.ts';

/** What is asked for; `characterSet`: what (0008,0005) says, as `specificCharacterSet` writes it. */
export interface SomeQuestion {
  readonly keys: readonly IdentifierKey[];
  /** Study Root unless given. */
  readonly model?: 'study-root' | 'patient-root';
  readonly characterSet?: string;
}

/** The first matches; the rest is cancelled at the server. @throws FailureError */
export async function findSome(
  association: Association,
  { keys, model = 'study-root', characterSet }: SomeQuestion,
  most: number,
  signal: AbortSignal,
): Promise<readonly Attributes[]> {
  const identifier = encodeIdentifier(keys, findTransferSyntax(association, model), characterSet);
  const found: Attributes[] = [];
  for await (const match of find(association, { identifier, model }, signal)) {
    found.push(decode(match));
    if (found.length === most) break;
  }
  return found;
}

function decode({ identifier, transferSyntaxUid }: FindMatch): Attributes {
  try {
    return parseDataset(identifier, transferSyntaxUid);
  } catch (thrown) {
    if (!(thrown instanceof DatasetError)) throw thrown;
    throw new FailureError({ step: 'respond', cause: 'malformed' }, { cause: thrown });
  }
}
