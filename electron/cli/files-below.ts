import { SendItemId } from '../contract/send.ts';
import { Outbox, type FileToSend } from '../transfers/index.ts';

/** Every file at and below these paths, and what was read of it. @throws FailureError cancelled */
export async function filesBelow(
  paths: readonly string[],
  signal: AbortSignal,
): Promise<readonly FileToSend[]> {
  let last = 0;
  const outbox = new Outbox(() => SendItemId.parse(String(++last)));
  const ids: SendItemId[] = [];
  for await (const items of outbox.inspect(paths, signal)) ids.push(...items.map(({ id }) => id));
  return outbox.take(ids);
}
