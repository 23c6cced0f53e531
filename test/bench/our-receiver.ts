import { openArchive } from '../../electron/archive/index.ts';
import { listen, storageScp } from '../../electron/dimse/index.ts';

/** Our storage SCP before our archive: `our-receiver.js FOLDER PORT fsync|no-fsync`, bundled. */
const [folder, port, fsync] = process.argv.slice(2);
const workerUrl = new URL('./index-worker.js', import.meta.url);
const archive = await openArchive({ folder: folder!, fsync: fsync === 'fsync', workerUrl });
const service = storageScp({ store: archive.store, preferred: () => 'as-stored' });
const listener = await listen({ host: '127.0.0.1', port: Number(port), services: [service] });
process.once('SIGTERM', () => {
  void listener
    .close()
    .then(() => archive.close())
    .then(() => process.exit(0));
});
