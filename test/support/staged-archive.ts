import { encodeIdentifier, parseDataset, textOf } from '../../electron/dataset/index.ts';
import {
  CommandField,
  listen,
  SopClass,
  TransferSyntax,
  type CommandSet,
  type DatasetConsumer,
  type IncomingRequest,
  type Listener,
  type ListenOptions,
  type Service,
} from '../../electron/dimse/index.ts';

export interface StagedArchiveOptions {
  /** 127.0.0.1 unless given. */
  readonly host?: string;
  readonly accept?: ListenOptions['accept'];
  /** The status of its C-ECHO; 0 unless given. */
  readonly echoStatus?: number;
  /** The status of each C-FIND; 0 unless given. */
  readonly findStatus?: number;
  /** It answers with its one study, whatever is asked for. */
  readonly ignoresKeys?: boolean;
  /** The status of a C-MOVE of what it doesn't have; 0 unless given. */
  readonly emptyMoveStatus?: number;
  /** What it does about a C-MOVE of its one image, and what it says then. */
  readonly deliver?: (destination: string) => Promise<Partial<CommandSet>> | Partial<CommandSet>;
}

/** An archive of one image that says and does what a test wants, on our own association layer. */
export function startStagedArchive(options: StagedArchiveOptions = {}): Promise<Listener> {
  const { accept, host = '127.0.0.1' } = options;
  const services = [echoing(options), finding(options), moving(options)];
  return listen({ host, port: 0, services, ...(accept === undefined ? {} : { accept }) });
}

const uids = {
  study: '1.2.826.0.1.3680043.2.1',
  series: '1.2.826.0.1.3680043.2.2',
  image: '1.2.826.0.1.3680043.2.3',
};

const uncompressed: readonly string[] = [
  TransferSyntax.ExplicitVrLittleEndian,
  TransferSyntax.ImplicitVrLittleEndian,
];

function service(sopClassUid: string, onRequest: Service['onRequest']): Service {
  return {
    serves: (uid) => uid === sopClassUid,
    chooseTransferSyntax: ({ transferSyntaxUids }) =>
      transferSyntaxUids.find((uid) => uncompressed.includes(uid)) ?? null,
    onRequest,
  };
}

function echoing({ echoStatus = 0 }: StagedArchiveOptions): Service {
  return service(SopClass.Verification, (request) => {
    request.respond({ status: echoStatus });
    return null;
  });
}

function finding({ findStatus = 0, ignoresKeys = false }: StagedArchiveOptions): Service {
  return service(SopClass.StudyRootFind, (request) => {
    if (request.command.commandField !== CommandField.CFindRq) return null;
    return identifierOf(request, (text) => {
      const syntax = request.context.transferSyntaxUid;
      const level = text('QueryRetrieveLevel');
      const asked = text('StudyInstanceUID');
      const isOurs = asked === '' || asked === uids.study;
      if (findStatus === 0 && (isOurs || ignoresKeys)) {
        request.respond({ status: 0xff00 }, encodeIdentifier(matchAt(level), syntax));
      }
      request.respond({ status: findStatus });
    });
  });
}

function matchAt(level: string): { keyword: string; value: string }[] {
  return [
    { keyword: 'QueryRetrieveLevel', value: level },
    { keyword: 'StudyInstanceUID', value: uids.study },
    ...(level === 'STUDY' ? [] : [{ keyword: 'SeriesInstanceUID', value: uids.series }]),
    ...(level === 'IMAGE' ? [{ keyword: 'SOPInstanceUID', value: uids.image }] : []),
  ];
}

function moving({ emptyMoveStatus = 0, deliver }: StagedArchiveOptions): Service {
  return service(SopClass.StudyRootMove, (request) => {
    const { moveDestination = '' } = request.command;
    return identifierOf(request, (text) => {
      if (text('SOPInstanceUID') !== uids.image) {
        request.respond({ status: emptyMoveStatus });
        return;
      }
      void Promise.resolve(deliver?.(moveDestination.trim()) ?? { status: 0 }).then((fields) =>
        request.respond(fields),
      );
    });
  });
}

function identifierOf(
  { context }: IncomingRequest,
  onText: (text: (keyword: string) => string) => void,
): DatasetConsumer {
  const chunks: Buffer[] = [];
  return {
    write: (chunk) => void chunks.push(chunk),
    end() {
      const attributes = parseDataset(Buffer.concat(chunks), context.transferSyntaxUid);
      onText((keyword) => textOf(attributes, keyword));
    },
    abort() {},
  };
}
