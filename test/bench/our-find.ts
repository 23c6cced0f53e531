import { findStudies, type QueryTarget } from '../../electron/query/index.ts';
import { watchLoopDelay } from './loop-delay.ts';

/** Our query of all studies there, decoded into rows: `our-find.js PORT ANSWERS`. */
const [port, answers] = process.argv.slice(2);
const target = {
  server: { host: '127.0.0.1', port: Number(port), aeTitle: 'BENCH', tls: false, verifyCertificate: true },
  callingAeTitle: 'GANTRY',
} as QueryTarget;
const keys = {
  patientName: '',
  patientId: '',
  accessionNumber: '',
  studyDescription: '',
  modalities: [],
  studyDateFrom: null,
  studyDateTo: null,
};
const loopDelay = watchLoopDelay();
let count = 0;
const found = findStudies(target, keys, 100_000, new AbortController().signal);
for await (const each of found) if (each.kind === 'matches') count += each.matches.length;
console.log(loopDelay());
if (count !== Number(answers)) throw new Error(`${count} of ${answers ?? ''} answers`);
