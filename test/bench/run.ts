import { temporaryFolder } from '../support/temporary-folder.ts';
import { whichPeers } from '../support/peers/index.ts';
import { printAims, type Aim } from './aims.ts';
import type { Bench } from './bench.ts';
import { findStudies } from './bench-find.ts';
import { sendToOrthanc } from './bench-orthanc.ts';
import { bundle } from './bundle.ts';
import { readOptions, type Section } from './options.ts';
import { receiveLarge, receiveSlices } from './receive-section.ts';
import { sendLarge, sendSlices } from './send-section.ts';
import { slowSinks } from './slow-section.ts';

/**
 * Measures us and the peers side by side. Numbers compare within one run on one machine, nothing else;
 * the aims are printed with whether they were reached, and nothing fails where they weren't.
 */
const run: Readonly<Record<Section, (bench: Bench) => Promise<readonly Aim[]>>> = {
  receive: receiveSlices,
  large: receiveLarge,
  send: sendSlices,
  'send-large': sendLarge,
  orthanc: sendToOrthanc,
  find: findStudies,
  slow: slowSinks,
};

const options = readOptions(process.argv.slice(2));
const { dcmtk, orthanc } = whichPeers();
const { repeats, warmUp } = options;
console.log(`Node ${process.version}. Medians of ${repeats}; MB peak and loop p99 are the worst of them.`);
console.log(`A ratio is to the first line. A receiver has taken ${warmUp} slices before they count.`);
if (!dcmtk) console.log('DCMTK is not installed: what compares with it is left out.');
if (!orthanc) console.log('Orthanc is not installed: what compares with it is left out.');

await using temporary = await temporaryFolder();
const bench = { options, bundled: await bundle(), folder: temporary.path };
const aims: Aim[] = [];
for (const section of options.sections) aims.push(...(await run[section](bench)));
printAims(aims);
