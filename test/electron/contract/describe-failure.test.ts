import { describe, expect, it } from 'vitest';
import { actionNames } from '../../../electron/contract/action.ts';
import { policyNames } from '../../../electron/contract/policy.ts';
import { describeFailure, type Description } from '../../../electron/contract/describe-failure.ts';
import { FailureSchema } from '../../../electron/contract/failure-schema.ts';
import type {
  CertificateCause,
  DimseCommand,
  Failure,
  FileCause,
  HttpCause,
  StorageCause,
  TlsCause,
} from '../../../electron/contract/failure.ts';

const who = { server: 'Main PACS', ourAeTitle: 'VIEWER7' };
const commands = [
  'C-ECHO',
  'C-FIND',
  'C-MOVE',
  'C-GET',
  'C-STORE',
  'N-EVENT-REPORT',
  'N-GET',
  'N-SET',
  'N-ACTION',
  'N-CREATE',
  'N-DELETE',
] as const;

const rejected = (result: number, source: number, reason: number): Failure => ({
  step: 'associate',
  cause: 'rejected',
  result,
  source,
  reason,
});

const status = (
  command: DimseCommand,
  number: number,
  more: { comment?: string; tags?: string[] } = {},
): Failure => ({
  step: 'respond',
  cause: 'status',
  command,
  status: number,
  comment: more.comment ?? null,
  offendingElements: more.tags ?? [],
});

const refused = (sopClassUid: string): Failure => ({
  step: 'negotiate',
  sopClassUid,
  transferSyntaxUid: null,
  result: 3,
});

const words = (failure: Failure): Description => describeFailure(failure, who);

/** PS3.8 Table 9-21: [source, reason, what is said]. */
const rejections: readonly (readonly [number, number, string])[] = [
  [1, 1, 'no reason given'],
  [1, 2, 'application context name not supported'],
  [1, 3, 'calling AE title not recognised'],
  [1, 7, 'called AE title not recognised'],
  [2, 1, 'no reason given by its association service'],
  [2, 2, 'protocol version not supported'],
  [3, 1, 'temporary congestion'],
  [3, 2, 'local limit exceeded'],
];

const tlsCauses: readonly TlsCause[] = [
  'unknown-ca',
  'self-signed',
  'expired',
  'not-yet-valid',
  'revoked',
  'wrong-usage',
  'wrong-name',
  'pin-mismatch',
  'client-certificate-required',
  'certificate-refused',
  'protocol',
  'cipher',
  'plain-peer',
  'closed',
  'timed-out',
  'handshake',
];
const certificateCauses: readonly CertificateCause[] = [
  'unreadable',
  'no-certificate',
  'no-private-key',
  'password-needed',
  'wrong-password',
  'unsupported-encryption',
  'key-mismatch',
  'expired',
  'not-yet-valid',
  'wrong-usage',
  'unknown',
  'key-not-kept',
  'key-locked',
  'in-use',
];
const httpCauses: readonly HttpCause[] = [
  'credentials-missing',
  'bad-request',
  'unauthorized',
  'forbidden',
  'not-found',
  'not-allowed',
  'not-acceptable',
  'busy',
  'server-error',
  'not-supported',
  'redirected',
  'unexpected-status',
  'not-http',
  'not-dicomweb',
  'malformed',
  'too-large',
  'interrupted',
  'timed-out',
];
const storageCauses: readonly StorageCause[] = [
  'full',
  'denied',
  'conflict',
  'mismatch',
  'unreadable',
  'limit',
  'broken',
];
const fileCauses: readonly FileCause[] = [
  'missing',
  'denied',
  'empty',
  'not-dicom',
  'dicomdir',
  'damaged',
  'changed',
  'not-transcodable',
  'not-written',
];

/** PS3.4 §H.4. */
const printStatuses: readonly number[] = [
  0xb600, 0xb601, 0xb602, 0xb604, 0xb605, 0xb609, 0xb60a, 0xc600, 0xc601, 0xc603, 0xc605, 0xc613, 0xc616,
];

/** The statuses that the standard names, for each command. */
const statuses: Readonly<Record<DimseCommand, readonly number[]>> = {
  'C-ECHO': [],
  'C-STORE': [0xa700, 0xa7ff, 0xa900, 0xa9ff, 0xc000, 0xcfff, 0xb000, 0xb006, 0xb007],
  'C-FIND': [0xa700, 0xa900, 0xc000, 0xc001, 0xcfff, 0xff01],
  'C-MOVE': [0xa701, 0xa702, 0xa801, 0xa900, 0xaa00, 0xaa01, 0xaa02, 0xaa03, 0xaa04, 0xb000, 0xc000, 0xcfff],
  'C-GET': [0xa701, 0xa702, 0xa900, 0xaa00, 0xaa01, 0xaa02, 0xaa03, 0xaa04, 0xb000, 0xc000, 0xcfff],
  'N-EVENT-REPORT': [],
  'N-GET': [],
  'N-SET': printStatuses,
  'N-ACTION': printStatuses,
  'N-CREATE': printStatuses,
  'N-DELETE': [],
};

