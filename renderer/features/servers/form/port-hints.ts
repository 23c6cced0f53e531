/** What people use a port for. None of it says whether TLS is spoken there: only the tick does. */
const usual: Readonly<Record<string, string>> = {
  '104': 'The classic DICOM port',
  '11112': 'The registered DICOM port, plain or with TLS',
  '2762': 'Registered for DICOM over TLS: tick TLS if it is so',
  '2761': 'Registered for DICOM over ISCL, hardly met today',
};

/** Below the server's port. */
export function portHint(port: string): string {
  const text = port.trim();
  return Object.hasOwn(usual, text) ? (usual[text] ?? '') : 'Often 104 or 11112';
}

const firstFreePort = 1024;

/** Below the listen port, where ours is to be opened. `listenPort` may be empty: then it is that of `port`. */
export function listenPortHint(listenPort: string, port: string): string {
  const isOwn = listenPort.trim() !== '';
  const number = Number(isOwn ? listenPort : port);
  if (Number.isInteger(number) && number > 0 && number < firstFreePort) {
    return isOwn
      ? 'Below 1024: may need administrator rights'
      : `Same as port number. ${number} may need administrator rights`;
  }
  return isOwn ? 'For what it sends here' : 'Same as port number';
}
