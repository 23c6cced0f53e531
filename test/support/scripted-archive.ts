import { encodeIdentifier, parseDataset, textOf, type IdentifierKey } from '../../electron/dataset/index.ts';
import { SopClass } from '../../electron/dimse/index.ts';
import { buildDataset } from './build-dataset.ts';
import type { RawMessage } from './raw-connection.ts';
import type { RawCommand, RawContext } from './raw-pdu.ts';
import { startScriptedScp, type Conversation, type ScriptedScp } from './scripted-scp.ts';

export interface ArchivedInstance {
  readonly sopInstanceUid: string;
  readonly sopClassUid: string;
  readonly seriesInstanceUid: string;
  readonly modality: string;
}

/** A C-GET as the archive sees it: what it was asked for, and the SOP classes it has contexts for. */
export interface AskedForGet {
  readonly level: string;
  readonly sopInstanceUids: readonly string[];
  readonly sopClassUids: readonly string[];
}

export interface ScriptedArchiveOptions {
  readonly studyInstanceUid: string;
  readonly instances: readonly ArchivedInstance[];
  /** `false`: its image-level answers leave SOP Class UID out, as dcmqrscp's do. */
  readonly tellsClasses?: boolean;
  /** SOP classes it doesn't accept, such as that of C-GET. */
  readonly refuses?: readonly string[];
  /** It sends objects even on contexts that it has refused. */
  readonly sendsAnyway?: boolean;
  /** Answers a C-MOVE; A801H unless given. */
  readonly onMove?: (message: RawMessage, conversation: Conversation) => Promise<void>;
}

export interface ScriptedArchive extends ScriptedScp {
  readonly aeTitle: string;
  readonly moves: number;
  readonly gets: readonly AskedForGet[];
}

/** An archive of made-up objects that answers C-FIND and C-GET; a class without a context fails. */
export async function startScriptedArchive(options: ScriptedArchiveOptions): Promise<ScriptedArchive> {
  const state = { moves: 0, gets: [] as AskedForGet[] };
  const scp = await startScriptedScp({
    accept: ({ abstractSyntaxUid, transferSyntaxUids }: RawContext) => ({
      result: options.refuses?.includes(abstractSyntaxUid) === true ? 3 : 0,
      transferSyntaxUid: transferSyntaxUids[0] ?? '',
    }),
    async onMessage(message, conversation) {
      const commandField = message.command[0x0100];
      if (commandField === 0x0020) await answerFind(options, message, conversation);
      if (commandField === 0x0021) {
        state.moves += 1;
        const refuse = () => conversation.respond(message, { 0x0900: 0xa801 });
        await (options.onMove?.(message, conversation) ?? refuse());
      }
      if (commandField === 0x0010) {
        state.gets.push(askedFor(message, conversation));
        await answerGet(options, message, conversation);
      }
    },
  });
  return {
    ...scp,
    aeTitle: 'ARCHIVE',
    gets: state.gets,
    get moves() {
      return state.moves;
    },
    [Symbol.asyncDispose]: () => scp[Symbol.asyncDispose](),
  };
}

const explicit = '1.2.840.10008.1.2.1';

function keysOf({ dataset }: RawMessage): ReturnType<typeof parseDataset> {
  return parseDataset(dataset ?? Buffer.alloc(0), explicit);
}

async function answerFind(
  { studyInstanceUid, instances, tellsClasses }: ScriptedArchiveOptions,
  message: RawMessage,
  conversation: Conversation,
): Promise<void> {
  const keys = keysOf(message);
  const level = textOf(keys, 'QueryRetrieveLevel');
  const series = textOf(keys, 'SeriesInstanceUID');
  const study = { keyword: 'StudyInstanceUID', value: studyInstanceUid };
  const answers: readonly (readonly IdentifierKey[])[] =
    level === 'SERIES'
      ? [...new Map(instances.map((each) => [each.seriesInstanceUid, each])).values()].map((each) => [
          study,
          { keyword: 'SeriesInstanceUID', value: each.seriesInstanceUid },
          { keyword: 'Modality', value: each.modality },
        ])
      : instances
          .filter(({ seriesInstanceUid }) => seriesInstanceUid === series)
          .map((each) => [
            study,
            { keyword: 'SOPInstanceUID', value: each.sopInstanceUid },
            ...(tellsClasses === false ? [] : [{ keyword: 'SOPClassUID', value: each.sopClassUid }]),
          ]);
  for (const answer of answers) {
    await conversation.respond(message, { 0x0900: 0xff00 }, encodeIdentifier(answer, explicit));
  }
  await conversation.respond(message, { 0x0900: 0 });
}

function askedFor(message: RawMessage, { requested }: Conversation): AskedForGet {
  const keys = keysOf(message);
  const classes = requested.contexts.map(({ abstractSyntaxUid }) => abstractSyntaxUid);
  return {
    level: textOf(keys, 'QueryRetrieveLevel'),
    sopInstanceUids: textOf(keys, 'SOPInstanceUID').split('\\').filter(Boolean),
    sopClassUids: [...new Set(classes)].filter((uid) => uid !== SopClass.StudyRootGet),
  };
}

async function answerGet(
  options: ScriptedArchiveOptions,
  message: RawMessage,
  conversation: Conversation,
): Promise<void> {
  const { sopInstanceUids } = askedFor(message, conversation);
  const counts = { completed: 0, failed: 0 };
  for (const instance of options.instances) {
    if (sopInstanceUids.length > 0 && !sopInstanceUids.includes(instance.sopInstanceUid)) continue;
    counts[(await give(options, instance, conversation)) ? 'completed' : 'failed'] += 1;
  }
  const { completed, failed } = counts;
  const status = failed > 0 ? 0xb000 : 0;
  await conversation.respond(message, { 0x0900: status, 0x1021: completed, 0x1022: failed, 0x1023: 0 });
}

async function give(
  { studyInstanceUid, refuses = [], sendsAnyway = false }: ScriptedArchiveOptions,
  { sopInstanceUid, sopClassUid, seriesInstanceUid }: ArchivedInstance,
  { connection, requested }: Conversation,
): Promise<boolean> {
  if (refuses.includes(sopClassUid) && !sendsAnyway) return false;
  const context = requested.contexts.find(
    ({ abstractSyntaxUid, transferSyntaxUids }) =>
      abstractSyntaxUid === sopClassUid && transferSyntaxUids[0] === explicit,
  );
  if (context === undefined) return false;
  const command: RawCommand = {
    0x0002: sopClassUid,
    0x0100: 0x0001,
    0x0110: 900,
    0x0700: 0,
    0x0800: 1,
    0x1000: sopInstanceUid,
  };
  const dataset = buildDataset([
    ['00080016', 'UI', sopClassUid],
    ['00080018', 'UI', sopInstanceUid],
    ['0020000D', 'UI', studyInstanceUid],
    ['0020000E', 'UI', seriesInstanceUid],
  ]);
  await connection.send(context.id, { command, dataset }, 131_072);
  const answer = await connection.message();
  return answer?.command[0x0900] === 0;
}
