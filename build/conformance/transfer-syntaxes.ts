import { compressions } from '../../electron/contract/compression.ts';
import { preferredSyntaxes, TransferSyntax, transferSyntaxName } from '../../electron/dimse/index.ts';
import { chooseStorageSyntax } from '../../electron/dimse/scp/choose-transfer-syntax.ts';
import { canTranscode } from '../../electron/transcode/index.ts';
import { table } from './table.ts';

/** Every syntax we know: whether it is received, and whether a copy can be made from and in it. */
export function transferSyntaxes(): string {
  const all = Object.values(TransferSyntax);
  const rows = all.map((uid) => [
    transferSyntaxName(uid) ?? '',
    `\`${uid}\``,
    chooseStorageSyntax([uid], []) === uid ? 'sent and received' : 'sent',
    all.some((other) => other !== uid && canTranscode(uid, other)) ? 'yes' : '',
    all.some((other) => other !== uid && canTranscode(other, uid)) ? 'yes' : '',
  ]);
  return table(['Transfer syntax', 'UID', 'C-STORE', 'Copies from it', 'Copies in it'], rows);
}

export function compressionTable(): string {
  const rows = compressions.map((compression) => [
    `\`${compression}\``,
    preferredSyntaxes(compression)
      .map((uid) => transferSyntaxName(uid) ?? uid)
      .join(', then ') || 'the order of the requestor',
  ]);
  return table(['Preferred', 'Chosen where offered'], rows);
}
