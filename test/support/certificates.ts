import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Identity {
  readonly key: string;
  readonly cert: string;
  readonly keyFile: string;
  readonly certFile: string;
}

export interface Authority extends Identity {
  /** A server's certificate; without dates it is valid now. Dates are YYYYMMDDHHMMSSZ. */
  issue(name: string, options: IssueOptions): Promise<Identity>;
  /** Its revocation list (PEM) after it has revoked these. */
  revoke(...identities: readonly Identity[]): Promise<string>;
}

export interface IssueOptions {
  readonly altNames: readonly string[];
  readonly from?: string;
  readonly to?: string;
  /** Extended key usage, e.g. `serverAuth`; none unless given, which means any. */
  readonly usage?: string;
  /** Elliptic curves unless given. */
  readonly algorithm?: 'rsa';
}

/** A certificate authority made by openssl in this folder. */
export async function createAuthority(folder: string, commonName: string): Promise<Authority> {
  await mkdir(join(folder, 'issued'), { recursive: true });
  await writeFile(join(folder, 'index.txt'), '');
  await writeFile(join(folder, 'index.txt.attr'), 'unique_subject = no\n');
  const own = await selfSigned(folder, commonName, ['-addext', 'basicConstraints=critical,CA:TRUE']);
  return {
    ...own,
    issue: (name, options) => issue(folder, own, name, options),
    revoke: (...identities) => revoke(folder, own, identities),
  };
}

/** A certificate that vouches for itself. */
export async function selfSigned(
  folder: string,
  commonName: string,
  more: readonly string[] = ['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
): Promise<Identity> {
  const files = filesOf(folder, commonName);
  const out = ['-keyout', files.keyFile, '-out', files.certFile];
  await run('openssl', [
    'req',
    '-x509',
    ...keyOptions,
    ...out,
    '-days',
    '10',
    '-subj',
    `/CN=${commonName}`,
    ...more,
  ]);
  return read(files);
}

const keyOptions = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

const rsaKeyOptions = ['-newkey', 'rsa:2048', '-nodes'];

async function issue(folder: string, by: Identity, name: string, options: IssueOptions): Promise<Identity> {
  const files = filesOf(folder, name);
  const request = join(folder, `${name}.csr`);
  const config = join(folder, `${name}.cnf`);
  await run('openssl', [
    'req',
    ...(options.algorithm === 'rsa' ? rsaKeyOptions : keyOptions),
    '-keyout',
    files.keyFile,
    '-out',
    request,
    '-subj',
    `/CN=${name}`,
  ]);
  await writeFile(config, configuration(folder, options));
  const from = options.from === undefined ? [] : ['-startdate', options.from];
  const to = options.to === undefined ? ['-days', '10'] : ['-enddate', options.to];
  const signing = ['-cert', by.certFile, '-keyfile', by.keyFile, '-in', request, '-out', files.certFile];
  await run('openssl', ['ca', '-batch', '-notext', '-config', config, ...signing, ...from, ...to]);
  return read(files);
}

async function revoke(folder: string, by: Identity, identities: readonly Identity[]): Promise<string> {
  const config = join(folder, 'revoke.cnf');
  const list = join(folder, 'crl.pem');
  await writeFile(config, configuration(folder, { altNames: ['DNS:none'] }));
  const signing = ['-config', config, '-cert', by.certFile, '-keyfile', by.keyFile];
  for (const { certFile } of identities) await run('openssl', ['ca', ...signing, '-revoke', certFile]);
  await run('openssl', ['ca', ...signing, '-gencrl', '-crldays', '10', '-out', list]);
  return await readFile(list, 'utf8');
}

/** Certificate and key as a PKCS#12 file; `more` are options of `openssl pkcs12 -export`. */
export async function exportPkcs12(
  file: string,
  { keyFile, certFile }: Identity,
  password: string,
  more: readonly string[] = [],
): Promise<Buffer> {
  const input = ['-in', certFile, ...(more.includes('-nokeys') ? [] : ['-inkey', keyFile])];
  await run('openssl', [
    'pkcs12',
    '-export',
    ...input,
    '-out',
    file,
    '-passout',
    `pass:${password}`,
    ...more,
  ]);
  return await readFile(file);
}

/** The private key locked with a password; `more` are options of `openssl pkcs8`. */
export async function lockKey(
  file: string,
  { keyFile }: Identity,
  password: string,
  more: readonly string[] = [],
): Promise<string> {
  await run('openssl', [
    'pkcs8',
    '-topk8',
    '-in',
    keyFile,
    '-out',
    file,
    '-passout',
    `pass:${password}`,
    ...more,
  ]);
  return await readFile(file, 'utf8');
}

function configuration(folder: string, { altNames, usage }: IssueOptions): string {
  return `[ca]
default_ca = here
[here]
database = ${folder}/index.txt
new_certs_dir = ${folder}/issued
rand_serial = yes
default_md = sha256
policy = anything
x509_extensions = server
[anything]
commonName = supplied
[server]
subjectAltName = ${altNames.join(',')}
${usage === undefined ? '' : `extendedKeyUsage = ${usage}\n`}`;
}

function filesOf(folder: string, name: string): { keyFile: string; certFile: string } {
  return { keyFile: join(folder, `${name}.key`), certFile: join(folder, `${name}.pem`) };
}

async function read(files: { keyFile: string; certFile: string }): Promise<Identity> {
  const [key, cert] = await Promise.all([readFile(files.keyFile, 'utf8'), readFile(files.certFile, 'utf8')]);
  return { ...files, key, cert };
}
