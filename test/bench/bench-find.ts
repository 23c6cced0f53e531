import { startChild, whichPeers, type Child } from '../support/peers/index.ts';
import { type Aim, loopAim, ratio } from './aims.ts';
import type { Bench } from './bench.ts';
import { costUntilExit } from './child-cost.ts';
import { startFindResponder } from './find-responder.ts';
import { readLoopDelay } from './loop-delay.ts';
import { measureAll, type Measured } from './measured.ts';
import { printTable } from './print-results.ts';

const loudFindscu = 'findscu, answers to /dev/null';
const ourFind = 'Gantry, decoded into rows';

type StartFind = (port: number) => Child;

/** By the clock of the one who answers: from the request to the release. */
export async function findStudies({ options, bundled }: Bench): Promise<readonly Aim[]> {
  const { answers, repeats } = options;
  await using responder = await startFindResponder(answers);
  const { port, took } = responder;
  const ways = new Map<string, StartFind>([
    ...(whichPeers().dcmtk
      ? ([
          [loudFindscu, findscu('')],
          ['findscu -q, answers not looked at', findscu('-q')],
        ] as const)
      : []),
    [ourFind, (at) => startChild(process.execPath, [bundled('our-find'), `${at}`, `${answers}`])],
  ]);
  const results = await measureAll(ways, repeats, (start) => findOnce(start(port), took));
  printTable({ title: `C-FIND, ${answers} study answers`, results, bytes: 0 });
  return [
    {
      what: 'find, against findscu',
      measured: ratio(results, ourFind, loudFindscu),
      unit: 'times its time',
      atMost: 1,
    },
    loopAim('find', [results]),
  ];
}

function findscu(options: string): StartFind {
  return (port) =>
    startChild('sh', [
      '-c',
      `exec findscu ${options} -S -k QueryRetrieveLevel=STUDY -k PatientName 127.0.0.1 ${port} >/dev/null 2>&1`,
    ]);
}

async function findOnce(child: Child, took: readonly number[]): Promise<Measured> {
  await using finding = child;
  const before = took.length;
  const cost = await costUntilExit(finding);
  const ms = took[before];
  if (ms === undefined) throw new Error('the query did not end in a release');
  return { ...cost, ms, loopP99Ms: readLoopDelay(finding.output()) };
}
