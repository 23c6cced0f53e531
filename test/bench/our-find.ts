import { findStudies } from '../../electron/query/index.ts';

/** Our query of all studies there, decoded into rows: `our-find.ts PORT`. Prints how many. */
const [port] = process.argv.slice(2);
const target = {
  server: { host: '127.0.0.1', port: Number(port), aeTitle: 'BENCH', tls: false, verifyCertificate: true },
  callingAeTitle: 'GANTRY',
} as const;
const keys = {
  patientName: '',
  patientId: '',
  accessionNumber: '',
  studyDescription: '',
  modalities: [],
  studyDateFrom: null,
  studyDateTo: null,
};
let count = 0;
const found = findStudies(target as never, keys, 100_000, new AbortController().signal);
for await (const each of found) if (each.kind === 'matches') count += each.matches.length;
console.log(count);
