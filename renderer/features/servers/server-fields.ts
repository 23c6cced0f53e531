import { fieldNames, type ServerFields } from '../../../electron/contract/server-fields.ts';

export function sameFields(one: ServerFields, other: ServerFields): boolean {
  return fieldNames.every((name) => one[name] === other[name]);
}

/** Where this server's retrieves would be awaited as the form stands; `null`: no number yet. */
export function effectiveListenPort({
  listenPort,
  port,
}: Pick<ServerFields, 'listenPort' | 'port'>): number | null {
  const text = listenPort.trim() === '' ? port.trim() : listenPort.trim();
  const number = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return number >= 1 && number <= 65_535 ? number : null;
}

/** `Main PACS copy`, `Main PACS copy 2`: a name no server has yet, within the 64 characters of a name. */
export function nameOfCopy(name: string, taken: readonly string[]): string {
  const base = `${name.replace(/ copy(?: \d+)?$/, '').slice(0, 54)} copy`;
  let candidate = base;
  for (let number = 2; taken.includes(candidate); number += 1) candidate = `${base} ${number}`;
  return candidate;
}
