import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import dcmjsDimse from 'dcmjs-dimse';

/** A stock dcmjs-dimse client that sends all files in a folder: `stock-sender.ts FOLDER PORT`. */
const [folder = '', port] = process.argv.slice(2);
const { Client, constants, log, requests } = dcmjsDimse;
log.setLevel('error');

const client = new Client();
for (const name of await readdir(folder)) {
  const request = new requests.CStoreRequest(join(folder, name));
  request.on('response', (response) => {
    if (response.getStatus() !== constants.Status.Success) process.exitCode = 1;
  });
  client.addRequest(request);
}
client.on('networkError', (error) => {
  throw error;
});
client.send('127.0.0.1', Number(port), 'STOCK', 'BENCH');
