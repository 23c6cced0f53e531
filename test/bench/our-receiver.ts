import { openArchive } from '../../electron/archive/index.ts';
import { listen, storageScp } from '../../electron/dimse/index.ts';
import { watchLoopDelay } from './loop-delay.ts';
import { throttledStore } from './throttled-store.ts';

/**
 * Our storage SCP before our archive: `our-receiver.js FOLDER PORT fsync|no-fsync [MB/s]`, bundled. With
 * a speed the archive takes no more than that. Ends on SIGTERM.
 */
const [folder = '', port, fsync, speed] = process.argv.slice(2);
const workerUrl = new URL('./index-worker.js', import.meta.url);
const archive = await openArchive({ folder, fsync: fsync === 'fsync', workerUrl });
const store = speed === undefined ? archive.store : throttledStore(archive.store, Number(speed));
const service = storageScp({ store, preferred: () => 'as-stored' });
const listener = await listen({ host: '127.0.0.1', port: Number(port), services: [service] });
const loopDelay = watchLoopDelay();
process.once('SIGTERM', () => {
  console.log(loopDelay());
  void listener
    .close()
    .then(() => archive.close())
    .then(() => process.exit(0));
});
