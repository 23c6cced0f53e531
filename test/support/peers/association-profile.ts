import { writeFile } from 'node:fs/promises';

const uncompressed = ['LittleEndianExplicit', 'BigEndianExplicit', 'LittleEndianImplicit'];

const compressed = [
  'RLELossless',
  'JPEGLossless:Non-hierarchical-1stOrderPrediction',
  'JPEGBaseline',
  'JPEGLSLossless',
  'JPEG2000LosslessOnly',
  'DeflatedLittleEndianExplicit',
];

const incoming = [
  'VerificationSOPClass\\Uncompressed',
  'FINDStudyRootQueryRetrieveInformationModel\\Uncompressed',
  'MOVEStudyRootQueryRetrieveInformationModel\\Uncompressed',
  'GETStudyRootQueryRetrieveInformationModel\\Uncompressed',
  'CTImageStorage\\Any',
  'MRImageStorage\\Any',
  'UltrasoundMultiframeImageStorage\\Any',
];

/** The syntax an archive is to send the instances of a class in. */
export interface OutgoingContext {
  readonly sopClassUid: string;
  readonly transferSyntaxUid: string;
  /** Offered before it in the same context: whoever accepts chooses. */
  readonly before?: readonly string[];
}

/**
 * Writes a DCMTK association configuration with the profiles `Incoming` (queries, verification, some
 * storage), `MrOnly` (storage of MR images alone) and, where given, `Outgoing`.
 */
export async function writeAssociationProfiles(
  file: string,
  outgoing: readonly OutgoingContext[] = [],
): Promise<void> {
  const contexts = outgoing.map(({ sopClassUid }, index) => `${sopClassUid}\\Outgoing${index}`);
  const sends = outgoing.length > 0;
  const text = [
    '[[TransferSyntaxes]]',
    list('Uncompressed', 'TransferSyntax', uncompressed),
    list('Any', 'TransferSyntax', [...compressed, ...uncompressed]),
    ...outgoing.map(({ before = [], transferSyntaxUid }, index) =>
      list(`Outgoing${index}`, 'TransferSyntax', [...before, transferSyntaxUid]),
    ),
    '[[PresentationContexts]]',
    list('IncomingContexts', 'PresentationContext', incoming),
    list('MrContexts', 'PresentationContext', ['MRImageStorage\\Any']),
    sends ? list('OutgoingContexts', 'PresentationContext', contexts) : '',
    '[[Profiles]]',
    '[Incoming]\nPresentationContexts = IncomingContexts\n',
    '[MrOnly]\nPresentationContexts = MrContexts\n',
    sends ? '[Outgoing]\nPresentationContexts = OutgoingContexts\n' : '',
  ].join('\n');
  await writeFile(file, text);
}

function list(name: string, key: string, values: readonly string[]): string {
  return `[${name}]\n${values.map((value, index) => `${key}${index + 1} = ${value}`).join('\n')}\n`;
}
