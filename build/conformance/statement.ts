import { implementationClassUid, implementationVersionName } from '../../electron/dataset/index.ts';
import { defaultTimeouts } from '../../electron/dimse/index.ts';
import { defaultLimits } from '../../electron/dimse/association/listen-options.ts';
import { characterSets } from './character-sets.ts';
import { networkServices, storageClasses } from './services.ts';
import { tlsProfile } from './tls-profile.ts';
import { count, table } from './table.ts';
import { compressionTable, transferSyntaxes } from './transfer-syntaxes.ts';

/**
 * The conformance statement (PS3.2), written from the tables that the program runs on; what stands in
 * no table, its sentences, is here.
 */
export function conformanceStatement(): string {
  const { store } = defaultLimits;
  return [
    '# DICOM conformance',
    'Made by `node build/conformance/write.ts` from the tables in the code; not edited by hand. A test holds it to them.',
    '## Application entity',
    table(
      ['', ''],
      [
        ['Implementation Class UID', `\`${implementationClassUid}\``],
        ['Implementation Version Name', `\`${implementationVersionName}\``],
        ['Application Context', '`1.2.840.10008.3.1.1.1`'],
        ['AE title', 'set in Settings; calling and called AE title are both our one title'],
        [
          'Asynchronous operations window',
          'offered by a peer, it is answered with 1, 1: one operation at a time',
        ],
        ['Maximum length received', `${count(defaultLimits.maximumLengthBytes)} bytes`],
        [
          'Maximum length sent',
          'what the peer announces, at most 262,144 bytes; 65,536 where it sets no limit; below 1,024 the association is ended',
        ],
        ['User identity', 'username, or username and passcode; over TLS only, unless the person insists'],
        ['Extended negotiation', 'read and ignored'],
      ],
    ),
    '## Network services',
    'SCU: Gantry asks. SCP: Gantry serves, on the listen port and, during a retrieve, on the listen port of its server.',
    networkServices(),
    '## Storage SOP classes',
    'Sent (SCU) and received (SCP), by C-STORE and C-GET. Any other class below `1.2.840.10008.5.1.4.1.1` is taken too, so that classes of a later edition are not refused. Received objects are stored as they came, byte for byte; nothing is coerced.',
    storageClasses(),
    '## Transfer syntaxes',
    'A file is sent in its own transfer syntax and no other. Received is what the requestor proposes first among the known ones, with three exceptions: the preferred compression of the sending server comes before all; Explicit VR comes before Implicit; nothing lossy is chosen where the same context offers something lossless.',
    transferSyntaxes(),
    '### Preferred compression',
    compressionTable(),
    '## Timers and limits',
    table(
      ['As requestor', ''],
      [
        ['Name and TCP; again for TLS', ms(defaultTimeouts.connectMs)],
        ['A-ASSOCIATE-RQ to its answer', ms(defaultTimeouts.associateMs)],
        ['Silence both ways while a response is awaited', ms(defaultTimeouts.responseMs)],
        ['Least speed inside a PDU', `1,000 bytes a second, over ${ms(defaultTimeouts.slowMs)}`],
        ['A-RELEASE-RQ to its answer', ms(defaultTimeouts.releaseMs)],
        ['From C-CANCEL to A-ABORT', ms(defaultTimeouts.cancelGraceMs)],
      ],
    ),
    table(
      ['As acceptor', ''],
      [
        ['ARTIM', ms(defaultLimits.artimMs)],
        ['Silence on an association', ms(defaultLimits.idleMs)],
        [
          'Least speed inside a PDU',
          `${count(defaultLimits.slowBytes)} bytes in ${ms(defaultLimits.slowMs)}`,
        ],
        [
          'Associations at once',
          `${defaultLimits.associations}, ${defaultLimits.associationsPerAddress} from one address`,
        ],
        ['Connections at once', count(defaultLimits.connections)],
        ['Requests not yet answered on one association', String(defaultLimits.outstandingRequests)],
        [
          'Stored by one association, beyond which A700H is answered',
          `${count(store.objects)} objects, ${count(store.bytes / 2 ** 30)} GiB, ${count(store.objectBytes / 2 ** 30)} GiB each`,
        ],
      ],
    ),
    '## TLS',
    tlsProfile(),
    '## Character sets',
    'Read and written, with code extensions (ISO 2022) where a term begins with that. Queries are asked in the character set of the server’s record; text that it can’t carry is refused before anything is sent.',
    characterSets(),
  ]
    .join('\n\n')
    .concat('\n');
}

function ms(value: number): string {
  return `${count(value / 1000)} s`;
}
