import { describe, expect, it } from 'vitest';
import { emptyServerFields, type ServerFields } from '../../../../electron/contract/server-fields.ts';
import { checkServers } from '../../../../electron/contract/check-servers.ts';
import type { ReadReply } from '../../../../electron/contract/read-reply.ts';
import { serverDraft } from '../../../../electron/contract/server.ts';
import { exportCsv, readReply } from '../../../../electron/servers/index.ts';

/** Fields with their values; a question mark on those that somebody should look at. */
function found({ found: all }: ReadReply): Record<string, string> {
  return Object.fromEntries(
    all.map(({ field, value, isCertain }) => [field, isCertain ? value : `${value}?`]),
  );
}

const pacs = { aeTitle: 'PACS1', host: '10.0.4.12', port: '104' };

describe('a reply', () => {
  it.each([
    ['in one line with labels', 'AE title: PACS1 / IP 10.0.4.12 / Port: 104'],
    ['in the short form', 'PACS1@10.0.4.12:104'],
    ['in the short form within a sentence', 'Hi, please use PACS1@10.0.4.12:104 from now on.\nBest regards'],
    ['in the other short form', 'It is 10.0.4.12:104:PACS1 here'],
    ['as lines', 'AE Title: PACS1\nIP address: 10.0.4.12\nPort number: 104'],
    ['as a list with signs', '- **AET** = PACS1\n- **Host** = 10.0.4.12\n- **Port** = 104'],
    ['quoted in a mail', '> AE Title: "PACS1"\n> Host: 10.0.4.12\n> Port: 104 (TCP)'],
    ['in German', 'AE-Titel: PACS1\nIP-Adresse: 10.0.4.12\nPortnummer: 104'],
    ['in French', 'Titre AE : PACS1\nAdresse IP : 10.0.4.12\nPort : 104'],
    ['as a table with tabs', 'AE Title\tIP Address\tPort\nPACS1\t10.0.4.12\t104'],
    ['as a table with bars', '| AE Title | Host | Port |\n|---|---|---|\n| PACS1 | 10.0.4.12 | 104 |'],
    [
      'as a table with gaps',
      'AE Title   Hostname    Port\n--------   --------    ----\nPACS1      10.0.4.12   104',
    ],
    ['as CSV', 'ae,host,port\r\nPACS1,10.0.4.12,104\r\n'],
    ['as CSV with semicolons', 'AE Title;IP;Port\nPACS1;10.0.4.12;104'],
    ['as an object', '{"AET":"PACS1","Host":"10.0.4.12","Port":104}'],
    ['as a list of Orthanc', '[ "PACS1", "10.0.4.12", 104 ]'],
  ])('%s gives AE title, host and port', (_, text) => {
    expect(found(readReply(text))).toEqual(pacs);
    expect(readReply(text).remarks).toEqual([]);
  });

  it('of Orthanc’s configuration gives the first server, by its name there', () => {
    const text =
      '{\n "DicomModalities": {\n  "main": ["PACS1", "10.0.4.12", 104],\n  "b": ["B", "b", 1]\n }\n}';

    expect(found(readReply(text))).toEqual({ name: 'main?', ...pacs });
    expect(readReply(text).remarks).toEqual(['There are 2 servers in this text; this is the first.']);
  });

  it('of Orthanc’s DICOMweb servers gives address and user, and never the password', () => {
    const text = '{"DicomWebServers": {"cloud": ["https://pacs.example/dicom-web/", "viewer", "hunter2"]}}';
    const reply = readReply(text);

    expect(found(reply)).toEqual({
      name: 'cloud?',
      webUrl: 'https://pacs.example/dicom-web/',
      webUsername: 'viewer',
    });
    expect(reply.remarks.join()).toContain('password');
    expect(JSON.stringify(reply)).not.toContain('hunter2');
  });

  it('in sentences gives what looks like it, and says that it is a guess', () => {
    const text =
      'Dear colleague, the archive is known as “MAIN_PACS”, its address is pacs.hospital.example and it listens at port 104.';

    const reply = readReply(text);

    expect(found(reply)).toEqual({ aeTitle: 'MAIN_PACS?', host: 'pacs.hospital.example?', port: '104?' });
    for (const { why } of reply.found) expect(why).toMatch(/not labelled/);
  });

  it.each([
    ['before them', 'our AE title is PACS9.\nIP address: 10.0.4.12\nPort: 11112'],
    ['behind them', 'IP address: 10.0.4.12\nPort: 11112\n\nOur AE title is “PACS9”. Best regards, USZ IT'],
    ['in German', 'Guten Tag, unser AE-Titel lautet PACS9.\nIP-Adresse: 10.0.4.12\nPort: 11112'],
    ['without naming it', 'Please use PACS9.\nIP address: 10.0.4.12\nPort: 11112'],
  ])('with labelled lines has the AE title from the sentence %s', (_, text) => {
    const reply = readReply(text);

    expect(found(reply)).toEqual({ aeTitle: 'PACS9?', host: '10.0.4.12', port: '11112' });
    expect(reply.remarks).toEqual([]);
    for (const { from, at } of reply.found) expect(text.slice(at, at + from.length)).toBe(from);
  });

  it('with the AE title on a line of its own has the rest from the sentence', () => {
    const text = 'It listens at port 11112 of pacs.hospital.example.\nAE title: PACS9';

    expect(found(readReply(text))).toEqual({
      aeTitle: 'PACS9',
      host: 'pacs.hospital.example?',
      port: '11112?',
    });
  });

  it('takes no name of the network for an AE title', () => {
    const text = 'Ask PACS.HOSPITAL.EXAMPLE for it.\nIP address: 10.0.4.12\nPort: 11112';

    expect(found(readReply(text))).toEqual({ host: '10.0.4.12', port: '11112' });
  });

  it('says whether TLS is wanted', () => {
    const withTls = (text: string) =>
      found(readReply(`AE: PACS1\nHost: h.example\nPort: 2762\nTLS: ${text}`)).tls;

    expect(['yes', 'Ja', 'required (anonymous)'].map(withTls)).toEqual(['yes', 'yes', 'yes']);
    expect(['no', 'Nein', 'off', 'none'].map(withTls)).toEqual(['no', 'no', 'no', 'no']);
    expect(withTls('ask Jo')).toBeUndefined();
  });

  it('with several addresses gives the first, and names the others', () => {
    const reply = readReply('AE Title = "ORTHANC"\nIP = 192.168.1.20 and 192.168.1.21\nPort = 4242');

    expect(found(reply)).toEqual({ aeTitle: 'ORTHANC', host: '192.168.1.20?', port: '4242' });
    expect(reply.remarks).toEqual(['Beside “192.168.1.20” the text has: 192.168.1.21.']);
  });

  it('says what it lacks', () => {
    expect(readReply('AE title: PACS1\nHost: pacs.example').remarks).toEqual([
      'No port was found in this text. Ask for it.',
    ]);
    expect(readReply('We will call you on Monday.')).toEqual({
      found: [],
      remarks: ['Neither AE title nor address nor port was found in this text.'],
    });
  });

  it('keeps what can’t be seen in an AE title, so that the check names it', () => {
    const { found: all } = readReply('AE Title: PACS\u00A01\u00A0\nHost: [fe80::1]\nPort 104');
    const fields: ServerFields = {
      ...emptyServerFields,
      name: 'X',
      ...Object.fromEntries(all.map(({ field, value }) => [field, value])),
      tls: false,
    };

    const [check] = checkServers([fields], { profile: 'plain' });

    expect(fields.host).toBe('fe80::1');
    const errors = check!.problems.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ field, message }) => `${field}: ${message}`)).toEqual([
      expect.stringMatching(/^aeTitle: .*no-break space \(U\+00A0\) \(character 5\)/),
    ]);
  });

  it('shows for each field the piece of text that it comes from', () => {
    const text = 'Hello\r\nAE title: PACS1\r\nplease use 10.0.4.12 with port 104';
    const plain = text.replaceAll('\r\n', '\n');

    for (const { from, at, value } of readReply(text).found) {
      expect(plain.slice(at, at + from.length)).toBe(from);
      expect(from).toContain(value);
    }
  });

  it('is read from a row of our own list with all its columns', () => {
    const draft = serverDraft({
      name: 'Main PACS',
      aeTitle: 'PACS1',
      host: '10.0.4.12',
      port: 104,
      listenPort: 11113,
      preferredCompression: 'j2k-lossless',
      description: '',
      tls: true,
      verifyCertificate: true,
    });

    expect(found(readReply(exportCsv([{ id: 'x', draft }])))).toMatchObject({
      name: 'Main PACS',
      ...pacs,
      listenPort: '11113',
      preferredCompression: 'j2k-lossless',
      tls: 'yes',
    });
  });

  it('of any kind never makes it fail', () => {
    for (const text of [
      '',
      '{',
      '[',
      '{"a":',
      '"',
      ':::',
      '@:1',
      'Port:',
      'AE title:\n',
      '\u0000\uD800',
      '|\n|',
    ]) {
      expect(() => readReply(text)).not.toThrow();
    }
    expect(() => readReply('AE title: '.repeat(20_000))).not.toThrow();
  });
});
