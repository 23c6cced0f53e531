import { parseArgs } from 'node:util';
import { fuzzListener, isHarmedBy } from './fuzz-listener.ts';
import { fuzzRequestor } from './fuzz-requestor.ts';
import { startFuzzedListener } from './fuzzed-listener.ts';
import { requestCase } from './request-families.ts';

/**
 * `npm run fuzz`: a hundred thousand malformed conversations with our listener, twenty thousand with our
 * requestor. Stops at the first finding, with the seed and the bytes that show it again.
 *
 * --seed N        another seed than a new one
 * --cases N       so many with the listener, a fifth of that with the requestor
 * --only N        one case with the listener; --only-answer N: with the requestor
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    cases: { type: 'string', default: '100000' },
    only: { type: 'string' },
    'only-answer': { type: 'string' },
  },
});
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
const cases = Number(values.cases);
/** What the listener may hold more at the end, and have in all. */
const most = { heldGrowthBytes: 30_000_000, rssBytes: 300_000_000 };

console.log(`seed ${seed}`);
if (values.only !== undefined) await playOnly(Number(values.only));
else if (values['only-answer'] !== undefined) await playOnlyAnswer(Number(values['only-answer']));
else await playAll();

async function playAll(): Promise<void> {
  const started = performance.now();
  const { families, ...report } = await fuzzListener({
    seed,
    cases,
    onProgress: (played) => {
      if (played % Math.ceil(cases / 10) === 0) console.log(`${played} of ${cases} with the listener`);
    },
  });
  tell('Conversations with the listener', families);
  console.log(report);
  if (report.heldGrowthBytes > most.heldGrowthBytes || report.rssBytes > most.rssBytes) {
    throw new Error(`seed ${seed}: too much memory`);
  }
  const requestor = await fuzzRequestor({ seed, cases: Math.ceil(cases / 5) });
  tell('Conversations with the requestor', requestor.families);
  tell('How they ended', requestor.outcomes);
  console.log(`nothing found in ${Math.round((performance.now() - started) / 1_000)} s, seed ${seed}`);
}

async function playOnly(number: number): Promise<void> {
  const one = requestCase(seed, number);
  console.log(`${one.family}, ${one.hangsUp ? 'hangs up' : 'stays'}\n${one.bytes.toString('hex')}`);
  await using listener = await startFuzzedListener();
  console.log((await isHarmedBy(listener, one)) ? 'harmed' : 'not harmed');
  console.log(listener.exit ?? (await listener.health()));
}

async function playOnlyAnswer(number: number): Promise<void> {
  console.log(await fuzzRequestor({ seed, cases: 1, from: number }));
}

function tell(title: string, counts: Readonly<Record<string, number>>): void {
  console.log(title);
  for (const [name, count] of Object.entries(counts)) console.log(`  ${String(count).padStart(7)}  ${name}`);
}
