import { openArchive, folderStore } from '../electron/archive/index.ts';
import { listen, storageScp } from '../electron/dimse/index.ts';
const [folder, port, mode] = process.argv.slice(2);
let store: any;
if (mode === 'null') store = { begin: (i: any) => ({ write: () => true, onDrain() {}, commit: async () => ({ ...i }), discard: async () => {} }) };
else if (mode!.startsWith('folder')) store = folderStore({ folder: folder!, fsync: mode === 'folder-fsync' });
else store = (await openArchive({ folder: folder!, fsync: mode === 'fsync' })).store;
if (mode === 'proto' || mode === 'proto-null') {
  const { createRequire } = await import('node:module');
  const { createStoreScp } = createRequire(import.meta.url)('/work/shared/example/upper-layer-prototype.cjs');
  createStoreScp({ port: Number(port), dir: folder, sink: mode === 'proto-null' ? 'null' : 'file' });
} else await listen({ host: '127.0.0.1', port: Number(port), services: [storageScp({ store, preferred: () => 'as-stored' })] });
let last: any = process.cpuUsage();
process.on('SIGUSR2', () => { const c = process.cpuUsage(last); last = process.cpuUsage(); console.log('cpu', (c.user/1000).toFixed(), (c.system / 1000).toFixed()); });
