import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FailureError } from '../contract/failure.ts';
import type { Profile } from '../contract/server-rules.ts';
import type { AdminFile, LoadedAdminFile } from './admin-file.ts';
import { signatureProblem, type SigningKey } from './admin-signature.ts';
import { decodeIni } from './decode-ini.ts';
import { exposureOf } from './exposed-file.ts';
import type { Environment } from './expand-variables.ts';
import { iniReport } from './ini-report.ts';
import { readAdminIni } from './read-admin-ini.ts';
import { readNamedCertificates } from './read-named-certificates.ts';

const largestFileBytes = 1024 * 1024;

export interface LoadOptions {
  readonly signingKey?: SigningKey;
  /** How its servers are judged; `null`: as the file itself says. */
  readonly profile?: Profile | null;
}

/**
 * Reads the file and, where a public key is installed, its signature; then as `readAdminIni`. A file
 * that can't be read or trusted is a problem on line 1, and nothing of it is used.
 */
export function loadAdminIni(file: string, env: Environment, options: LoadOptions = {}): LoadedAdminFile {
  const { signingKey = { kind: 'none' }, profile = null } = options;
  const signature = signingKey.kind === 'none' ? 'not-asked-for' : 'refused';
  const refused = { content: null, file, signature, certificates: [], beside: '' } as const;
  try {
    const bytes = readWhole(file);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const problem = signatureProblem(file, bytes, signingKey);
    if (problem !== null) return { ...refused, sha256, problems: problemOf(file, problem) };
    const content = readAdminIni(file, decodeIni(bytes), env, profile);
    const trusted = signingKey.kind === 'none' ? 'not-asked-for' : 'verified';
    const { managed, problems: unread } = readNamedCertificates(content, new Date());
    return {
      content,
      file,
      sha256,
      signature: trusted,
      certificates: managed,
      beside: stateOf(content),
      problems: [...exposureProblems(content, profile), ...content.problems, ...unread],
    };
  } catch (thrown) {
    const reason = thrown instanceof FailureError ? tooLarge : unreadableReason(thrown);
    return { ...refused, sha256: null, problems: problemOf(file, reason) };
  }
}

const tooLarge = 'The file has more than 1 MB, so it is not read. Check its path.';

/** Asked for its size first, so that a huge file or a folder is not read. */
function readWhole(file: string): Buffer {
  if (statSync(file).size > largestFileBytes) {
    throw new FailureError({ step: 'file', cause: 'damaged', detail: '' });
  }
  return readFileSync(file);
}

/** Size and time of the certificate files that are named in it. */
function stateOf({ file, certificates }: AdminFile): string {
  const names = certificates.flatMap(({ name, keyFile }) => [name, ...(keyFile === null ? [] : [keyFile])]);
  const states = names.map((name) => {
    const found = statSync(join(dirname(file), name), { throwIfNoEntry: false });
    return found === undefined ? 'none' : `${found.size}/${found.mtimeMs}`;
  });
  return states.join();
}

/** What anybody could write into the file is no administrator's word; in a register that is a fault. */
function exposureProblems(
  { file, policies }: AdminFile,
  profile: Profile | null,
): LoadedAdminFile['problems'] {
  const ownProfile = policies.strict?.value === true ? 'strict' : 'plain';
  const severity = (profile ?? ownProfile) === 'strict' ? 'error' : 'warning';
  const report = iniReport(file);
  const exposure = exposureOf(file);
  if (exposure.file) report[severity](1, '', openFile);
  if (exposure.folder !== null) {
    const reason = `Everybody on this computer may put another file in its place, because they may write into ${exposure.folder}. Take that right from them (chmod o-w).`;
    report[severity](1, '', reason);
  }
  return report.problems();
}

const openFile =
  'Everybody on this computer may change this file. Take the right to write from them (chmod o-w).';

function problemOf(file: string, reason: string): LoadedAdminFile['problems'] {
  const report = iniReport(file);
  report.error(1, '', reason);
  return report.problems();
}

function unreadableReason(thrown: unknown): string {
  const code: unknown = thrown instanceof Error ? Reflect.get(thrown, 'code') : null;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'There is no such file. Check the path it is looked for at.';
    case 'EACCES':
    case 'EPERM':
      return 'This program may not read the file. Give everybody the right to read it.';
    case 'EISDIR':
      return 'This is a folder. Name the file in it.';
    default:
      return 'The file can’t be read. Check the disk or network drive it is on.';
  }
}