/** PS3.7 Annex C. */
const generalStatuses: readonly number[] = [
  0x0000, 0x0001, 0x0105, 0x0106, 0x0107, 0x0110, 0x0111, 0x0112, 0x0113, 0x0114, 0x0115, 0x0116, 0x0117,
  0x0118, 0x0119, 0x0120, 0x0121, 0x0122, 0x0123, 0x0124, 0x0210, 0x0211, 0x0212, 0x0213, 0xfe00,
];

const everyFailure: readonly Failure[] = [
  { step: 'resolve', host: 'pacs' },
  ...(['refused', 'unreachable', 'timed-out'] as const).map((cause): Failure => ({
    step: 'connect',
    host: 'pacs',
    port: 104,
    cause,
  })),
  ...tlsCauses.map((cause): Failure => ({ step: 'tls', cause, detail: 'CERT_DETAIL' })),
  ...certificateCauses.map((cause): Failure => ({ step: 'certificate', cause, detail: 'me.p12' })),
  ...httpCauses.map((cause): Failure => ({
    step: 'http',
    service: 'QIDO-RS',
    cause,
    status: 400,
    detail: '',
  })),
  ...[1, 2].flatMap((result) => rejections.map(([source, reason]) => rejected(result, source, reason))),
  ...[0, 1, 2].flatMap((source) =>
    [0, 1, 2, 3, 4, 5, 6].map((reason): Failure => ({ step: 'associate', cause: 'aborted', source, reason })),
  ),
  ...(['closed', 'timed-out', 'malformed', 'tls-peer'] as const).map((cause): Failure => ({
    step: 'associate',
    cause,
  })),
  { step: 'associate', cause: 'maximum-length', maximumLengthBytes: 6 },
  ...[0, 1, 2, 3, 4].map((result): Failure => ({
    step: 'negotiate',
    sopClassUid: '1.2.840.10008.1.1',
    transferSyntaxUid: null,
    result,
  })),
  ...commands.flatMap((command) =>
    [...statuses[command], ...generalStatuses].map((number) => status(command, number)),
  ),
  ...(['aborted', 'closed', 'timed-out', 'malformed'] as const).map((cause): Failure => ({
    step: 'respond',
    cause,
  })),
  ...(['in-use', 'denied', 'no-such-address', 'broken'] as const).map((cause): Failure => ({
    step: 'listen',
    address: '0.0.0.0',
    port: 104,
    cause,
  })),
  ...storageCauses.map((cause): Failure => ({ step: 'storage', cause, detail: '' })),
  ...fileCauses.map((cause): Failure => ({ step: 'file', cause, detail: '' })),
  { step: 'arrive', expected: 12, arrived: 7 },
  { step: 'input', field: 'port', problem: 'A port is a whole number from 1 to 65535.' },
  { step: 'managed', file: '/etc/gantry/servers.ini', line: 7 },
  ...policyNames.map((policy): Failure => ({ step: 'policy', policy, file: '/etc/servers.ini', line: 7 })),
  ...actionNames.flatMap((action): readonly Failure[] => [
    { step: 'blocked', action, reason: { kind: 'ability', place: null } },
    { step: 'blocked', action, reason: { kind: 'ability', place: { file: '/etc/servers.ini', line: 9 } } },
    { step: 'blocked', action, reason: { kind: 'role' } },
    { step: 'blocked', action, reason: { kind: 'link' } },
    {
      step: 'blocked',
      action,
      reason: { kind: 'status', of: 'server', status: 'obsolete', replacedBy: 'New PACS' },
    },
    { step: 'blocked', action, reason: { kind: 'status', of: 'link', status: 'planned', replacedBy: null } },
  ]),
  { step: 'cancelled' },
  { step: 'internal', incident: '0badcafe' },
];

describe('describeFailure', () => {
  it('is calm: sentences that end, no exclamation, no bare “error”, no names left open', () => {
    const sentences = everyFailure.flatMap((failure) => {
      const { title, explanation, suggestion } = words(failure);
      return [title, explanation, suggestion ?? 'Nothing.'];
    });

    expect(sentences.filter((text) => !/^[\p{Lu}\d].*[.)]$/u.test(text))).toEqual([]);
    expect(sentences.filter((text) => /!|\berror\b|[{}]|undefined|null|NaN/i.test(text))).toEqual([]);
  });

  it('says something of its own for every failure', () => {
    // C-GET is a retrieve as C-MOVE is, and fails in the same words.
    const said = everyFailure
      .filter((failure) => !('command' in failure && failure.command === 'C-GET'))
      .map((failure) => JSON.stringify(words(failure)));

    expect(new Set(said).size).toBe(said.length);
  });

  it('tells who must act wherever there is something to do', () => {
    const withoutAdvice = everyFailure.filter((failure) => words(failure).suggestion === null);

    expect(withoutAdvice).toEqual([
      { step: 'file', cause: 'not-dicom', detail: '' },
      expect.objectContaining({ step: 'input' }),
      { step: 'cancelled' },
    ]);
  });

  it('names the server wherever one spoke', () => {
    const spoken = everyFailure.filter(({ step }) =>
      ['tls', 'associate', 'negotiate', 'respond'].includes(step),
    );

    for (const failure of spoken) expect(words(failure).title).toContain('Main PACS');
  });

  it('reads every one of these failures back from disk', () => {
    for (const failure of everyFailure)
      expect(FailureSchema.parse(JSON.parse(JSON.stringify(failure)))).toEqual(failure);
    expect(FailureSchema.safeParse({ step: 'connect', host: 'x', port: 1, cause: 'melted' }).success).toBe(
      false,
    );
  });
});

