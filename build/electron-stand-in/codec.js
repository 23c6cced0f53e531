// @ts-check
/** What Electron's structured clone carries, as JSON. Runs in the page too, so it uses only what both have. */
// The functions lie inside because the whole is sent to the page as text.
/* oxlint-disable unicorn/consistent-function-scoping */
export function makeCodec() {
  const toBase64 = (/** @type {Uint8Array} */ bytes) => {
    let s = '';
    for (const b of bytes) s += String.fromCharCode(b);
    return btoa(s);
  };
  const fromBase64 = (/** @type {string} */ text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  /** @param {unknown} value @returns {unknown} */
  const pack = (value) => {
    if (value === undefined) return { $: 'undefined' };
    if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
    if (typeof value === 'number') return Number.isFinite(value) ? value : { $: 'number', v: String(value) };
    if (typeof value === 'bigint') return { $: 'bigint', v: String(value) };
    if (typeof value !== 'object')
      throw new DOMException(`A ${typeof value} could not be cloned.`, 'DataCloneError');
    if (value instanceof Date) return { $: 'Date', v: value.getTime() };
    if (value instanceof Error) return { $: 'Error', v: value.message };
    if (value instanceof Map) return { $: 'Map', v: [...value].map((pair) => pair.map(pack)) };
    if (value instanceof Set) return { $: 'Set', v: [...value].map(pack) };
    if (value instanceof ArrayBuffer) return { $: 'ArrayBuffer', v: toBase64(new Uint8Array(value)) };
    if (ArrayBuffer.isView(value))
      return {
        $: 'Uint8Array',
        v: toBase64(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)),
      };
    if (Array.isArray(value)) return value.map(pack);
    return { $: 'object', v: Object.fromEntries(Object.entries(value).map(([k, v]) => [k, pack(v)])) };
  };
  /** @param {any} value @returns {unknown} */
  const unpack = (value) => {
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map(unpack);
    switch (value.$) {
      case 'undefined':
        return undefined;
      case 'number':
        return Number(value.v);
      case 'bigint':
        return BigInt(value.v);
      case 'Date':
        return new Date(value.v);
      case 'Error':
        return new Error(value.v);
      case 'Map':
        return new Map(value.v.map((/** @type {any[]} */ pair) => pair.map(unpack)));
      case 'Set':
        return new Set(value.v.map(unpack));
      case 'ArrayBuffer':
        return fromBase64(value.v).buffer;
      case 'Uint8Array':
        return fromBase64(value.v);
      default:
        return Object.fromEntries(Object.entries(value.v).map(([k, v]) => [k, unpack(v)]));
    }
  };
  return { pack, unpack };
}
