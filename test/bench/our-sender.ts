import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readFileHeader } from '../../electron/dataset/index.ts';
import { Ledger, send, type FileToSend, type SendRequest } from '../../electron/transfers/index.ts';
import { watchLoopDelay } from './loop-delay.ts';

/** Our send of all files in a folder, as the app makes it: `our-sender.js FOLDER PORT ASSOCIATIONS`. */
const [folder = '', port, associations] = process.argv.slice(2);
const server = {
  host: '127.0.0.1',
  port: Number(port),
  aeTitle: 'BENCH',
  tls: false,
  verifyCertificate: true,
} as SendRequest['server'];

async function fileToSend(name: string): Promise<FileToSend> {
  const path = join(folder, name);
  return { key: name, path, file: name, header: { path, ...(await readFileHeader(path)) }, failure: null };
}

const files = await Promise.all((await readdir(folder)).map(fileToSend));
const ledger = new Ledger({ now: () => performance.now(), onChange: () => {} });
const request = { server, callingAeTitle: 'GANTRY', files, associations: Number(associations) };
const loopDelay = watchLoopDelay();
const began = performance.now();
await send(request, { ledger, phase: () => {} }, new AbortController().signal);
console.log(`took ${(performance.now() - began).toFixed(1)} ms`);
console.log(loopDelay());
const unsent = files.filter(({ key }) => ledger.outcomeOf(key)?.outcome !== 'stored');
if (unsent.length > 0) throw new Error(`${unsent.length} files were not stored`);
