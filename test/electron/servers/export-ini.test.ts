import { describe, expect, it } from 'vitest';
import { CertificateId } from '../../../electron/contract/certificate-id.ts';
import { LinkDraft, LinkId, type Link } from '../../../electron/contract/link.ts';
import { AeTitle } from '../../../electron/contract/ae-title.ts';
import { serverDraft, ServerId, type ServerDraft } from '../../../electron/contract/server.ts';
import { exportIni, readAdminIni } from '../../../electron/servers/index.ts';

function draft(name: string, more: Partial<ServerDraft> = {}): ServerDraft {
  return serverDraft({
    name,
    aeTitle: 'PACS1',
    host: '10.0.0.5',
    port: 104,
    listenPort: null,
    preferredCompression: 'as-stored',
    description: '',
    tls: false,
    verifyCertificate: true,
    ...more,
  });
}

function own(id: string, server: ServerDraft) {
  return { id, origin: 'user' as const, draft: server };
}

function link(source: string, target: string): Link {
  const ends = LinkDraft.parse({ source, target, direction: 'pull', description: 'by night; 100 %' });
  return { ...ends, id: LinkId.parse('l'), origin: { kind: 'user' } };
}

const nothing = { links: [], site: '' };

describe('an administrator’s file of the person’s servers', () => {
  it('gives back what went into it', () => {
    const full = draft('Main; "PACS" # 1', {
      description: '  100 % of %PATH% = "all"  ',
      contact: 'Jo',
      role: 'both',
      protocol: 'both',
      callingAeTitle: AeTitle.parse('READ 7'),
      dicomweb: {
        baseUrl: 'https://pacs.example/rs',
        qidoPath: '/q',
        wadoPath: '',
        stowPath: '',
        authentication: 'bearer',
        username: '',
      },
      modalities: ['CT', 'MR'],
      abilities: ['query', 'mwl'],
      lifecycle: 'deprecated',
      queryCharacterSet: '\\ISO 2022 IR 149',
      decodeAs: 'EUC-KR',
      retrieveMethod: 'c-get',
      maxAssociations: 1,
      timeouts: { connectMs: 1500, associateMs: null, responseMs: 5000 },
      tls: true,
      verifyCertificate: false,
      listenPort: 11113,
      preferredCompression: 'rle',
      sendOptions: { associations: 1 },
      host: 'fe80::1%eth0',
    });
    const web = draft('Web', {
      aeTitle: null,
      host: null,
      port: null,
      protocol: 'dicomweb',
      dicomweb: {
        baseUrl: 'https://web.example/rs',
        qidoPath: '',
        wadoPath: '',
        stowPath: '',
        authentication: 'none',
        username: '',
      },
    });
    const plain = draft('Plain', { aeTitle: AeTitle.parse('PLAIN'), host: '10.0.0.6' });

    const text = exportIni([own('1', full), own('2', web), own('3', plain)], {
      links: [link('local', '1')],
      site: 'St Elsewhere',
    });
    const { servers, links, problems, about } = readAdminIni('x.ini', text, {});

    expect(problems).toEqual([]);
    expect(about.site).toBe('St Elsewhere');
    expect(servers.map(({ id }) => id)).toEqual(['pacs1', 'web', 'plain']);
    expect(servers.map(({ draft: read }) => read)).toEqual([full, web, plain]);
    expect(links.map(({ draft: read }) => [read.source, read.target, read.description])).toEqual([
      ['local', 'pacs1', 'by night; 100 %'],
    ]);
  });

  it('has those that came with a list, and not the demonstration archive', () => {
    const of = (origin: 'csv' | 'demonstration') => ({ id: origin, origin, draft: draft(origin) });

    const text = exportIni([of('csv'), of('demonstration')], nothing);

    expect(text).toContain('name=csv');
    expect(text).not.toContain('name=demonstration');
  });

  it('names what replaces a server by its section, and gives no two sections one name', () => {
    const servers = [
      own('1', draft('A', { lifecycle: 'deprecated', replacedBy: ServerId.parse('2') })),
      own('2', draft('B', { host: '10.0.0.6' })),
      own('3', draft('C', { aeTitle: AeTitle.parse('LOCAL'), host: '10.0.0.7' })),
    ];

    const { servers: read } = readAdminIni('x.ini', exportIni(servers, nothing), {});

    expect(read.map(({ id, draft: { replacedBy } }) => [id, replacedBy])).toEqual([
      ['pacs1', 'pacs1-2'],
      ['pacs1-2', null],
      ['local-2', null],
    ]);
  });

  it('holds neither certificates of this person nor the demonstration archive', () => {
    const mine = draft('A', { tls: true, clientCertificate: CertificateId.parse('c1') });
    const text = exportIni(
      [own('1', mine), { ...own('2', draft('Demo')), origin: 'demonstration' }],
      nothing,
    );

    const { servers, problems } = readAdminIni('x.ini', text, {});

    expect(text).toContain('; Its certificates are not in this file');
    expect(problems).toEqual([]);
    expect(servers.map(({ draft: read }) => [read.name, read.tls, read.clientCertificate])).toEqual([
      ['A', true, null],
    ]);
  });

  it('makes one line of several', () => {
    const text = exportIni([own('1', draft('A', { description: 'one\r\ntwo\n[server:evil]' }))], nothing);

    const { servers } = readAdminIni('x.ini', text, {});

    expect(servers).toHaveLength(1);
    expect(servers[0]!.draft.description).toBe('one two [server:evil]');
  });
});
