import { mkdir, readdir } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { resolve } from 'node:path';
import { folderStore } from '../archive/index.ts';
import { storageScp, verificationScp } from '../dimse/index.ts';
import { Arrivals, calledUs, Ledger, Receiver, retrieve as retrieveStudy } from '../transfers/index.ts';
import { optional, required, type Arguments } from './arguments.ts';
import { say, sayFailure, tell } from './output.ts';
import { hostOf, portOf, targetOf, uidOf } from './values.ts';
import { working } from './working.ts';

/** C-MOVE to a listener of our own: a line per instance that arrived, then what was expected and came. */
export function retrieve(args: Arguments, signal: AbortSignal): Promise<number> {
  const target = targetOf(args);
  const series = optional(args, 'series');
  const request = {
    target,
    studyInstanceUid: uidOf(required(args, 'study'), 'study'),
    seriesInstanceUid: series === null ? null : uidOf(series, 'series'),
    listenPort: portOf(optional(args, 'listen') ?? '11112', 'listen'),
  };
  const folder = resolve(required(args, 'to'));
  const listenHost = hostOf(optional(args, 'listen-host') ?? '127.0.0.1', 'listen-host');
  const who = { server: target.server.aeTitle, ourAeTitle: target.callingAeTitle };
  return working(target, async () => {
    await mkdir(folder, { recursive: true });
    const ledger = new Ledger({ now: () => performance.now(), onChange: () => {} });
    const { receiver, arrivals } = receiving(folder, target.callingAeTitle);
    const stopTelling = arrivals.listen({
      stored: ({ sopInstanceUid, seriesInstanceUid, studyInstanceUid, path, bytes, transferSyntaxUid }) =>
        tell({ sopInstanceUid, seriesInstanceUid, studyInstanceUid, transferSyntaxUid, path, bytes }),
      refused: (incoming, failure) => {
        say(`${incoming.sopInstanceUid} was not stored.`);
        sayFailure(failure, who);
      },
    });
    try {
      await receiver.start(listenHost, request.listenPort);
      await receiver.ensureListening();
      const tools = { receiver, arrivals, heldUids: () => heldIn(folder) };
      const quietly = { ledger, phase: () => {} };
      await retrieveStudy(request, tools, quietly, signal);
    } finally {
      stopTelling();
      await receiver.close();
      summarise(ledger, who);
    }
    const { expected, done, failed } = ledger.progress;
    return failed === 0 && done >= (expected ?? 0) ? 0 : 1;
  });
}

function receiving(folder: string, ourAeTitle: string): { receiver: Receiver; arrivals: Arrivals } {
  const arrivals = new Arrivals();
  const storage = storageScp({
    store: folderStore({ folder, fsync: true }),
    preferred: () => 'as-stored',
    onStored: (stored) => arrivals.stored(stored),
    onRefused: (incoming, failure) => arrivals.refused(incoming, failure),
    onActivity: () => arrivals.active(),
  });
  const services = [verificationScp(), storage];
  return {
    arrivals,
    receiver: new Receiver({ services, accept: calledUs(() => ourAeTitle), onState: () => {} }),
  };
}

/** Files are named by their SOP Instance UIDs. */
async function heldIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith('.dcm')).map((name) => name.slice(0, -4));
}

function summarise(ledger: Ledger, who: { readonly server: string; readonly ourAeTitle: string }): void {
  for (const { sopInstanceUid, failure } of ledger.reports) {
    if (failure?.step === 'arrive') say(`${sopInstanceUid} did not arrive.`);
  }
  for (const notice of ledger.notices) {
    if (notice.kind === 'counters-differ') {
      say(`${who.server} counted ${notice.counted} instances as sent; ${notice.arrived} arrived.`);
    } else if (notice.kind === 'list-unavailable') {
      say(`${who.server} gave no image-level list, so how much is complete rests on its counters.`);
    }
  }
  const { expected, done } = ledger.progress;
  tell({ expected, arrived: done, failed: Math.max((expected ?? done) - done, ledger.progress.failed) });
}
