import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describeFailure } from '../contract/describe-failure.ts';
import { FailureError, type Failure } from '../contract/failure.ts';
import type { IniProblem } from '../contract/server.ts';
import { loadAuthorities, loadIdentity, type ManagedCertificate } from '../security/index.ts';
import type { AdminFile, NamedCertificate } from './admin-file.ts';

export interface ReadCertificates {
  /** Those that can be used, with the bytes of their files: for the certificate book only. */
  readonly managed: readonly ManagedCertificate[];
  readonly problems: readonly IniProblem[];
}

/** Reads the certificate files that lie beside an administrator's file and that it names. */
export function readNamedCertificates({ file, certificates }: AdminFile, now: Date): ReadCertificates {
  const read = certificates.map((named) => readOne(named, dirname(file), now));
  return {
    managed: read.flatMap((each) => ('managed' in each ? [each.managed] : [])),
    problems: read.flatMap((each) => ('problem' in each ? [each.problem] : [])),
  };
}

function readOne(
  named: NamedCertificate,
  folder: string,
  now: Date,
): { readonly managed: ManagedCertificate } | { readonly problem: IniProblem } {
  const { name, kind, purpose, keyFile, file, line } = named;
  try {
    const certificate = readFileSync(join(folder, name));
    const key = keyFile === null ? {} : { key: readFileSync(join(folder, keyFile)) };
    const files = { certificate, ...key };
    if (kind === 'authorities') loadAuthorities(certificate);
    else loadIdentity(files, { purpose, now });
    return { managed: { name, kind, files, file, line } };
  } catch (thrown) {
    return { problem: problemAt(named, thrown) };
  }
}

function problemAt({ name, kind, purpose, file, line }: NamedCertificate, thrown: unknown): IniProblem {
  const ours = purpose === 'server' ? 'listen_cert' : 'client_cert';
  const key = kind === 'authorities' ? 'ca' : ours;
  const { title, suggestion } = describeFailure(failureIn(thrown), { server: '', ourAeTitle: '' });
  const reason = `${name}: ${title}${suggestion === null ? '' : ` ${suggestion}`}`;
  return { severity: 'error', file, line, column: 1, key, reason };
}

function failureIn(thrown: unknown): Failure {
  if (thrown instanceof FailureError) return thrown.failure;
  const code: unknown = thrown instanceof Error ? Reflect.get(thrown, 'code') : null;
  const isDenied = code === 'EACCES' || code === 'EPERM';
  return { step: 'file', cause: isDenied ? 'denied' : 'missing', detail: '' };
}
