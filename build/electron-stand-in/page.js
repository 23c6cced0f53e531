// @ts-nocheck
/** Runs first in each page: gives the real preload script an `electron` to require. */
export function page(makeCodec, preload) {
  if (window !== window.top) return;
  const { pack, unpack } = makeCodec();
  const waiting = new Map();
  const listeners = new Map();
  const paths = new WeakMap();
  let last = 0;
  const post = (kind, channel, args) =>
    window.__electronPost(JSON.stringify({ kind, channel, id: ++last, args: args.map(pack) }));
  const ipcRenderer = {
    send: (channel, ...args) => post('send', channel, args),
    invoke: (channel, ...args) =>
      new Promise((resolve, reject) => {
        post('invoke', channel, args);
        waiting.set(last, { resolve, reject, channel });
      }),
    on(channel, listener) {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      return ipcRenderer;
    },
    off(channel, listener) {
      listeners.set(
        channel,
        (listeners.get(channel) ?? []).filter((l) => l !== listener),
      );
      return ipcRenderer;
    },
    once(channel, listener) {
      const only = (...a) => {
        ipcRenderer.off(channel, only);
        listener(...a);
      };
      return ipcRenderer.on(channel, only);
    },
  };
  window.__electronReceive = (message) => {
    if (message.kind === 'event')
      for (const listener of listeners.get(message.channel) ?? []) listener({}, ...message.args.map(unpack));
    else if (message.kind === 'paths') {
      message.files.forEach((path, index) => paths.set(window.__electronDropped.files[index], path));
      window.__electronDropped.again();
    } else {
      const { resolve, reject, channel } = waiting.get(message.id) ?? {};
      // An earlier page may have asked.
      if (!waiting.delete(message.id)) return;
      if (message.error === undefined) resolve(unpack(message.value));
      else reject(new Error(`Error invoking remote method '${channel}': ${message.error}`));
    }
  };
  // A page opens no windows here.
  const open = (url) => {
    post('open', '', [`${url ?? ''}`]);
    return null;
  };
  Object.defineProperty(window, 'open', { value: open });
  window.addEventListener(
    'click',
    (event) => {
      const link = event.target instanceof Element ? event.target.closest('a[target]') : null;
      if (!link || link.target === '_self') return;
      event.preventDefault();
      open(link.href);
    },
    true,
  );
  // A page can't tell a file's path: hold each drop or file choice back until the main side has found the paths, then give it again.
  const hold = (type, filesOf, again) =>
    window.addEventListener(
      type,
      (event) => {
        const files = [...(filesOf(event) ?? [])];
        if (!event.isTrusted || files.length === 0) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        window.__electronDropped = { files, again: () => again(event, files) };
        post('paths', '', [files.length]);
      },
      true,
    );
  hold(
    'drop',
    (event) => event.dataTransfer?.files,
    (event, files) => {
      const copy = new DragEvent('drop', {
        bubbles: true,
        cancelable: true,
        clientX: event.clientX,
        clientY: event.clientY,
      });
      Object.defineProperty(copy, 'dataTransfer', {
        value: {
          files,
          types: ['Files'],
          items: files.map((file) => ({ kind: 'file', type: file.type, getAsFile: () => file })),
        },
      });
      event.target.dispatchEvent(copy);
    },
  );
  hold(
    'change',
    (event) => event.target.files,
    (event) => event.target.dispatchEvent(new Event('change', { bubbles: true })),
  );

  const freeze = (value) => {
    if (value && typeof value === 'object') {
      Object.values(value).forEach(freeze);
      Object.freeze(value);
    }
    return value;
  };
  const electron = {
    ipcRenderer,
    contextBridge: {
      exposeInMainWorld: (key, api) =>
        Object.defineProperty(window, key, { value: freeze(api), enumerable: true }),
    },
    webUtils: { getPathForFile: (file) => paths.get(file) ?? '' },
  };
  preload(
    (name) => {
      if (name === 'electron') return electron;
      throw new Error(`module not found: ${name}`);
    },
    {},
    { exports: {} },
  );
}
