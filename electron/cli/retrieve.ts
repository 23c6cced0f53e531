import { mkdir, readdir } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { resolve } from 'node:path';
import { folderStore } from '../archive/index.ts';
import { Compression } from '../contract/compression.ts';
import type { Parties } from '../contract/describe-failure.ts';
import type { TransferNotice } from '../contract/transfer.ts';
import { storageScp, verificationScp } from '../dimse/index.ts';
import {
  Arrivals,
  calledUs,
  Ledger,
  Receiver,
  retrieve as retrieveStudy,
  type ArrivalListener,
  type RetrieveMethod,
  type RetrieveRequest,
  type RetrieveTools,
} from '../transfers/index.ts';
import { optional, required, type Arguments } from './arguments.ts';
import { say, sayFailure, tell } from './output.ts';
import { checked, hostOf, oneOf, portOf, targetOf, uidOf } from './values.ts';
import { working } from './working.ts';

const methods: Readonly<Record<string, RetrieveMethod>> = { move: 'c-move', get: 'c-get', auto: 'auto' };

/** C-MOVE to a listener of our own, or C-GET: a line per instance that arrived, then what was expected and came. */
export function retrieve(args: Arguments, signal: AbortSignal): Promise<number> {
  const request = requestOf(args);
  const { target } = request;
  const folder = resolve(required(args, 'to'));
  const listenHost = hostOf(optional(args, 'listen-host') ?? '127.0.0.1', 'listen-host');
  const who = { server: target.server.aeTitle, ourAeTitle: target.callingAeTitle };
  return working(target, async () => {
    await mkdir(folder, { recursive: true });
    const ledger = new Ledger({ now: () => performance.now(), onChange: () => {} });
    const tools = toolsFor(folder, request);
    const stopTelling = tools.arrivals.listen(telling(who));
    try {
      if (request.method !== 'c-get') await tools.receiver.start(listenHost, request.listenPort);
      await retrieveStudy(request, tools, { ledger, phase: () => {} }, signal);
    } finally {
      stopTelling();
      await tools.receiver.close();
      summarise(ledger, who);
    }
    const { expected, done, failed } = ledger.progress;
    return failed === 0 && done >= (expected ?? 0) ? 0 : 1;
  });
}

function requestOf(args: Arguments): RetrieveRequest {
  const series = optional(args, 'series');
  return {
    target: targetOf(args),
    studyInstanceUid: uidOf(required(args, 'study'), 'study'),
    seriesInstanceUid: series === null ? null : uidOf(series, 'series'),
    method: oneOf(methods, optional(args, 'method') ?? 'move', 'method'),
    listenPort: portOf(optional(args, 'listen') ?? '11112', 'listen'),
    preferred: checked(Compression, optional(args, 'prefer') ?? 'as-stored', 'prefer'),
  };
}

function toolsFor(folder: string, { target, preferred }: RetrieveRequest): RetrieveTools {
  const arrivals = new Arrivals();
  const store = folderStore({ folder, fsync: true });
  const storage = storageScp({
    store,
    preferred: () => preferred,
    onStored: arrivals.stored,
    onRefused: arrivals.refused,
    onActivity: arrivals.active,
  });
  const services = [verificationScp(), storage];
  const accept = calledUs(() => [target.callingAeTitle]);
  const receiver = new Receiver({ services, accept, onState: () => {} });
  return { arrivals, store, receiver, heldUids: () => heldIn(folder) };
}

function telling(who: Parties): ArrivalListener {
  return {
    stored: ({ sopInstanceUid, seriesInstanceUid, studyInstanceUid, path, bytes, transferSyntaxUid }) =>
      tell({ sopInstanceUid, seriesInstanceUid, studyInstanceUid, transferSyntaxUid, path, bytes }),
    refused: (incoming, failure) => {
      say(`${incoming.sopInstanceUid} was not stored.`);
      sayFailure(failure, who);
    },
  };
}

/** Files are named by their SOP Instance UIDs. */
async function heldIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith('.dcm')).map((name) => name.slice(0, -4));
}

function summarise(ledger: Ledger, who: Parties): void {
  for (const { sopInstanceUid, failure } of ledger.reports) {
    if (failure?.step === 'arrive') say(`${sopInstanceUid} did not arrive.`);
  }
  for (const notice of ledger.notices) sayNotice(notice, who);
  const { expected, done } = ledger.progress;
  const failed = Math.max((expected ?? done) - done, ledger.progress.failed);
  tell({ way: ledger.way, expected, arrived: done, failed });
}

function sayNotice(notice: TransferNotice, who: Parties): void {
  switch (notice.kind) {
    case 'counters-differ':
      say(`${who.server} counted ${notice.counted} instances as sent; ${notice.arrived} arrived.`);
      return;
    case 'list-unavailable':
      say(`${who.server} gave no image-level list, so how much is complete rests on its counters.`);
      return;
    case 'other-way':
      say('It came by C-GET, because C-MOVE was refused:');
      sayFailure(notice.failure, who);
      return;
    case 'listen-port-unavailable':
      say(`Port ${notice.port} could not be listened on.`);
  }
}
