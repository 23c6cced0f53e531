import { closeSync, openSync, writeSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import {
  decodeAssociate,
  encodeAssociate,
  encodeCommand,
  encodeData,
  encodePdu,
  PduType,
} from '../support/raw-pdu.ts';
import type { RawCommand } from '../support/raw-pdu.ts';
import { PdvWalker } from './pdv-walker.ts';

/**
 * Takes every object as fast as Node can, checks nothing, and keeps it nowhere or in a plain file:
 * `raw-receiver.js PORT - | FOLDER [MB/s]`. Says how long it took when the last association has ended.
 */
const [port, folder = '-', speed] = process.argv.slice(2);
const megabytesPerSecond = speed === undefined ? Number.POSITIVE_INFINITY : Number(speed);

let associations = 0;
let began = 0;
let files = 0;
/** Of all associations together. */
let bytesTaken = 0;

function serve(socket: Socket): void {
  let command: RawCommand = {};
  let file = -1;
  socket.setNoDelay(true);
  socket.on('error', () => {});
  const walker = new PdvWalker({
    pdu(type, body) {
      if (type === PduType.AssociateRq) {
        associations += 1;
        socket.once('close', left);
        const request = decodeAssociate(body);
        const contexts = request.contexts.map((context) => ({ ...context, result: 0 }));
        socket.write(encodeAssociate(PduType.AssociateAc, { ...request, contexts, maximumLength: 131_072 }));
      } else if (type === PduType.ReleaseRq) socket.end(encodePdu(PduType.ReleaseRp, Buffer.alloc(4)));
      else socket.destroy();
    },
    command(next) {
      if (began === 0) began = performance.now();
      command = next;
      files += 1;
      if (folder !== '-') file = openSync(join(folder, `${files}`), 'w');
    },
    dataset(bytes) {
      if (file !== -1) writeSync(file, bytes);
    },
    datasetEnds(contextId) {
      if (file !== -1) closeSync(file);
      file = -1;
      socket.write(Buffer.concat(encodeData(contextId, 'command', answerTo(command), 0)));
    },
  });
  socket.on('data', (chunk) => {
    walker.walk(chunk);
    holdBack(socket, chunk.length);
  });
}

function answerTo(command: RawCommand): Buffer {
  return encodeCommand({
    0x2: command[0x2] ?? '',
    0x100: 0x8001,
    0x120: command[0x110] ?? 0,
    0x800: 0x0101,
    0x900: 0,
    0x1000: command[0x1000] ?? '',
  });
}

/** As a slow peer would, by not reading. */
function holdBack(socket: Socket, bytes: number): void {
  bytesTaken += bytes;
  if (began === 0) return;
  const early = bytesTaken / 1e3 / megabytesPerSecond - (performance.now() - began);
  if (early < 2) return;
  socket.pause();
  setTimeout(() => socket.resume(), early);
}

function left(): void {
  associations -= 1;
  if (associations > 0) return;
  console.log(`took ${(performance.now() - began).toFixed(1)} ms`);
  began = 0;
  bytesTaken = 0;
}

createServer(serve).listen(Number(port), '127.0.0.1');