describe('a refused association', () => {
  it.each(rejections)('from source %i for reason %i is said in words', (source, reason, said) => {
    const { title, explanation } = words(rejected(1, source, reason));

    expect(title).toBe(`Main PACS refused the association: ${said}.`);
    expect(explanation).toContain(`(Result 1, source ${source}, reason ${reason}.)`);
  });

  it('has words for every number the standard reserves, and for numbers out of the table', () => {
    const known = new Set(rejections.map(([source, reason]) => `${source}.${reason}`));
    for (let source = 0; source <= 255; source += 1) {
      for (const reason of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 255]) {
        if (known.has(`${source}.${reason}`)) continue;
        expect(words(rejected(1, source, reason)).title).toContain(
          'for a reason the standard does not define',
        );
      }
    }
  });

  it('says when the server calls it temporary', () => {
    expect(words(rejected(2, 3, 1)).explanation).toContain('temporary');
    expect(words(rejected(1, 1, 3)).explanation).not.toContain('temporary');
  });

  it('tells the one whose AE title is unknown what to ask for', () => {
    expect(words(rejected(1, 1, 3)).suggestion).toContain('add AE title VIEWER7');
    expect(words(rejected(1, 1, 7)).suggestion).toContain('Check the AE title of Main PACS');
  });
});

describe('a status', () => {
  it('is given in DICOM form with the comment and elements the server sent', () => {
    const { title, explanation } = words(
      status('C-FIND', 0xa900, { comment: 'Bad key', tags: ['00100020'] }),
    );

    expect(title).toBe('Main PACS could not answer the query: the query does not match its SOP class.');
    expect(explanation).toContain('A900H');
    expect(explanation).toContain('“Bad key”');
    expect(explanation).toContain('(0010,0020)');
  });

  it('A801H says what the administrator of the server must add', () => {
    const { title, explanation, suggestion } = words(status('C-MOVE', 0xa801));

    expect(title).toBe('Main PACS could not send the study: move destination unknown.');
    expect(explanation).toContain('A801H');
    expect(suggestion).toContain('add AE title VIEWER7, this computer’s address and its listen port');
  });

  it.each(commands)('that the standard names for %s is never called undefined', (command) => {
    for (const number of [...statuses[command], ...generalStatuses]) {
      expect(words(status(command, number)).title).not.toContain('does not define');
    }
  });

  it('that nobody defines is said to be so, with its number', () => {
    const { title, explanation } = words(status('C-ECHO', 0x0bad));

    expect(title).toContain('a status the standard does not define');
    expect(explanation).toContain('0BADH');
  });

  it.each(commands)('has words for each of the 65,536 numbers of %s', (command) => {
    const wordless = Array.from({ length: 0x10000 }, (_, number) => number).filter((number) => {
      const { title, explanation } = words(status(command, number));
      return title.includes('undefined') || !explanation.includes('H.)');
    });

    expect(wordless).toEqual([]);
  });
});

describe('other failures', () => {
  it('name the host and port', () => {
    expect(words({ step: 'connect', host: 'pacs', port: 105, cause: 'refused' }).title).toContain(
      'pacs, port 105',
    );
    expect(words({ step: 'resolve', host: 'pacs' }).title).toContain('pacs');
  });

  it('give what TLS said in brackets', () => {
    expect(words({ step: 'tls', cause: 'handshake', detail: 'EPROTO' }).explanation).toContain('(EPROTO)');
  });

  it('name the service that is not accepted, or else the SOP class', () => {
    expect(words(refused('1.2.840.10008.5.1.4.1.2.2.1')).title).toContain('queries (Study Root FIND)');
    expect(words(refused('1.2.3')).explanation).toContain('SOP class 1.2.3');
    expect(words(refused('constructor')).title).toContain('this kind of object');
  });

  it('make a sentence of a problem that is only the end of one', () => {
    expect(words({ step: 'input', field: 'PatientName', problem: 'is too long' }).title).toBe(
      'PatientName is too long.',
    );
  });

  it('leave braces in a server’s name alone', () => {
    expect(describeFailure(rejected(1, 1, 3), { server: '{ae}', ourAeTitle: 'X' }).title).toContain(
      '{ae} refused',
    );
  });
});
