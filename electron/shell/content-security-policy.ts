/**
 * What the page may load, sent with every answer of our scheme.
 *
 * `wasm-unsafe-eval` is for the image codecs; `blob:` images are the tools' mouse pointers; inline
 * styles are how the viewport places its overlay.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "connect-src 'self'",
  "font-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
