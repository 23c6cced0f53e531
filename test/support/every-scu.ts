import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeIdentifier } from '../../electron/dataset/index.ts';
import type { InstanceStore } from '../../electron/dataset/index.ts';
import {
  SopClass,
  TransferSyntax,
  echo,
  find,
  get,
  move,
  requestCommitment,
  store,
} from '../../electron/dimse/index.ts';
import type { Association, CommitmentStore, ProposedContext } from '../../electron/dimse/index.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Asks one thing of a peer, to the end; `onAnswer` is called for each answer that isn't the last. */
export type Scu = (association: Association, onAnswer: () => void, signal: AbortSignal) => Promise<unknown>;

export type ScuName = 'echo' | 'find' | 'move' | 'get' | 'store' | 'commitment';

export interface EveryScu extends AsyncDisposable {
  readonly scus: Readonly<Record<ScuName, Scu>>;
  /** What they need, in this order. */
  readonly contexts: readonly ProposedContext[];
}

const syntax = TransferSyntax.ExplicitVrLittleEndian;
const objectBytes = 700_000;

/** Each service that we are the SCU of, with something to ask. */
export async function everyScu(): Promise<EveryScu> {
  const folder = await temporaryFolder();
  const path = join(folder.path, 'object.dcm');
  await writeFile(path, Buffer.alloc(objectBytes));
  const file = {
    path,
    sopClassUid: SopClass.CtImageStorage,
    sopInstanceUid: '1.2.3.4',
    transferSyntaxUid: syntax,
    datasetOffset: 0,
    bytes: objectBytes,
  };
  return {
    contexts: [
      SopClass.Verification,
      SopClass.StudyRootFind,
      SopClass.StudyRootMove,
      SopClass.StudyRootGet,
      SopClass.CtImageStorage,
      SopClass.StorageCommitmentPushModel,
    ].map((abstractSyntaxUid) => ({ abstractSyntaxUid, transferSyntaxUids: [syntax] })),
    scus: {
      echo: (association, _, signal) => echo(association, signal),
      find: async (association, onAnswer, signal) => {
        for await (const _ of find(association, { identifier }, signal)) onAnswer();
      },
      move: async (association, onAnswer, signal) => {
        const options = { identifier, destination: 'ELSEWHERE' };
        for await (const _ of move(association, options, signal)) onAnswer();
      },
      get: async (association, onAnswer, signal) => {
        for await (const _ of get(association, { identifier, store: noInstances }, signal)) onAnswer();
      },
      store: (association, _, signal) => store(association, file, signal),
      commitment: (association, _, signal) =>
        requestCommitment(association, { transactionUid: '2.25.7', instances: [file] }, noReports, signal),
    },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

const identifier = encodeIdentifier(
  [
    { keyword: 'QueryRetrieveLevel', value: 'STUDY' },
    { keyword: 'StudyInstanceUID', value: '1.2.3' },
  ],
  syntax,
);

const noInstances: InstanceStore = {
  begin: (instance) => ({
    write: () => true,
    onDrain: () => {},
    commit: () => Promise.reject(new Error(`nothing was to come, not ${instance.sopInstanceUid}`)),
    discard: () => Promise.resolve(),
  }),
};

const noReports: CommitmentStore = {
  open: () => Promise.resolve(),
  find: () => Promise.resolve(null),
  settle: () => Promise.resolve(),
  forget: () => Promise.resolve(),
};
